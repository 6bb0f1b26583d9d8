"""Eleven people report one hole: the desk makes one matter of it, one answer reaches all, each rates for themselves."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.judge import axe, no_sideways
from tests.browser.staff import sign_in
from tests.cast import Cast
from tests.make import Made, make_report
from tests.steps.seen import fresh
from tuntas.kit.time import current_time
from tuntas.rules.life import State
from tuntas.rules.who import Role

OpenContext = Callable[..., BrowserContext]
ELEVEN = 11
HOLE = "Jalan di depan pasar berlubang besar, laporan warga ke-{n}."
ANSWER = "Lubang di depan pasar sudah kami tambal hari ini."


def merge(page: Page, made: Made, lead: Made) -> None:
    """Merge one report into another, by its number."""
    page.goto(f"/meja/kasus/{made.report.number}")
    page.get_by_role("link", name="Gabungkan ke laporan lain").click()
    page.get_by_label("Nomor laporan", exact=True).or_(page.get_by_label("Atau nomor laporan lain")).fill(
        lead.report.name
    )
    page.get_by_role("button", name="Gabungkan", exact=True).click()
    expect(page.locator("main")).to_contain_text(f"Laporan ini mengikuti {lead.report.number}")


def on_task(page: Page, made: Made, how: str, words: str) -> None:
    """Say on the task's page how it went."""
    page.goto(f"/instansi/tugas/{made.report.number}")
    page.get_by_label(how).check()
    if how == "Sudah selesai":
        page.get_by_label("Hasil pekerjaan").select_option("answered")
    page.locator("#teks").fill(words)
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text(made.report.number or "")


def track(page: Page, made: Made) -> None:
    page.goto(f"/l/{made.code}")
    expect(page.get_by_role("heading", name="Perjalanan laporan")).to_be_visible()


def test_eleven_reports_are_one_matter_and_eleven_reporters(open_context: OpenContext, cast: Cast) -> None:
    now = current_time()
    lead, *others = [make_report(now, body=HOLE.format(n=n + 1)) for n in range(ELEVEN)]
    apart = make_report(now, body="Lubang di gang belakang, bukan di depan pasar.")
    desk = sign_in(open_context(), cast, Role.AGENCY_ADMIN)
    for one in (*others, apart):
        merge(desk, one, lead)

    desk.goto(f"/meja/kasus/{lead.report.number}")
    expect(desk.locator("main")).to_contain_text(f"{ELEVEN} laporan digabung di sini")
    expect(desk.locator("main")).to_contain_text(f"{ELEVEN} pelapor lain juga menerima kata ini.")
    axe(desk)
    no_sideways(desk)
    desk.get_by_role("link", name=f"Pisahkan lagi {apart.report.number}").click()
    desk.get_by_role("button", name="Pisahkan lagi", exact=True).click()
    desk.goto(f"/meja/kasus/{lead.report.number}/teruskan")
    desk.get_by_label("Instansi tujuan").select_option("dinas-pupr")
    desk.get_by_role("button", name="Teruskan", exact=True).click()
    expect(desk).to_have_url(f"{desk.url.split('/meja')[0]}/meja/kasus/{lead.report.number}")

    agency = sign_in(open_context(), cast, Role.LIAISON, "dinas-pupr")
    on_task(agency, lead, "Sudah selesai", ANSWER)
    desk.goto(f"/meja/kasus/{lead.report.number}/setujui")
    desk.get_by_role("button", name="Setujui").click()
    expect(desk.locator("main")).to_contain_text("Jawaban disetujui dan terkirim")

    reporter = open_context().new_page()
    for one in (lead, *others):
        track(reporter, one)
        expect(reporter.locator("main")).to_contain_text(ANSWER)
    track(reporter, apart)
    expect(reporter.locator("main")).not_to_contain_text(ANSWER)
    expect(reporter.locator("main")).to_contain_text(f"Dipisahkan lagi dari laporan {lead.report.number}")
    assert fresh(apart.report).state == State.SUBMITTED

    content, unhappy, open_again = others[:3]
    for one, face in ((content, "Sangat Puas"), (unhappy, "Cukup Puas")):
        track(reporter, one)
        expect(reporter.locator("main")).to_contain_text(f"Digabung dengan laporan {lead.report.number}")
        reporter.get_by_label(face, exact=True).check()
        reporter.get_by_role("button", name="Kirim penilaian").click()
        expect(reporter.locator("main")).to_contain_text(f"Anda menilai: {face}")
    track(reporter, open_again)
    reporter.goto(f"/l/{open_again.code}/buka-lagi")
    reporter.locator("textarea[name=teks]").fill("Tambalannya sudah lepas lagi.")
    reporter.get_by_role("button", name="Buka lagi").click()
    expect(reporter.locator("main")).to_contain_text("Anda membuka lagi laporan ini")

    assert [fresh(one.report).rating for one in (content, unhappy)] == [4, 2]
    assert fresh(open_again.report).state == State.IN_PROGRESS
    assert {fresh(one.report).state for one in (lead, *others[3:])} == {State.ANSWERED}
    desk.goto(f"/meja/kasus/{lead.report.number}")
    expect(desk.locator("main")).to_contain_text("jalan sendiri: Sedang dikerjakan")
    agency.goto("/instansi")
    expect(agency.locator("main")).to_contain_text(open_again.report.number or "")
