"""The inbox in real Chromium: a hundred reports sorted by keys alone, and three without scripts."""

import csv
import gzip
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bench.real_input import target_of
from tests.browser.conftest import OpenContext
from tests.browser.judge import axe, keyboard_walk, look, no_sideways, targets
from tests.browser.server import Site
from tests.browser.staff import sign_in
from tests.cast import Cast
from tests.make import make_report
from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.reports.models import Report
from tuntas.rules.life import Act, State
from tuntas.rules.suspicion import is_suspected
from tuntas.rules.who import STRANGER, Role
from tuntas.steps.submit import Story
from tuntas.web.office.suggested import offered_for

COMPLAINTS = Path(__file__).parents[3] / "shared" / "data" / "complaints" / "surabaya_2022.csv.gz"
MANY = 100
LONGEST = 3000  # letters: what people send by phone


def stories(n: int) -> Iterator[Story]:
    """Yield real complaints that somebody at a desk may see and could place; read where they lie, kept nowhere."""
    with gzip.open(COMPLAINTS, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            category, _ = target_of(row["keluhan"])
            if category == "other" or is_suspected(row["keluhan"]) or not 20 < len(row["keluhan"]) < LONGEST:
                continue
            yield Story(body=row["keluhan"], location_text=row["alamat"][:500], category=category)
            n -= 1
            if not n:
                return


def focus_is_on(page: Page, report: Report) -> None:
    expect(page.locator(f"#b-{report.number}")).to_be_focused()


def stands_open(page: Page, report: Report) -> None:
    expect(page.locator("#tinjau")).to_have_attribute("data-nomor", report.number or "")


@pytest.fixture
def operator(desk: BrowserContext, cast: Cast) -> Page:
    return sign_in(desk, cast, Role.AGENCY_ADMIN)


@pytest.mark.skipif(not COMPLAINTS.exists(), reason="the complaints are not here")
def test_a_hundred_real_reports_are_sorted_by_keys_and_no_other_row_is_touched(operator: Page) -> None:
    """Each tenth: five sent on, one to the second agency, one passed, one sent and taken back, one picked, one sent."""
    begin, page = current_time() - timedelta(hours=6), operator
    made = [
        steps.submit(story, by=STRANGER, now=begin + timedelta(minutes=n)).report
        for n, story in enumerate(stories(MANY))
    ]
    assert len(made) == MANY
    offered = {report.pk: offered_for(report, f"{report.title} {report.body}") for report in made}
    assert all(offered.values())
    to: dict[int, str] = {}
    undone: set[int] = set()
    picked: set[str] = set()
    page.goto("/meja")
    for n, report in enumerate(made):
        focus_is_on(page, report)
        following = made[n + 1] if n + 1 < MANY else None
        match n % 10:
            case 5 if len(offered[report.pk]) > 1:
                page.keyboard.press("2")
                page.keyboard.press("d")
                to[report.pk] = offered[report.pk][1].slug
            case 6:
                page.keyboard.press("j")
            case 7:
                page.keyboard.press("d")
                if following:
                    focus_is_on(page, following)
                page.keyboard.press("z")
                focus_is_on(page, report)
                undone.add(report.pk)
                page.keyboard.press("j")
            case 8:
                page.keyboard.press("x")
                picked.add(str(report.number))
                page.keyboard.press("j")
            case _:
                page.keyboard.press("d")
                to[report.pk] = offered[report.pk][0].slug
    expect(page.locator("#kabar")).to_contain_text(f"{made[-1].number} diteruskan")
    now_checked = page.locator("#daftar [name=pilih]:checked").evaluate_all("boxes => boxes.map((box) => box.value)")
    assert set(now_checked) == picked
    fresh = {report.pk: report for report in Report.objects.select_related("holder")}
    assert {pk: report.holder.slug for pk, report in fresh.items() if report.holder} == to
    assert {report.state for report in fresh.values() if report.pk not in to} == {State.SUBMITTED}
    acts = {pk: list(report.events.order_by("id").values_list("act", flat=True)) for pk, report in fresh.items()}
    for pk, done in acts.items():
        expected = [Act.DISPATCH, Act.RECALL] if pk in undone else [Act.DISPATCH] if pk in to else []
        assert done == [Act.SUBMIT, *expected]


def test_without_scripts_three_reports_are_sorted_by_links_and_buttons(open_context: OpenContext, cast: Cast) -> None:
    now = current_time()
    made = [make_report(now - timedelta(minutes=9 - n), category="road_bridge").report for n in range(4)]
    page = sign_in(
        open_context(viewport={"width": 1440, "height": 900}, java_script_enabled=False), cast, Role.AGENCY_ADMIN
    )
    page.goto("/meja")
    page.locator(f"#b-{made[0].number}").click()
    for n in range(3):
        stands_open(page, made[n])
        page.get_by_role("button", name="Teruskan", exact=False).and_(page.locator("[data-kirim]")).click()
        expect(page.locator("#kabar")).to_contain_text(f"{made[n].number} diteruskan ke")
    page.get_by_role("button", name="Urungkan").click()
    stands_open(page, made[2])
    states = list(Report.objects.order_by("id").values_list("state", flat=True))
    assert states == [State.DISPATCHED, State.DISPATCHED, State.SUBMITTED, State.SUBMITTED]
    page.get_by_role("checkbox", name=f"Pilih {made[2].number}").check()
    page.get_by_role("checkbox", name=f"Pilih {made[3].number}").check()
    page.get_by_role("toolbar").get_by_role("button", name="Teruskan").click()
    page.get_by_role("button", name="Teruskan yang dicentang").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Teruskan: 2 selesai")


def test_a_clear_report_takes_one_key_and_the_page_opens_with_it_ready(operator: Page) -> None:
    now, page = current_time(), operator
    first, second = (make_report(now - timedelta(minutes=9 - n), category="road_bridge").report for n in range(2))
    page.goto("/meja")
    focus_is_on(page, first)
    stands_open(page, first)
    expect(page.locator("[data-kirim]")).to_contain_text("Teruskan ke Dinas PUPR")
    page.keyboard.press("d")
    focus_is_on(page, second)
    stands_open(page, second)
    expect(page).to_have_url(f"/meja?buka={second.number}&sesudah={first.number}")


def test_keys_sleep_in_fields_and_can_be_changed_or_switched_off(operator: Page) -> None:
    now, page = current_time(), operator
    first, second = (make_report(now - timedelta(minutes=9 - n), category="road_bridge").report for n in range(2))
    page.goto("/meja")
    stands_open(page, first)
    page.keyboard.press("/")
    expect(page.locator("#cari")).to_be_focused()
    page.keyboard.type("jdx2z")
    expect(page.locator("#cari")).to_have_value("jdx2z")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.goto("/meja/pintasan")
    page.get_by_label("Laporan berikutnya").fill("n")
    page.get_by_role("button", name="Simpan").click()
    page.goto("/meja")
    focus_is_on(page, first)
    page.keyboard.press("j")
    focus_is_on(page, first)
    page.keyboard.press("n")
    focus_is_on(page, second)
    stands_open(page, second)
    page.keyboard.press("Escape")
    expect(page.locator("#tinjau")).to_have_attribute("data-kosong", "")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"/meja/kasus/{second.number}")
    page.goto("/meja/pintasan")
    page.get_by_label("Pakai pintasan").uncheck()
    page.get_by_role("button", name="Simpan").click()
    page.goto("/meja")
    focus_is_on(page, first)
    page.keyboard.press("d")
    page.keyboard.press("n")
    focus_is_on(page, first)
    assert not Report.objects.exclude(state=State.SUBMITTED).exists()


def test_a_range_is_picked_and_the_bar_counts(operator: Page) -> None:
    now, page = current_time(), operator
    made = [make_report(now - timedelta(minutes=9 - n)).report for n in range(4)]
    page.goto("/meja")
    focus_is_on(page, made[0])
    expect(page.get_by_role("toolbar")).to_be_hidden()
    for key in ("x", "j", "j", "Shift+X"):
        page.keyboard.press(key)
    expect(page.get_by_role("toolbar")).to_contain_text("3 dipilih")
    page.get_by_role("button", name="Batal pilih").click()
    expect(page.get_by_role("toolbar")).to_be_hidden()


def test_going_back_shows_the_report_that_was_open(operator: Page) -> None:
    now, page = current_time(), operator
    first, second = (make_report(now - timedelta(minutes=9 - n)).report for n in range(2))
    page.goto("/meja")
    stands_open(page, first)
    page.locator(f"#b-{second.number}").click()
    stands_open(page, second)
    page.go_back()
    stands_open(page, first)


def test_on_a_phone_a_row_leads_to_the_case(phone: BrowserContext, cast: Cast) -> None:
    report = make_report(current_time()).report
    page = sign_in(phone, cast, Role.AGENCY_ADMIN)
    page.goto("/meja")
    page.locator(f"#b-{report.number}").click()
    expect(page).to_have_url(f"/meja/kasus/{report.number}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_the_inbox_and_its_pages_are_clean(
    open_context: OpenContext, cast: Cast, site: Site, width: int, scheme: str
) -> None:
    now = current_time()
    made = [
        make_report(now - timedelta(hours=hours), body=body, category=category).report
        for hours, body, category in (
            (50, "Tebing longsor di belakang rumah warga, retak sampai dapur.", None),
            (44, "Lampu jalan mati sepanjang gang ini sudah sepekan.", "street_light"),
            (1, "Jalan di depan pasar berlubang besar, sudah dua minggu.", "road_bridge"),
        )
    ]
    context = open_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = sign_in(context, cast, Role.AGENCY_ADMIN)
    pages = (f"/meja?buka={made[2].number}", "/meja?kanal=phone", "/meja/pintasan", "/meja/saringan?simpan=foto%3Dada")
    for address in pages:
        page.goto(address)
        expect(page.get_by_role("heading").first).to_be_attached()
        look(page, f"inbox-{width}-{scheme}-{pages.index(address)}")
        axe(page)
        targets(page)
        no_sideways(page)
    page.goto("/meja")
    page.get_by_role("checkbox", name=f"Pilih {made[1].number}").check()
    page.get_by_role("toolbar").get_by_role("button", name="Teruskan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("periksa dulu")
    axe(page)
    targets(page)
    no_sideways(page)


def test_the_inbox_can_be_walked_by_tab_in_reading_order(operator: Page) -> None:
    now, page = current_time(), operator
    report = make_report(now, category="road_bridge").report
    page.goto(f"/meja?buka={report.number}")
    way = keyboard_walk(page)
    order = [
        next(n for n, name in enumerate(way) if words in name)
        for words in ("Perlu dipilah", "Saring", "Pilih ", "Buka penuh")
    ]
    assert order == sorted(order)
