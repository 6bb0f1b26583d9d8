"""Step 2 with its script: the phone's position, a tap on the larger map, similar reports of the village chosen."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import OpenContext
from tests.browser.form_walk import IN_TOWN, OTHER_VILLAGE, go_to_place
from tests.browser.judge import axe


def test_the_phones_position_is_read_back_as_a_village(open_context: OpenContext) -> None:
    lat, lng = IN_TOWN
    here = {"latitude": lat, "longitude": lng, "accuracy": 15}
    page = open_context(geolocation=here, permissions=["geolocation"]).new_page()
    go_to_place(page)
    page.get_by_role("button", name="Pakai lokasi saya").click()
    expect(page.get_by_text("meleset sekitar 15 meter")).to_be_visible()
    expect(page.get_by_label("Kelurahan atau desa")).not_to_have_value("")


def test_a_refused_position_gets_a_sentence(page: Page) -> None:
    go_to_place(page)
    page.get_by_role("button", name="Pakai lokasi saya").click()
    expect(page.locator("[data-gps-said]")).to_have_text("Lokasi tidak bisa dibaca. Ketuk peta, atau pilih kelurahan.")


@pytest.mark.parametrize("at", [(0.5, 0.5), (0.7, 0.35)])
def test_a_tap_lands_where_it_was_made(phone: BrowserContext, desk: BrowserContext, at: tuple[float, float]) -> None:
    for context in (phone, desk):
        page = context.new_page()
        go_to_place(page)
        page.get_by_role("button", name="Perbesar", exact=True).click()
        spot = page.locator("[data-tap]")
        box = spot.bounding_box()
        assert box is not None
        assert box["width"] > 288, "larger than the server's picture"
        x, y = box["width"] * at[0], box["height"] * at[1]
        spot.click(position={"x": x, "y": y})
        pin = page.locator(".c-locate__pin").bounding_box()
        box = spot.bounding_box()
        assert pin is not None
        assert box is not None
        point = box["width"] / 288  # the server reckons in whole ones
        assert pin["x"] + pin["width"] / 2 - box["x"] == pytest.approx(x, abs=point)
        assert pin["y"] + pin["height"] / 2 - box["y"] == pytest.approx(y, abs=point)


def test_the_page_does_not_jump_when_the_map_grows(page: Page) -> None:
    page.add_init_script("""
      window.jumps = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.jumps += entry.value;
      }).observe({type: 'layout-shift', buffered: true});
    """)
    go_to_place(page)
    expect(page.get_by_role("button", name="Pakai lokasi saya")).to_be_visible()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("window.jumps") <= 0.02


def test_a_key_on_the_map_taps_nowhere(desk: BrowserContext) -> None:
    page = desk.new_page()
    go_to_place(page)
    page.locator("[data-tap]").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Di mana dan kapan?")
    expect(page.locator(".c-locate__pin")).to_have_count(0)


def test_similar_reports_follow_the_village_without_moving_the_focus(page: Page) -> None:
    go_to_place(page)
    village, similar = page.get_by_label("Kelurahan atau desa"), page.locator("[data-near]")
    expect(similar).to_contain_text("Setelah tempat dipilih")
    village.focus()
    village.select_option(OTHER_VILLAGE)
    expect(similar).to_contain_text("Kami tidak menemukan laporan serupa")
    expect(village).to_be_focused()
    expect(similar).to_have_attribute("aria-live", "polite")
    axe(page)
