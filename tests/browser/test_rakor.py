"""A rakor in real Chromium, from agenda to minutes; its task done by the liaison comes back as the next one's first."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.judge import axe, keyboard_walk, look, no_sideways, targets
from tests.browser.staff import sign_in
from tests.cast import Cast
from tests.kit.read_pdf import words_of
from tests.make import bring, make_report, refuse_three_times
from tests.meeting import decided, held, plan, point, run
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.time import current_time
from tuntas.meetings.models import Decision, Meeting
from tuntas.rules.life import State
from tuntas.rules.who import Role

OpenContext = Callable[..., BrowserContext]
PLACE, WHAT = "Ruang Rapat Sekda", "Umumkan jadwalnya."
DAY = timedelta(days=1)


def busy_city(cast: Cast) -> None:
    """Reports that are late, pushed around, outside and scheduled."""
    now = current_time().astimezone(installation().zone)
    for n, agency in enumerate(("dinas-pupr", "dinas-pupr", "dlh")):
        bring(make_report(now - (40 + n) * DAY), State.DISPATCHED, cast, now - (40 + n) * DAY, agency)
    pushed = make_report(now - 3 * DAY)
    bring(pushed, State.DISPATCHED, cast, now - 3 * DAY)
    refuse_three_times(pushed.report, cast, now - 3 * DAY)
    bring(make_report(now - 45 * DAY), State.FORWARDED_EXTERNAL, cast, now - 45 * DAY)
    bring(make_report(now - DAY), State.SCHEDULED, cast, now - DAY)


def plan_by_form(page: Page, day: str) -> None:
    page.goto("/rakor")
    page.get_by_label("Tanggal").fill(day)
    page.get_by_label("Tempat").fill(PLACE)
    page.get_by_role("button", name="Jadwalkan").click()
    expect(page).to_have_url(re.compile(f"/rakor/{day}$"))


def test_from_the_agenda_to_the_minutes_and_back_to_the_next_agenda(
    open_context: OpenContext, cast: Cast, site: object, scripts: bool
) -> None:
    now = current_time().astimezone(installation().zone)
    made = make_report(now - DAY)
    bring(made, State.IN_PROGRESS, cast, now - DAY)
    today, by_when, next_day = (f"{(now + n * DAY).date()}" for n in (0, 7, 14))
    desk = sign_in(open_context(), cast, Role.AGENCY_ADMIN)

    desk.goto(f"/meja/kasus/{made.report.number}")
    desk.get_by_role("link", name="Bawa ke rakor").click()
    desk.get_by_label("Apa yang harus diputuskan?").fill("Siapa yang memimpin?")
    desk.get_by_role("button", name="Bawa ke rakor berikutnya").click()
    expect(desk.get_by_text("Ada di agenda rakor berikutnya")).to_be_visible()

    plan_by_form(desk, today)
    expect(desk.locator("main")).to_contain_text("Siapa yang memimpin?")
    desk.get_by_role("button", name="Mulai rakor").click()
    form = desk.locator("form.c-decision").filter(has=desk.get_by_label("Penanggung jawab")).first
    form.get_by_label("Keputusan").fill(WHAT)
    form.get_by_label("Penanggung jawab").select_option("dinas-pupr")
    form.get_by_role("button", name="Catat keputusan").click()
    expect(desk.get_by_role("alert")).to_contain_text("Pilih tanggal")
    expect(form.get_by_label("Keputusan")).to_have_value(WHAT)
    form.get_by_label("Tenggat").fill(by_when)
    form.get_by_role("button", name="Catat keputusan").click()
    expect(desk.get_by_role("row", name=WHAT)).to_contain_text("PUPR")
    desk.get_by_label("Siapa yang hadir").fill("PUPR, DLH")
    desk.get_by_role("button", name="Akhiri rakor").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Notulen rakor")
    with desk.expect_download() as saved:
        desk.get_by_role("link", name="Unduh PDF").click()
    data = saved.value.path().read_bytes()
    assert data.startswith(b"%PDF")
    assert WHAT in words_of(data)

    liaison = sign_in(open_context(), cast, Role.LIAISON, "dinas-pupr")
    task = liaison.get_by_role("listitem").filter(has_text=WHAT)
    task.locator("summary").click()
    task.get_by_label("Apa yang sudah dikerjakan?").fill("Sudah diukur.")
    task.get_by_role("button", name="Nyatakan selesai").click()
    expect(liaison.locator("main")).not_to_contain_text(WHAT)
    assert Decision.objects.get().done_words == "Sudah diukur."

    plan_by_form(desk, next_day)
    first = desk.locator("ol.c-agenda > li").first
    expect(first.get_by_role("heading")).to_contain_text("Keputusan")
    expect(first.get_by_role("row", name=WHAT)).to_contain_text("Beres")


@pytest.mark.parametrize("width", [360, 1440])
def test_its_pages_are_within_reach(open_context: OpenContext, cast: Cast, site: object, width: int) -> None:
    busy_city(cast)
    now = current_time().astimezone(installation().zone)
    ended = held(cast, now - 10 * DAY, by_when=(now - 2 * DAY).date())
    meeting = run(cast, now)
    decided(cast, point(meeting), now, what=WHAT)
    plan(cast, now, held_on=(now + 7 * DAY).date())
    page = sign_in(open_context(viewport={"width": width, "height": 900}), cast, Role.AGENCY_ADMIN)
    base = f"/rakor/{meeting.held_on}"
    pages = {"list": "/rakor", "running": base, "planned": f"/rakor/{(now + 7 * DAY).date()}"}
    pages["minutes"] = f"/rakor/{ended.item.meeting.held_on}/notulen"
    for name, path in pages.items():
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            axe(page)
            look(page, f"rakor-{name}-{width}-{scheme}")
        targets(page)
        no_sideways(page)
        keyboard_walk(page)
    page.emulate_media(media="print", color_scheme="light")
    page.goto(base)
    look(page, f"rakor-print-{width}")
    steps.end_meeting(Meeting.objects.get(pk=meeting.pk), by=cast.desk, now=now)
    field = sign_in(open_context(viewport={"width": width, "height": 900}), cast, Role.LIAISON, "dinas-pupr")
    expect(field.get_by_text("Dari rakor")).to_be_visible()
    axe(field)
    targets(field)
    no_sideways(field)
    look(field, f"rakor-tasks-{width}")
