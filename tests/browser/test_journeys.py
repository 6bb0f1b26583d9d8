"""A report on its way in: three steps, one receipt, one code. On a cheap phone, with scripts and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.judge import look
from tests.browser.reporter import VILLAGE, Reporter, photo
from tests.make import STORY
from tuntas.reports.models import Report

TOO_SHORT = "Tulis lebih jelas apa yang terjadi, sedikitnya satu kalimat"
pytestmark = pytest.mark.usefixtures("scripts")


@pytest.fixture
def sari(page: Page) -> Reporter:
    return Reporter(page)


def test_a_report_with_a_photo_is_sent_after_a_mistake_and_found_again_by_its_code(sari: Reporter) -> None:
    page = sari.page
    page.goto("/")
    sari.follow("Buat laporan")
    sari.tell("jalan", [photo()])
    mistakes = page.get_by_role("alert").filter(has_text="Ada yang perlu dilengkapi")
    expect(mistakes).to_be_focused()
    expect(page).to_have_title(re.compile("^Galat: "))
    mistakes.get_by_role("link", name=TOO_SHORT).click()
    expect(sari.story).to_be_focused()
    expect(sari.story).to_have_value("jalan")
    expect(page.get_by_role("img", name="Foto 1")).to_be_visible()
    sari.tell(STORY)
    sari.stands_before("Di mana dan kapan?")
    expect(page.get_by_role("alert")).to_have_count(0)
    sari.press("Belum ada, lanjutkan")
    mistakes.get_by_role("link", name="Pilih kelurahan, atau ketuk peta").click()
    sari.village.select_option(VILLAGE)
    village = sari.village.locator("option:checked").inner_text()
    sari.write("Dekat apa?", "Depan toko besi")
    sari.press("Belum ada, lanjutkan")
    for words in (STORY, "1 foto", "Depan toko besi", village):
        sari.reads(words)
    sari.press("Kirim laporan")
    code = sari.read_code()
    sari.reads("Dijawab petugas paling lambat")
    sari.reads_nothing_of(STORY)
    sari.find(code.replace("-", "").lower())
    sari.reads(STORY)
    sari.reads("Depan toko besi")
    sari.reads("Sekarang di tangan")
    shown = page.get_by_role("img", name="Foto Anda")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("(image) => image.naturalWidth") > 100
    report = Report.objects.get()
    assert (report.body, report.files.count(), report.channel) == (STORY, 1, "web")


def test_going_back_and_forward_through_the_steps_keeps_everything(sari: Reporter) -> None:
    page = sari.page
    sari.go_to_place(photos=[photo()])
    sari.village.select_option(VILLAGE)
    sari.write("Dekat apa?", "Depan toko besi")
    sari.choose("Kemarin")
    sari.press("Belum ada, lanjutkan")
    sari.write("Nama panggilan", "Sari")
    page.go_back()
    sari.stands_before("Di mana dan kapan?")
    expect(sari.village).to_have_value(VILLAGE)
    expect(page.get_by_label("Dekat apa?")).to_have_value("Depan toko besi")
    expect(page.get_by_label("Kemarin")).to_be_checked()
    page.go_back()
    sari.stands_before("Apa yang terjadi?")
    page.go_forward()
    page.go_forward()
    sari.stands_before("Identitas dan kirim")
    sari.reads("1 foto")
    sari.follow("Cerita")
    expect(sari.story).to_have_value(STORY)
    expect(page.get_by_role("img", name="Foto 1")).to_be_visible()
    sari.tell(f"{STORY} Ada yang jatuh kemarin.")
    expect(page.get_by_label("Dekat apa?")).to_have_value("Depan toko besi")
    sari.press("Belum ada, lanjutkan")
    sari.press("Kirim laporan")
    sari.read_code()
    report = Report.objects.get()
    assert (report.body, report.files.count()) == (f"{STORY} Ada yang jatuh kemarin.", 1)
    assert report.location_text == "Depan toko besi"


def test_going_back_to_the_story_and_on_again_keeps_the_photos(sari: Reporter) -> None:
    page = sari.page
    sari.go_to_place(photos=[photo()])
    page.go_back()
    sari.stands_before("Apa yang terjadi?")
    expect(sari.story).to_have_value(STORY)
    expect(page.get_by_role("img", name="Foto 1")).to_be_visible()
    sari.press("Lanjut: tempat")
    sari.village.select_option(VILLAGE)
    sari.press("Belum ada, lanjutkan")
    sari.press("Kirim laporan")
    sari.read_code()
    assert Report.objects.get().files.count() == 1


def test_a_double_press_makes_one_report_and_a_reload_of_the_receipt_none(sari: Reporter) -> None:
    sari.go_to_sending()
    sari.page.get_by_role("button", name="Kirim laporan").dblclick()
    code = sari.read_code()
    look(sari.page, "journey-receipt")
    sari.page.reload()
    assert sari.read_code() == code
    sari.page.go_back()
    sari.page.go_forward()
    assert sari.read_code() == code
    assert Report.objects.count() == 1
