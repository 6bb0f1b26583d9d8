"""The pages about people in real browsers: within reach of everybody, and a week of shifts planned without scripts."""

from datetime import timedelta
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import OpenContext
from tests.browser.judge import axe, keyboard_walk, look, no_sideways, targets
from tests.browser.staff import sign_in
from tests.cast import Cast
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.time import current_time
from tuntas.people.models import Shift
from tuntas.people.queries import actor_of
from tuntas.rules.who import Role


@pytest.fixture
def town(browser: Browser, site: object) -> Cast:
    """A city with somebody away, somebody on duty, a note and things nobody looks after."""
    cast, now, hour = Cast(), current_time(), timedelta(hours=1)
    rudi, asep = cast.person(Role.LIAISON, "dinas-pupr"), cast.person(Role.UNIT_HANDLER, "dinas-pupr")
    today = now.astimezone(installation().zone).date()
    days = {"first": today, "last": today + timedelta(days=2)}
    steps.set_leave(rudi.pk, deputy_id=asep.pk, why="leave", by=actor_of(rudi), now=now, **days)
    desk_id, yuni = installation().desk_id, cast.person(Role.ASSISTANT_ADMIN)
    for person in (yuni, cast.person(Role.AGENCY_ADMIN)):
        Shift.objects.create(desk_id=desk_id, person=person, starts_at=now - hour, ends_at=now + hour)
    steps.leave_note(desk_id, "Pohon tumbang di Tegalsari sudah diteruskan.", by=actor_of(yuni), now=now)
    steps.watch_posts(now=now)
    return cast


def judge(page: Page, name: str) -> None:
    look(page, name)
    axe(page)
    no_sideways(page)
    targets(page)


@pytest.mark.parametrize("size", [{"width": 360, "height": 740}, {"width": 1440, "height": 900}], ids=["360", "1440"])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_pages_are_within_reach(
    open_context: OpenContext, town: Cast, size: dict[str, int], colours: Literal["light", "dark"]
) -> None:
    page = sign_in(open_context(viewport=size, color_scheme=colours), town, Role.AGENCY_ADMIN)
    rudi = town.person(Role.LIAISON, "dinas-pupr")
    pages = {
        "people": "/meja/orang",
        "person": f"/meja/orang/{rudi.pk}",
        "shifts": "/meja/jaga",
        "alarms": "/meja/peringatan",
        "inbox-with-note": "/meja",
        "leave": "/akun/cuti",
    }
    for name, address in pages.items():
        page.goto(address)
        judge(page, f"{name}-{size['width']}-{colours}")
    page.goto("/meja/jaga")
    keyboard_walk(page)


def test_a_shift_is_planned_and_a_note_is_read(phone: BrowserContext, town: Cast, scripts: bool) -> None:
    page = sign_in(phone, town, Role.AGENCY_ADMIN)
    page.get_by_role("link", name="Jaga", exact=True).click()
    yuni = town.person(Role.ASSISTANT_ADMIN).name
    page.get_by_label("Siapa").select_option(label=yuni)
    today = current_time().astimezone(installation().zone).date()
    day = today + timedelta(days=7 - today.weekday())
    page.goto(f"/meja/jaga?pekan={day}")
    page.get_by_label("Siapa").select_option(label=yuni)
    page.get_by_label("Hari", exact=True).fill(str(day))
    page.get_by_label("Mulai jam").fill("20:00")
    page.get_by_label("Sampai jam").fill("04:00")
    page.get_by_role("button", name="Tambahkan").click()
    expect(page.get_by_text(f"20.00–04.00 {yuni}")).to_be_visible()
    page.goto("/meja")
    expect(page.get_by_text("Pohon tumbang di Tegalsari")).to_be_visible()
    page.get_by_role("button", name="Sudah saya baca").click()
    expect(page.get_by_text("Pohon tumbang di Tegalsari")).to_have_count(0)
