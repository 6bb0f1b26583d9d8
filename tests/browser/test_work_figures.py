"""The page of work figures in real browsers: within reach of everybody, and its file saved with and without scripts."""

import csv
from typing import Literal
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import OpenContext
from tests.browser.judge import axe, keyboard_walk, look, no_sideways, targets
from tests.browser.staff import sign_in
from tests.browser.states import HOUR, City
from tests.cast import Cast
from tuntas.kit.time import current_time
from tuntas.rules.life import State
from tuntas.rules.who import Role

HOURS = 20


@pytest.fixture
def town(browser: Browser, site: object) -> City:
    town = City(Cast(), current_time())
    for state in (State.CLOSED, State.ANSWERED, State.TRANSFER_PENDING):
        town.brought(state, HOURS)
    return town


def month_of(town: City) -> str:
    """Return the month in which the reports of the town were answered."""
    return f"{(town.now - (HOURS - 4) * HOUR).astimezone(ZoneInfo('Asia/Jakarta')):%Y-%m}"


def judge(page: Page, name: str) -> None:
    look(page, name)
    axe(page)
    no_sideways(page)
    targets(page)


@pytest.mark.parametrize("size", [{"width": 360, "height": 740}, {"width": 1440, "height": 900}], ids=["360", "1440"])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_figures_are_within_reach(
    open_context: OpenContext, town: City, size: dict[str, int], colours: Literal["light", "dark"]
) -> None:
    for role, agency in ((Role.LEADER, ""), (Role.UNIT_HANDLER, "dinas-pupr")):
        page = sign_in(open_context(viewport=size, color_scheme=colours), town.cast, role, agency)
        page.goto(f"/meja/kinerja?bulan={month_of(town)}")
        judge(page, f"work-{role}-{size['width']}-{colours}")
        keyboard_walk(page)


def test_a_liaison_finds_them_in_the_bar_and_saves_the_file(phone: BrowserContext, town: City, scripts: bool) -> None:
    page = sign_in(phone, town.cast, Role.LIAISON, "dinas-pupr")
    page.get_by_role("link", name="Angka kerja").click()
    page.get_by_label("Bulan", exact=True).select_option(month_of(town))
    page.get_by_role("button", name="Tampilkan").click()
    expect(page.get_by_role("row", name="Seluruh instansi")).to_contain_text("3,00")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Unduh CSV").click()
    assert saved.value.suggested_filename == f"angka-kerja-{month_of(town)}.csv"
    with saved.value.path().open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert town.cast.person(Role.LIAISON, "dinas-pupr").name in {row[2] for row in rows if len(row) > 2}
