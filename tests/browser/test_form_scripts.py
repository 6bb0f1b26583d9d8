"""What the form's scripts shorten: the draft on the phone, sending once, leaving quickly, printing."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenContext
from tests.browser.form_walk import (
    NEXT,
    STORY,
    VILLAGE,
    draft_on,
    go_to_place,
    go_to_receipt,
    wait_for_no_draft,
    wait_until,
    write,
)
from tests.browser.watch import Watch
from tuntas.reports.models import Draft, Report

# The draft on the phone


def test_a_draft_comes_back_and_can_be_deleted(page: Page) -> None:
    write(page)
    expect(page.locator("[data-saved]")).to_contain_text("Draf tersimpan di HP ini, ")
    page.reload()
    story = page.get_by_label("Ceritakan masalahnya")
    expect(story).to_have_value(STORY)
    expect(page.locator("[data-counted]")).to_have_text(f"{len(STORY)} dari 10.000 huruf")
    page.get_by_role("button", name="Hapus draf").click()
    expect(story).to_have_value("")
    assert draft_on(page) is None
    page.reload()
    expect(story).to_have_value("")


def test_what_was_typed_just_now_stays_when_the_draft_is_deleted(page: Page) -> None:
    write(page)
    page.get_by_role("button", name="Hapus draf").click()
    expect(page.locator("[data-saved]")).to_have_text("Draf di HP ini dihapus.")
    expect(page.get_by_label("Ceritakan masalahnya")).to_have_value(STORY)
    assert draft_on(page) is None


def test_a_draft_is_gone_after_a_week(page: Page) -> None:
    write(page)
    expect(page.locator("[data-saved]")).to_contain_text("Draf tersimpan")
    page.evaluate("""() => {
      const kept = JSON.parse(localStorage.getItem('draf'));
      localStorage.setItem('draf', JSON.stringify({...kept, at: kept.at - 7 * 864e5}));
    }""")
    page.reload()
    expect(page.get_by_label("Ceritakan masalahnya")).to_have_value("")
    wait_for_no_draft(page)


def test_a_phone_whose_storage_holds_rubbish_shows_the_form_all_the_same(page: Page) -> None:
    page.goto("/lapor")
    for rubbish in ("{", "null", "7", '"x"', "[]", '{"at": "x"}'):
        page.evaluate("(text) => localStorage.setItem('draf', text)", rubbish)
        write(page)
        expect(page.locator("[data-saved]")).to_contain_text("Draf tersimpan")


def test_the_tick_box_deletes_the_draft_at_once(page: Page) -> None:
    write(page)
    expect(page.locator("[data-saved]")).to_contain_text("Draf tersimpan")
    page.get_by_label("Ini tentang pungli").check()
    assert draft_on(page) is None
    page.get_by_label("Ceritakan masalahnya").press("End")
    page.keyboard.type(" Lagi.")
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pungli")
    assert draft_on(page) is None


def test_the_draft_is_gone_once_the_report_is_sent(page: Page) -> None:
    go_to_receipt(page)
    wait_for_no_draft(page)
    assert Report.objects.count() == 1


def test_nothing_that_says_who_one_is_stays_on_the_phone(page: Page) -> None:
    go_to_place(page)
    page.get_by_label("Dekat apa?").fill("Depan pasar")
    page.get_by_label("Kelurahan atau desa").select_option(VILLAGE)
    page.get_by_role("button", name="Belum ada, lanjutkan").click()
    page.get_by_label("Nama panggilan").fill("Sari")
    page.get_by_label("E-mail").fill("sari@contoh.id")
    kept = draft_on(page)
    assert kept is not None
    assert set(kept) == {"at", "draf", "cerita", "kelurahan", "patokan", "kapan", "tanggal"}


def test_the_second_step_comes_back_as_it_was_left(page: Page) -> None:
    go_to_place(page)
    page.get_by_label("Dekat apa?").fill("Depan pasar")
    page.get_by_label("Kemarin").check()
    page.get_by_label("Kelurahan atau desa").select_option(VILLAGE)
    page.reload()
    expect(page.get_by_label("Dekat apa?")).to_have_value("Depan pasar")
    expect(page.get_by_label("Kemarin")).to_be_checked()
    expect(page.get_by_label("Kelurahan atau desa")).to_have_value(VILLAGE)
    page.goto("/lapor")
    page.get_by_role("button", name="Hapus, mulai baru").click()
    go_to_place(page)  # another report: another place
    expect(page.get_by_label("Dekat apa?")).to_have_value("")


# Sending


@pytest.fixture
def plain(open_context: OpenContext) -> Page:
    """A page without a service worker, whose requests a test can hold and change."""
    return open_context(service_workers="block", viewport={"width": 360, "height": 740}).new_page()


def test_pressed_twice_it_is_sent_once_and_after_three_seconds_says_so(page: Page) -> None:
    page.clock.install()
    write(page)
    page.evaluate("""() => {  // a line so slow that nothing happens
      window.sent = 0;
      addEventListener('submit', (event) => {
        if (!event.defaultPrevented) window.sent += 1;
        event.preventDefault();
      });
    }""")
    button = page.locator("[data-send]")
    button.click()
    button.click(force=True)
    page.clock.run_for(3100)
    expect(button).to_have_text("Mengirim, jangan tutup halaman")
    expect(button).to_have_attribute("aria-disabled", "true")
    assert page.evaluate("window.sent") == 1
    page.clock.run_for(12_000)
    expect(button).not_to_have_attribute("aria-disabled", "true")
    button.click()
    assert page.evaluate("window.sent") == 2


def test_a_form_that_must_wait_counts_down_and_is_pressed_again_by_hand(plain: Page) -> None:
    page = plain
    page.clock.install()
    go_to_place(page)
    page.get_by_label("Kelurahan atau desa").select_option(VILLAGE)
    page.get_by_role("button", name="Belum ada, lanjutkan").click()
    page.route(
        "**/lapor/kirim?*",
        lambda route: route.fulfill(
            body=route.fetch().text().replace('data-draft="3"', 'data-draft="3" data-wait="20"')
        ),
    )
    page.reload()
    button = page.locator("[data-send]")
    expect(button).to_have_text(re.compile("Tunggu (20|1[5-9]) detik"))
    button.click(force=True)
    page.clock.run_for(5000)
    expect(button).to_have_text(re.compile("Tunggu (1[0-5]) detik"))
    assert Report.objects.count() == 0
    page.clock.run_for(21_000)
    expect(button).to_contain_text("Kirim laporan")
    assert Report.objects.count() == 0, "nothing is sent by itself"
    button.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Laporan Anda sudah kami terima")


# Leaving


@pytest.mark.parametrize("way", ["link", "shift"])
def test_leaving_quickly_deletes_the_draft_everywhere(page: Page, watch: Watch, way: str) -> None:
    watch.allow("other host: https://www.bmkg.go.id/$")
    page.context.route("https://www.bmkg.go.id/", lambda route: route.fulfill(body="Cuaca"))
    go_to_place(page)
    assert Draft.objects.count() == 1
    with page.expect_request("**/lapor/keluar") as told:
        if way == "link":
            page.get_by_role("link", name="Keluar cepat").click()
        else:
            for _ in range(3):
                page.keyboard.press("Shift")
    page.wait_for_url("https://www.bmkg.go.id/")
    assert told.value.method == "POST"
    wait_until(page, lambda: not Draft.objects.exists())
    page.goto("/lapor")
    expect(page.get_by_label("Ceritakan masalahnya")).to_have_value("")
    wait_for_no_draft(page)


def test_capital_letters_do_not_leave(page: Page) -> None:
    write(page, "")
    story = page.get_by_label("Ceritakan masalahnya")
    story.focus()
    for letter in "RW 05":
        page.keyboard.down("Shift")
        page.keyboard.press(letter)
        page.keyboard.up("Shift")
    expect(story).to_have_value("RW 05")


# The receipt


def test_the_slip_prints_at_one_press(page: Page) -> None:
    page.add_init_script("window.print = () => { document.title = 'printed' }")
    go_to_receipt(page)
    page.get_by_role("link", name="Cetak struk").click()
    page.get_by_role("button", name="Cetak").click()
    expect(page).to_have_title("printed")
