"""Somebody who fills in the form in a browser, for the tests of its scripts."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

STORY = "Jalan di depan pasar berlubang besar, sudah dua minggu. Kalau hujan tertutup air."
IN_TOWN = (-6.9573, 106.9276)
VILLAGE, OTHER_VILLAGE = "32.99.01.1001", "32.99.04.1006"
NEXT = "Lanjut: tempat"


def draft_on(page: Page) -> dict[str, Any] | None:
    """Return what the phone keeps."""
    kept: dict[str, Any] | None = json.loads(page.evaluate("localStorage.getItem('draf')") or "null")
    return kept


def wait_for_no_draft(page: Page) -> None:
    """Wait until the phone keeps none: the script of a page that was just opened may still be on its way."""
    wait_until(page, lambda: draft_on(page) is None)


def wait_until(page: Page, is_so: Callable[[], bool]) -> None:
    """Wait for what shows in no words of the page: what a server does after it was left, what a phone keeps.

    The browser's own way of waiting for a script's answer is refused by our policy from its second look on.
    """
    for _ in range(200):
        if is_so():
            return
        page.wait_for_timeout(50)
    assert is_so()


def write(page: Page, story: str = STORY) -> None:
    """Open step 1 and write."""
    page.goto("/lapor")
    page.get_by_label("Ceritakan masalahnya").fill(story)


def go_to_place(page: Page) -> None:
    write(page)
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Di mana dan kapan?")
    page.wait_for_load_state()  # scripts have run


def go_to_receipt(page: Page) -> None:
    go_to_place(page)
    page.get_by_label("Kelurahan atau desa").select_option(VILLAGE)
    page.get_by_role("button", name="Belum ada, lanjutkan").click()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Laporan Anda sudah kami terima")
