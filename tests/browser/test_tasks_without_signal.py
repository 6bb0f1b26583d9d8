"""An officer without signal: tasks open, answers wait under lock and arrive once; who finds the phone reads nothing."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.field_walk import WORDS, answers_of, fill, keep_tasks, kept, stored
from tests.browser.judge import axe, look, no_sideways
from tests.browser.staff import sign_in
from tests.browser.states import City
from tests.browser.watch import Watch
from tests.cast import Cast
from tests.make import STORY, Made
from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.rules.life import State
from tuntas.rules.who import Role

OFFLINE = "Tidak ada sinyal."
NOTHING_WAITS = "Tidak ada yang menunggu"


@pytest.fixture(autouse=True)
def no_signal(browser: Browser, watch: Watch) -> None:
    """Let the watch bear what a phone without signal says, and what a phone signed out is told.

    The browser first: what a test asks the database is asked within its loop, and closed within it.
    """
    watch.allow("net::ERR_INTERNET_DISCONNECTED")
    watch.allow("answered 401")
    watch.allow("answered 409")


@pytest.fixture
def tasks(site: object) -> list[Made]:
    """Three tasks with a photo each."""
    city = City(Cast(), current_time())
    made = [city.brought(State.DISPATCHED, hours=hours) for hours in (30, 20, 10)]
    for each in made:
        each.report.refresh_from_db()
    return made


@pytest.fixture
def page(phone: BrowserContext, tasks: list[Made]) -> Page:
    page = sign_in(phone, Cast(), Role.LIAISON, "dinas-pupr")
    keep_tasks(page)
    assert kept(page, "halaman") == 8, "list, outbox, three tasks, three photos"
    return page


def go_off(page: Page) -> None:
    page.context.set_offline(True)


def come_back(page: Page) -> None:
    page.context.set_offline(False)


def press(page: Page) -> None:
    page.get_by_role("button", name="Simpan, kirim saat ada sinyal").click()


def test_two_tasks_answered_without_signal_arrive_once_each(
    page: Page, tasks: list[Made], phone: BrowserContext
) -> None:
    first, second, third = (made.report for made in tasks)
    go_off(page)
    page.goto("/instansi")
    expect(page.locator("[data-luring]")).to_contain_text(OFFLINE)
    look(page, "tasks-offline")
    axe(page)
    no_sideways(page)
    fill(page, first)
    expect(page.locator(".c-shots img").first).to_be_visible()
    assert page.locator(".c-shots img").first.evaluate("image => image.naturalWidth") > 0, "its photo was kept too"
    button = page.get_by_role("button", name="Simpan, kirim saat ada sinyal")
    button.dblclick()
    expect(page.get_by_text("Tersimpan, belum terkirim")).to_be_visible()
    look(page, "task-kept")
    axe(page)
    fill(page, second)
    press(page)
    expect(page.locator("[data-luring]")).to_contain_text("2 jawaban menunggu dikirim.")
    assert kept(page, "kotak") == 2
    page.goto("/instansi")
    expect(page.locator("[data-simpanan]")).to_have_text(["tersimpan, belum terkirim"] * 2)
    page.close()

    again = phone.new_page()
    again.goto("/instansi")
    expect(again.locator("[data-luring]")).to_contain_text("2 jawaban menunggu dikirim.")
    assert answers_of(first) == []
    come_back(again)
    expect(again.locator("[data-luring]")).to_be_hidden()
    assert kept(again, "kotak") == 0
    for report in (first, second):
        assert answers_of(report) == [(WORDS, 1)]
        proposal = report.events.get(act="propose_answer")
        assert "captured_at" in proposal.data
        assert proposal.files.get().lat == pytest.approx(-6.957, abs=0.001)
    assert answers_of(third) == []


def test_the_next_opening_sends_what_waits(page: Page, tasks: list[Made], phone: BrowserContext) -> None:
    go_off(page)
    fill(page, tasks[0].report, with_photo=False)
    page.get_by_label("Hasil pekerjaan").select_option("answered")
    press(page)
    expect(page.get_by_text("Tersimpan, belum terkirim")).to_be_visible()
    page.close()
    phone.set_offline(False)
    again = phone.new_page()
    again.goto("/instansi/kotak-keluar")
    expect(again.locator("[data-kotak]")).to_contain_text(NOTHING_WAITS, use_inner_text=True)
    assert answers_of(tasks[0].report) == [(WORDS, 0)]


def test_a_case_that_moved_meanwhile_keeps_the_answer_as_a_draft(page: Page, tasks: list[Made]) -> None:
    made = tasks[0]
    go_off(page)
    fill(page, made.report)
    press(page)
    expect(page.get_by_text("Tersimpan, belum terkirim")).to_be_visible()
    steps.supplement(made.report, by=made.reporter, text="Lubangnya makin lebar.", now=current_time())
    come_back(page)
    expect(page.locator("[data-luring]")).to_contain_text("1 jawaban perlu Anda periksa lagi.")
    assert answers_of(made.report) == []
    page.goto("/instansi/kotak-keluar")
    expect(page.locator("[data-kotak]")).to_contain_text("Kasus ini berubah, periksa lagi.")
    look(page, "outbox-changed")
    axe(page)
    no_sideways(page)
    page.get_by_role("link", name="Buka tugas").click()
    expect(page.get_by_role("alert")).to_contain_text("Kasus ini berubah, periksa lagi")
    expect(page.get_by_label("Jawaban untuk pelapor")).to_have_value(WORDS)
    expect(page.locator("[data-foto-kata]")).to_have_text("1 foto.")
    page.get_by_text("Yang terjadi sesudahnya").click()
    expect(page.get_by_text("Lubangnya makin lebar.")).to_be_visible()
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.get_by_text(f"Terkirim: {made.report.number}.")).to_be_visible()
    assert answers_of(made.report) == [(WORDS, 1)]
    assert kept(page, "kotak") == 0


def test_no_word_of_a_report_or_an_answer_can_be_read_on_the_phone(page: Page, tasks: list[Made]) -> None:
    go_off(page)
    fill(page, tasks[0].report)
    press(page)
    expect(page.get_by_text("Tersimpan, belum terkirim")).to_be_visible()
    text = stored(page)
    assert "kotak" in text, "there is something to look at"
    secrets = [STORY, STORY[:20], WORDS[:20], "berlubang", "menambal", "JFIF", "Exif", "EXTRACTABLE", "<html"]
    secrets += [str(made.report.number) for made in tasks] + [made.report.public_title[:15] for made in tasks]
    assert [secret for secret in secrets if secret in text] == []


def test_signing_out_destroys_what_was_kept(page: Page, tasks: list[Made]) -> None:
    page.locator(".c-deskbar__me summary").click()
    page.get_by_role("button", name="Keluar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Masuk untuk petugas")
    assert kept(page, "halaman") == kept(page, "kunci") == kept(page, "kotak") == 0
    go_off(page)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/instansi")


def test_signing_out_warns_of_answers_that_were_not_sent(page: Page, tasks: list[Made]) -> None:
    go_off(page)
    fill(page, tasks[0].report)
    press(page)
    expect(page.get_by_text("Tersimpan, belum terkirim")).to_be_visible()
    page.locator(".c-deskbar__me summary").click()
    page.get_by_role("button", name="Keluar").click()
    expect(page.get_by_role("alert")).to_contain_text("1 jawaban belum terkirim dan akan terhapus.")
    assert kept(page, "kotak") == 1


def test_a_session_that_ended_takes_the_pages_and_keeps_the_answer_for_its_writer(
    page: Page, tasks: list[Made], phone: BrowserContext
) -> None:
    go_off(page)
    fill(page, tasks[0].report)
    press(page)
    expect(page.get_by_text("Tersimpan, belum terkirim")).to_be_visible()
    phone.clear_cookies()
    come_back(page)
    expect(page.locator("[data-tersimpan]").first).to_be_attached()
    page.goto("/instansi")
    expect(page.get_by_role("heading", level=1)).to_have_text("Masuk untuk petugas")
    assert (kept(page, "halaman"), kept(page, "kotak")) == (0, 1)
    page.close()
    sign_in(phone, Cast(), Role.LIAISON, "dlh").goto("/instansi")
    assert answers_of(tasks[0].report) == [], "not sent in another person's name"
    phone.clear_cookies()
    back = sign_in(phone, Cast(), Role.LIAISON, "dinas-pupr")
    back.goto("/instansi/kotak-keluar")
    expect(back.locator("[data-kotak]")).to_contain_text(NOTHING_WAITS, use_inner_text=True)
    assert answers_of(tasks[0].report) == [(WORDS, 1)]
