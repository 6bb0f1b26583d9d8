"""The start page as people meet it: in a browser, on a phone and at a desk, with scripts or without."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import OpenContext
from tests.browser.judge import axe, keyboard_walk, look, no_sideways, targets

LANGUAGES = ["id", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_start_page_opens_in_both_languages(page: Page, scripts: bool, language: str) -> None:
    answer = page.goto(f"/?bahasa={language}")
    assert answer is not None
    assert answer.status == 200
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    look(page, f"start-phone-{language}-{'with' if scripts else 'without'}-scripts")


def test_the_browsers_language_decides_until_another_is_asked_for(page: Page) -> None:
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "id")
    page.get_by_role("link", name="English").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_finds_nothing_in_its_way(page: Page, language: str) -> None:
    page.goto(f"/?bahasa={language}")
    axe(page)
    no_sideways(page)
    targets(page)


def test_a_desk_walks_through_by_keyboard(desk: BrowserContext) -> None:
    page = desk.new_page()
    page.goto("/")
    look(page, "start-desk")
    axe(page)
    way = keyboard_walk(page)
    assert "#isi" in way[0], "the first step skips to the content"
    assert len(way) > 2


def test_the_dark_page_is_as_easy_to_read(open_context: OpenContext) -> None:
    page = open_context(color_scheme="dark", viewport={"width": 360, "height": 740}).new_page()
    page.goto("/")
    look(page, "start-dark")
    axe(page)
