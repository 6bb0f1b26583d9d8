"""Pages of words, pages of failure and the gallery, in a browser: what /aksesibilitas says is tested is tested here."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import OpenContext
from tests.browser.judge import axe, keyboard_walk, look, no_sideways, targets
from tests.browser.watch import Watch
from tuntas.kit.env import env

WORDS = ["janji", "perlindungan", "bantuan", "aksesibilitas", "privasi", "luring", "tidak-ada"]
SECTIONS = ["dasar", "formulir", "laporan", "daftar", "angka", "kasus"]


@pytest.fixture
def maintenance() -> Iterator[Path]:
    file = env().data / "maintenance"
    file.touch()
    yield file
    file.unlink(missing_ok=True)


@pytest.mark.parametrize("name", WORDS)
def test_a_page_of_words_is_in_nobodys_way(page: Page, name: str) -> None:
    page.goto(f"/{name}")
    look(page, f"{name}-phone")
    axe(page)
    no_sideways(page)
    targets(page)


@pytest.mark.parametrize("name", WORDS)
def test_a_page_of_words_is_as_easy_to_read_in_the_dark_and_in_english(open_context: OpenContext, name: str) -> None:
    page = open_context(color_scheme="dark", viewport={"width": 1440, "height": 900}).new_page()
    page.goto(f"/{name}?bahasa=en")
    look(page, f"{name}-desk-dark")
    axe(page)


def test_a_page_of_words_is_walked_through_by_keyboard(desk: BrowserContext) -> None:
    page = desk.new_page()
    page.goto("/janji")
    way = keyboard_walk(page)
    assert len(way) > 15, "links of this page, tables that may scroll, links to others"


def test_a_link_of_the_contents_leads_to_its_place(page: Page) -> None:
    page.goto("/perlindungan")
    page.get_by_role("link", name="Foto dan tempat").click()
    expect(page.get_by_role("heading", name="Foto dan tempat")).to_be_in_viewport()


@pytest.mark.parametrize("look_of", ["light", "dark"])
@pytest.mark.parametrize("section", SECTIONS)
def test_every_part_is_in_nobodys_way(
    open_context: OpenContext, watch: Watch, monkeypatch: pytest.MonkeyPatch, section: str, look_of: str
) -> None:
    watch.allow("answered 404: .*/foto/")  # its photos are invented
    monkeypatch.setenv("TUNTAS_DEMO", "1")
    page = open_context(color_scheme=look_of, viewport={"width": 360, "height": 740}).new_page()
    for wrong in ("", "1"):
        page.goto(f"/demo/galeri?bagian={section}&galat={wrong}")
        look(page, f"gallery-{section}-{look_of}-{wrong}")
        axe(page)
        no_sideways(page)
        targets(page)


def test_maintenance_is_told_to_people(page: Page, watch: Watch, maintenance: Path) -> None:
    watch.allow("answered 503")
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kami segera kembali")
    axe(page)
    no_sideways(page)
    maintenance.unlink()
    page.get_by_role("link", name="Coba lagi").click()
    expect(page.get_by_role("link", name="Buat laporan")).to_be_visible()


def test_a_form_sent_into_maintenance_can_be_sent_again(page: Page, scripts: bool, watch: Watch) -> None:
    file = env().data / "maintenance"
    watch.allow("answered 503")
    page.goto("/lacak")
    page.locator("#kode").fill("234-567 89a6")
    file.touch()
    try:
        page.get_by_role("button", name="Lacak").click()
        expect(page.get_by_text("Tulisan Anda tidak hilang.")).to_be_visible()
        if scripts:
            axe(page)
    finally:
        file.unlink()
    page.get_by_role("button", name="Coba kirim lagi").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.url.endswith("/lacak"), "the code opens nothing, and what was typed stands there"
    expect(page.locator("[name=kode]")).to_have_value("234-567 89a6")
