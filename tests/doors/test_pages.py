"""The home page, what every page has, the demo's mailbox and the two doors that machines knock at."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from tuntas.kit.env import env
from tuntas.ops.static_files import collect_static

pytestmark = pytest.mark.usefixtures("city")


@pytest.fixture(autouse=True)
def styles() -> None:
    collect_static()


@pytest.fixture
def letters() -> Iterator[Path]:
    folder = env().data / "mail"
    folder.mkdir(exist_ok=True)
    yield folder
    for path in folder.iterdir():
        path.unlink()


def test_the_home_page_speaks_indonesian_first(client: Client) -> None:
    response = client.get("/")
    page = response.content.decode()
    assert (response.status_code, response["Content-Language"]) == (200, "id")
    assert '<html lang="id">' in page
    assert "Kota Cempaka" in page
    assert "dijawab petugas paling lambat 2×24 jam" in page
    assert "Hari libur tetap dihitung." in page
    assert 'href="tel:112"' in page
    assert 'href="/lapor"' in page
    assert 'action="/lacak" method="post"' in page


def test_the_home_page_speaks_english_where_asked(client: Client) -> None:
    response = client.get("/?bahasa=en")
    assert response["Content-Language"] == "en"
    assert "Our promise: a person answers within 2×24 hours" in response.content.decode()
    assert '<html lang="en">' in response.content.decode()
    assert "Cempaka City" in response.content.decode()


def test_a_chosen_language_is_remembered_and_nothing_else_is(client: Client) -> None:
    response = client.get("/?bahasa=en")
    assert set(response.cookies) == {"bahasa"}
    assert client.get("/")["Content-Language"] == "en"
    assert client.get("/?bahasa=id")["Content-Language"] == "id"
    assert client.get("/")["Content-Language"] == "id"


@pytest.mark.parametrize("asked", ["xx", "", "EN", "en,id", "<b>"])
def test_a_language_we_do_not_speak_is_not_remembered(client: Client, asked: str) -> None:
    response = client.get("/", {"bahasa": asked})
    assert (response["Content-Language"], len(response.cookies)) == ("id", 0)


@pytest.mark.parametrize("header", ["en-GB,id;q=0.5", "en", "*", "id"])
def test_what_the_browser_asks_for_decides_nothing(client: Client, header: str) -> None:
    assert client.get("/", headers={"Accept-Language": header})["Content-Language"] == "id"


def test_a_chosen_look_is_remembered(client: Client) -> None:
    assert 'data-theme="gelap"' in client.get("/?tampilan=gelap").content.decode()
    assert 'data-theme="gelap"' in client.get("/").content.decode()
    assert 'data-theme="terang"' in client.get("/?tampilan=terang").content.decode()
    assert "data-theme" not in Client().get("/?tampilan=merah").content.decode()


def test_a_page_differs_by_cookie_for_whoever_stores_it(client: Client) -> None:
    assert "Cookie" in client.get("/")["Vary"]


def test_nothing_from_elsewhere_and_nothing_inline(client: Client) -> None:
    response = client.get("/")
    page = response.content.decode()
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    inline = r"<script(?!(?: type=\"module\")? src=)|<style|\sstyle=|\son\w+="
    assert re.findall(inline + "|(?:src|href)=.https?:", page) == []


def test_styles_come_under_names_that_change_with_them(client: Client) -> None:
    page = client.get("/").content.decode()
    sheets = re.findall(r'<link rel="stylesheet" href="(/static/css/\w+\.[0-9a-f]{12}\.css)"', page)
    assert len(sheets) == 1


@pytest.mark.parametrize("address", ["/demo/surat", "/demo/galeri"])
def test_what_belongs_to_the_demo_is_not_there_outside_it(client: Client, letters: Path, address: str) -> None:
    assert client.get(address).status_code == 404
    assert address not in client.get("/").content.decode()


def test_the_demo_shows_its_letters_newest_first(
    client: Client, letters: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUNTAS_DEMO", "1")
    for hour in (1, 2):
        letter = {
            "at": f"2026-03-06T0{hour}:00:00+00:00",
            "to": [f"sari{hour}@warga.example"],
            "subject": f"Kabar {hour} <b>",
            "text": "Ada kabar.",
        }
        (letters / f"2026030{hour}.json").write_text(json.dumps(letter))
    (letters / "20260303.json").write_text("{half")
    response = client.get("/demo/surat")
    page = response.content.decode()
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    assert page.index("sari2@warga.example") < page.index("sari1@warga.example")
    assert "Kabar 1 &lt;b&gt;" in page
    assert "Jumat 6 Mar" in page
    assert ", 09.00</time>" in page
    assert "/demo/surat" in client.get("/").content.decode()


def test_the_process_says_that_it_is_there(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_the_installation_says_that_it_can_serve(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.json()["database"]) == (200, "ok")
    assert response["Cache-Control"] == "no-store"
