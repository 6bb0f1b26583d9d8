"""The pages of words: true to the profile and to the code, in both languages, and what a phone keeps."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import PIL.Image
import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tuntas import steps
from tuntas.agencies.installation import forget_installation, installation
from tuntas.agencies.models import Government, Target
from tuntas.kit.age import new_identity, recipient_of
from tuntas.kit.time import current_time
from tuntas.ops.static_files import collect_static
from tuntas.reports import drafts
from tuntas.rules.cells import centre_of
from tuntas.rules.faces import Face
from tuntas.steps.looks import SAME_LOOK_HOURS
from tuntas.steps.tidy import KEEP_BUCKETS, KEEP_DRAFTS, KEEP_REPEATS, KEEP_SENT, KEEP_UNCONFIRMED
from tuntas.steps.unattached import KEPT_UNATTACHED
from tuntas.web.citizen.drafted import PHONE
from tuntas.web.page import A_YEAR, LOOK_COOKIE

pytestmark = pytest.mark.usefixtures("city")
PHONE_DRAFT = Path(__file__).parents[2] / "tuntas" / "web" / "static" / "js" / "phone.js"
TEXTS = ("/janji", "/perlindungan", "/bantuan", "/aksesibilitas", "/privasi")
PAGES = (*TEXTS, "/luring")
INDONESIAN = {"yang", "dan", "untuk", "tidak", "dengan", "kami", "anda", "dari", "atau", "ini", "itu", "bisa"}
ENGLISH = {"the", "and", "of", "you", "your", "we", "our", "with", "not", "are", "this", "that", "can"}
MOST_BYTES = 14_000  # of a first view, compressed


@pytest.fixture(autouse=True)
def styles() -> None:
    collect_static()


@pytest.fixture
def other_promises(city: None) -> Iterator[None]:
    """A government that promises something else."""
    Target.objects.filter(promise="answer").update(amount=3, unit="working_days")
    Target.objects.filter(promise="resolve", category=None, classification="").update(amount=21)
    Target.objects.filter(promise="reopen_window").update(amount=45)
    Target.objects.filter(promise="validate").delete()
    Government.objects.update(version=987_654)
    forget_installation()
    yield
    forget_installation()


def words_of(response: Any) -> str:
    """Return what a page says in its main part, without tags."""
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(("language", "foreign"), [("id", ENGLISH), ("en", INDONESIAN)])
def test_a_page_speaks_one_language(client: Client, address: str, language: str, foreign: set[str]) -> None:
    response = client.get(address, {"bahasa": language})
    assert (response.status_code, response["Content-Language"]) == (200, language)
    text = words_of(response)
    for agency in installation().agencies.values():
        text = text.replace(agency.name, "")
    assert foreign & set(re.findall(r"[a-z]+", text.lower())) == set()
    assert len(text.split()) > 20


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_in_order(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert len(re.findall(r"<h1\b", page)) == 1
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", page)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert re.findall(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", page) == []
    assert "{" not in words_of(client.get(address)), "a place was not filled"


@pytest.mark.parametrize("address", PAGES)
def test_a_page_reaches_a_phone_in_its_first_round_trip(client: Client, address: str) -> None:
    response = client.get(address, headers={"Accept-Encoding": "br"})
    assert response["Content-Encoding"] == "br"
    assert len(response.content) < MOST_BYTES


@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_words_asks_the_database_nothing(
    client: Client, address: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(address)  # templates are read, and whether the profile changed was just asked
    installation()
    with django_assert_num_queries(0):
        client.get(address)


def test_the_page_of_protection_tells_how_often_the_recovery_key_was_used(
    client: Client, cast: Cast, changed_profile: None
) -> None:
    def told() -> str:
        forget_installation()  # as when the transaction ends
        return words_of(client.get("/perlindungan"))

    me = cast.appointed_inspector
    assert "kunci pemulihan" not in told()
    steps.keep_recovery_key(by=me, recipient=recipient_of(new_identity()), name="Pemulihan", now=current_time())
    assert "kunci itu dipakai 0 kali" in told()
    for times in (1, 2):
        steps.use_recovery(by=me, why="Kunci saya hilang semuanya.", now=current_time())
        assert f"kunci itu dipakai {times} kali" in told()


@pytest.mark.parametrize("address", TEXTS)
def test_every_page_of_words_leads_to_the_others(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    article = page[page.index("c-textpage__more") :]
    assert [other for other in TEXTS if f'href="{other}"' not in article and other != address] == []


# The promise


def test_the_promises_are_those_of_the_profile(client: Client) -> None:
    page = words_of(client.get("/janji"))
    assert "Dijawab petugas 2×24 jam laporan kami terima" in page
    assert "Tanggapan pertama instansi 5 hari kerja laporan diteruskan" in page
    assert "Jawaban akhir 14 hari kerja laporan diteruskan" in page
    assert "Jawaban akhir: permintaan informasi 5 hari kerja" in page
    assert "Jawaban akhir: laporan yang perlu pemeriksaan 60 hari kerja" in page
    assert "Jawaban akhir: laporan masalah layanan" not in page, "it is the usual time"
    assert "Membuka lagi laporan yang sudah tuntas 30 hari" in page
    assert "Senin, Selasa, Rabu, Kamis, Jumat, pukul 07.30 sampai 16.00" in page
    assert "Malam dan hari libur tetap dihitung" in page


def test_topics_with_a_time_of_their_own_are_named(client: Client) -> None:
    page = words_of(client.get("/janji"))
    here = installation()
    rows = page[page.index("Jawaban akhir, menurut topik") : page.index("Perpres 76/2013")]
    assert re.search(r"7 hari kerja [^.]*Penerangan jalan", rows)
    assert here.category_by_code["road_bridge"].name.id not in rows, "14 working days are the usual time"
    assert rows.index("3 jam") < rows.index("3 hari kerja") < rows.index("7 hari kerja")


@pytest.mark.usefixtures("other_promises")
def test_another_government_promises_something_else(client: Client) -> None:
    page = words_of(client.get("/janji"))
    assert "Dijawab petugas 3 hari kerja" in page
    assert "Yang dihitung hanya hari kerja." in page
    assert "2×24" not in page
    assert "Jawaban akhir 21 hari kerja" in page
    assert installation().category_by_code["road_bridge"].name.id in page
    assert "Jawaban dicek orang kedua" not in page
    assert "Membuka lagi laporan yang sudah tuntas 45 hari" in page


def test_who_is_not_content_finds_the_ombudsman(client: Client) -> None:
    page = client.get("/janji").content.decode()
    assert 'href="tel:137"' in page
    assert 'href="https://ombudsman.go.id"' in page
    assert "dua tahun" in page
    assert page.index("Hubungi meja aduan") < page.index("Ombudsman Republik Indonesia")


# Protection and privacy: what is said is what the code does


def test_restricted_topics_and_where_to_go_come_from_the_profile(client: Client) -> None:
    here, page = installation(), words_of(client.get("/perlindungan"))
    restricted = [c.name.id for c in here.categories.values() if c.is_restricted]
    assert restricted
    assert all(name in page for name in restricted)
    assert all(agency.name in page for agency in here.agencies.values() if agency.examines)


def test_what_is_locked_and_what_is_not_is_said(client: Client) -> None:
    page = words_of(client.get("/perlindungan"))
    assert "dikunci di HP Anda, sebelum terkirim" in page
    assert "Tanpa JavaScript, lewat telepon, atau di loket, server kami yang mengunci" in page
    assert "Laporan lain tidak dikunci seperti ini" in page
    assert client.get("/lapor/tersegel").status_code == 200


def test_what_is_said_of_looks_and_squares_is_so(client: Client) -> None:
    page = words_of(client.get("/perlindungan"))
    assert SAME_LOOK_HOURS == 1
    assert "dalam satu jam dicatat sekali" in page
    assert f"sekitar {centre_of(0, 0)['side_m']:.0f} meter" in page


def test_what_is_said_of_logs_is_so(client: Client) -> None:
    assert "tidak mencatat halaman yang Anda buka" in words_of(client.get("/perlindungan"))
    assert settings.LOGGING["loggers"]["django.request"] == {"handlers": ["nowhere"], "propagate": False}
    assert timedelta(days=1) == KEEP_BUCKETS


def test_the_spans_of_privacy_are_those_of_the_code(client: Client) -> None:
    page = words_of(client.get("/privasi"))
    day = timedelta(hours=24)
    assert drafts.KEPT == KEEP_DRAFTS == KEPT_UNATTACHED == KEEP_REPEATS == day
    assert "Draf yang belum dikirim, dan tanda terimanya 24 jam" in page
    assert "Foto yang tidak jadi dikirim 24 jam" in page
    assert "const WEEK = 7 * 24 * 3600e3" in PHONE_DRAFT.read_text()
    assert "hanya kata-katanya 7 hari" in page
    assert f"E-mail yang kami kirim kepada Anda {KEEP_SENT.days} hari" in page
    assert f"Tanpa konfirmasi, {KEEP_UNCONFIRMED.days} hari" in page


def test_the_cookies_named_are_the_cookies_set(client: Client) -> None:
    page = client.get("/privasi").content.decode()
    assert set(re.findall(r"<code>(\w+)</code>", page)) == {"bahasa", LOOK_COOKIE, PHONE}
    assert timedelta(seconds=A_YEAR) == timedelta(days=365)
    kept = client.get("/lapor").cookies
    assert set(kept) <= {PHONE}
    assert all(cookie["max-age"] == "" for cookie in kept.values()), "gone when the browser closes"


# What a phone keeps


def test_the_offline_page_may_be_kept_and_knows_nobody(client: Client) -> None:
    response = client.get("/luring")
    page = response.content.decode()
    assert response["Cache-Control"] == "public, max-age=3600"
    assert not response.cookies
    assert re.search(r"<\w+[^>]* data-drafts[^>]* hidden", page)
    assert 'href="/lapor"' in page
    assert 'href="tel:112"' in page


def test_a_page_with_a_choice_for_one_person_is_not_kept_for_all(client: Client) -> None:
    assert "Cache-Control" not in client.get("/luring?bahasa=en")


def test_a_phone_can_put_it_beside_its_other_apps(client: Client) -> None:
    response = client.get("/tuntas.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    told = json.loads(response.content)
    assert (told["name"], told["short_name"]) == ("Tuntas Kota Cempaka", "Tuntas")
    assert (told["start_url"], told["display"]) == ("/", "standalone")
    assert told["theme_color"] == told["theme_color"].lower()
    sizes = {(icon["sizes"], icon["purpose"]) for icon in told["icons"]}
    assert sizes == {("any", "any"), ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}
    for icon in told["icons"]:
        data = (settings.STATIC_ROOT / icon["src"].removeprefix("/static/")).read_bytes()
        assert len(data) <= 6000
        if icon["type"] == "image/png":
            width, height = PIL.Image.open(BytesIO(data)).size
            assert icon["sizes"] == f"{width}x{height}"


# The gallery


@pytest.fixture
def gallery(client: Client, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return what shows a section of the gallery."""
    monkeypatch.setenv("TUNTAS_DEMO", "1")

    def show(**asked: str) -> str:
        response = client.get("/demo/galeri", asked)
        assert response.status_code == 200
        return response.content.decode()

    return show


def test_the_gallery_shows_every_face_and_every_clock(gallery: Callable[..., str]) -> None:
    page = gallery()
    assert [face for face in Face if f'data-status="{face}"' not in page] == []
    for clock in ("aman", "dekat", "lewat", "jeda", "terpenuhi"):
        assert f'data-jam="{clock}"' in page


@pytest.mark.parametrize(
    "section", ["dasar", "formulir", "laporan", "daftar", "angka", "kasus", "antrean", "tidak-ada"]
)
@pytest.mark.parametrize("wrong", ["", "1"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_section_of_the_gallery_is_a_page_in_order(
    gallery: Callable[..., str], section: str, wrong: str, language: str
) -> None:
    page = gallery(bagian=section, galat=wrong, bahasa=language)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert [one for one in ids if ids.count(one) > 1] == []
    assert len(re.findall(r"<h1\b", page)) == 1
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert ("data-galat" in page) == bool(wrong and section not in ("daftar", "angka"))
    assert re.findall(r"<script|<style|\sstyle=", page) == []
