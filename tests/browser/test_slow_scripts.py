"""On a bad line somebody types and presses before the page's scripts have come: what the page promises holds."""

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from tests.browser.form_walk import NEXT
from tests.browser.server import Site
from tests.browser.slow_line import Line
from tests.browser.staff import sign_in
from tests.browser.states import City
from tests.browser.test_form_photos import FILES, photo
from tests.browser.watch import Watch
from tests.cast import Cast
from tests.make import STORY
from tests.sealed_room import make_readers
from tuntas.kit.time import current_time
from tuntas.rules.life import State
from tuntas.rules.who import Role

TYPED = "2345-6789-ABCD-EFGH-JKMN-PQRS"


@pytest.fixture
def line(page: Page) -> Line:
    return Line(page)


@pytest.mark.parametrize("script", ["sealed_track", "age"])
def test_a_sealed_code_waits_for_what_keeps_it_on_the_phone(page: Page, line: Line, watch: Watch, script: str) -> None:
    watch.allow("answered 401")
    line.open("/l/tersegel", script)
    page.get_by_label("Kode lacak Anda").fill(TYPED)
    line.press("Buka")
    line.let_through()
    expect(page.get_by_role("alert")).to_contain_text("Kode ini tidak kami temukan")
    assert not line.carried(TYPED)


@pytest.mark.parametrize(
    ("script", "asks"),
    [("age", "Tekan Buka lagi kalau server boleh membaca kode ini."), ("sealed_track", "Tekan lagi kalau setuju.")],
)
def test_where_it_does_not_come_the_person_decides_whether_the_server_may_read(
    page: Page, line: Line, watch: Watch, script: str, asks: str
) -> None:
    watch.allow("failed: .*/js/|answered 4|console: ")
    line.open("/l/tersegel", script)
    page.get_by_label("Kode lacak Anda").fill(TYPED)
    line.press("Buka")
    line.lose()
    expect(page.get_by_role("alert").filter(has_text=asks)).to_be_visible()
    assert not line.carried(TYPED)
    line.press("Buka")
    expect(page.locator("#kode-e")).to_be_visible()
    assert line.carried(TYPED)


@pytest.mark.parametrize("path", ["/", "/lacak"])
def test_a_sealed_code_in_the_ordinary_box_waits_too(page: Page, line: Line, watch: Watch, path: str) -> None:
    watch.allow("answered 401")
    line.open(path, "find")
    page.get_by_label("Sudah melapor?").fill(TYPED)
    line.press("Lacak")
    line.let_through()
    expect(page.get_by_role("alert")).to_contain_text("Kode ini tidak kami temukan")
    assert not line.carried(TYPED)


def test_a_story_about_extortion_waits_for_what_locks_it(page: Page, line: Line, site: Site, cast: Cast) -> None:
    make_readers()
    line.open("/lapor", "lapor")
    page.get_by_label("Ceritakan masalahnya").fill(STORY)
    page.get_by_label("Ini tentang pungli").check()
    line.press(NEXT)
    line.let_through()
    expect(page.get_by_label("Ceritakan kejadiannya")).to_have_value(STORY)
    assert not line.carried(STORY.split()[0])


def test_who_leaves_meanwhile_sends_nothing(page: Page, line: Line) -> None:
    page.add_init_script("addEventListener('click', (event) => event.target.closest('a') && event.preventDefault())")
    line.open("/lapor", "lapor")  # and where the link leads to is long in coming
    page.get_by_label("Ceritakan masalahnya").fill(STORY)
    line.press(NEXT)
    page.get_by_role("link", name="Privasi").click(no_wait_after=True)
    line.let_through()
    page.wait_for_load_state()
    assert page.locator("html[data-scripted]").count() == 1
    assert not line.carried(STORY.split()[0])


def test_photos_and_a_document_chosen_before_are_all_there_once(page: Page, line: Line) -> None:
    line.open("/lapor", "photos")
    document: FilePayload = {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    page.locator("#berkas-lain").set_input_files(document)
    page.locator("input[multiple]").set_input_files([photo("IMG_1.jpg"), photo("IMG_2.jpg")])
    line.let_through()
    expect(page.locator("[data-chosen]")).to_contain_text("3 foto,")
    names = "[...document.querySelectorAll('input[type=file]')].flatMap((one) => [...one.files]).map((one) => one.name)"
    assert page.evaluate(names) == ["IMG_1.jpg", "IMG_2.jpg", "surat.pdf"]


def test_a_photo_chosen_before_is_made_small_all_the_same(page: Page, line: Line) -> None:
    line.open("/lapor", "photos")
    page.locator("input[multiple]").set_input_files([photo("IMG_1.jpg", (2400, 1800))])
    line.let_through()
    expect(page.locator("[data-chosen]")).to_contain_text("1 foto,")
    (sent,) = page.evaluate(FILES)
    assert sent["width"] <= 1600


def test_a_proof_chosen_before_is_looked_at_all_the_same(phone: BrowserContext, site: Site) -> None:
    town = City(Cast(), current_time())
    made = town.brought(State.IN_PROGRESS)
    page = sign_in(phone, town.cast, Role.UNIT_HANDLER, "dinas-pupr")
    line = Line(page)
    line.open(f"/instansi/tugas/{made.report.number}", "task")
    page.get_by_label("Sudah selesai").check()
    page.locator("input[type=file][multiple]").set_input_files([photo("IMG_1.jpg", (1200, 900), is_placed=True)])
    line.let_through()
    expect(page.locator(".c-thumb__cap")).to_have_count(1)
    expect(page.locator(".c-thumb__cap")).to_contain_text("dari titik")
