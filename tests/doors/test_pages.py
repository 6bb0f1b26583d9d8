"""The start page, the demo's mailbox and the two doors that machines knock at."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from tuntas.kit.env import env
from tuntas.ops.static_files import collect_static
from tuntas.web.public.start_words import WORDS

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


def test_the_start_page_speaks_indonesian_first(client: Client) -> None:
    response = client.get("/")
    page = response.content.decode()
    assert (response.status_code, response["Content-Language"]) == (200, "id")
    assert "Kota Cempaka" in page
    assert "dijawab petugas paling lambat 2×24 jam" in page
    assert "Hari libur tetap dihitung." in page
    assert 'href="tel:112"' in page
    assert 'href="/api/v1/openapi.json"' in page


@pytest.mark.parametrize(
    "asked", [{"path": "/?bahasa=en"}, {"path": "/", "headers": {"Accept-Language": "en-GB,id;q=0.5"}}]
)
def test_the_start_page_speaks_english_where_asked(client: Client, asked: dict[str, object]) -> None:
    response = client.get(**asked)  # type: ignore[arg-type]
    assert response["Content-Language"] == "en"
    assert "Our promise: answered by a person within 2×24 hours" in response.content.decode()
    assert '<html lang="en">' in response.content.decode()


def test_the_address_decides_before_the_browser(client: Client) -> None:
    assert client.get("/?bahasa=id", headers={"Accept-Language": "en"})["Content-Language"] == "id"
    assert client.get("/?bahasa=xx", headers={"Accept-Language": "en"})["Content-Language"] == "en"


def test_every_word_has_both_languages() -> None:
    assert [key for key, say in WORDS.items() if not say.id or not say.en] == []


def test_nothing_from_elsewhere_and_nothing_inline(client: Client) -> None:
    response = client.get("/")
    page = response.content.decode()
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert re.findall(r"<script|<style|\sstyle=|\son\w+=|(?:src|href)=.https?:", page) == []


def test_styles_come_under_names_that_change_with_them(client: Client) -> None:
    page = client.get("/").content.decode()
    sheets = re.findall(r'<link rel="stylesheet" href="(/static/css/\w+\.[0-9a-f]{12}\.css)"', page)
    assert len(sheets) == 3


def test_there_is_no_mailbox_outside_the_demo(client: Client, letters: Path) -> None:
    assert client.get("/demo/surat").status_code == 404
    assert "/demo/surat" not in client.get("/").content.decode()


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
    assert "06-03-2026 09.00" in page
    assert "/demo/surat" in client.get("/").content.decode()


def test_the_process_says_that_it_is_there(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_the_installation_says_that_it_can_serve(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.json()["database"]) == (200, "ok")
    assert response["Cache-Control"] == "no-store"
