"""A reporter checks a proof in their own browser, without the internet; a proof that was touched fails."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.judge import axe, no_sideways, targets
from tests.browser.server import Site
from tests.cast import Cast
from tests.make import bring, make_report
from tuntas import steps
from tuntas.kit.ids import show_code
from tuntas.kit.time import current_time
from tuntas.rules.life import State


@pytest.fixture
def told(site: Site, page: Page, tmp_path: Path) -> dict[str, Any]:
    made = make_report()
    bring(made, State.CLOSED, Cast())
    steps.sequence(now=current_time())
    return dict(page.request.get(f"/l/{show_code(made.code)}/bukti").json())


def paste(page: Page, told: object) -> None:
    page.get_by_label("Atau tempelkan isinya").fill(told if isinstance(told, str) else json.dumps(told))
    page.get_by_role("button", name="Periksa").click()


def verdict(page: Page) -> Any:
    return page.locator("[data-verdict] .c-notice__head")


@pytest.fixture
def offline(page: Page, scripts: bool) -> Page:
    if not scripts:
        pytest.skip("without scripts the page says why it cannot check")
    page.goto("/bukti")
    page.context.set_offline(True)
    return page


def test_a_whole_proof_fits_without_the_internet(told: dict[str, Any], offline: Page, tmp_path: Path) -> None:
    paste(offline, told)
    expect(verdict(offline)).to_have_text("Cocok")
    expect(offline.locator("[data-verdict]")).to_contain_text("ada di baris 1.")
    file = tmp_path / "bukti.json"
    file.write_text(json.dumps(told))
    offline.locator("#isi-bukti").fill("")
    offline.locator("#berkas").set_input_files(str(file))
    expect(verdict(offline)).to_have_text("Cocok")


def test_a_proof_that_was_touched_does_not_fit(told: dict[str, Any], offline: Page) -> None:
    first = told["leaves"][0]
    wrong = [
        {**told, "leaves": [{**first, "row": first["row"].replace("submit", "reopen")}]},
        {**told, "leaves": [{**first, "commitment": "00" * 32}]},
        {**told, "leaves": [{**first, "seq": first["seq"] + 1}]},
        {**told, "leaves": [{**first, "proof": ["00" * 32, *first["proof"][1:]]}]},
        {**told, "leaves": [{**first, "proof": first["proof"][1:]}]},
        {**told, "leaves": []},
        {**told, "checkpoint": told["checkpoint"].replace(f"\n{told['size']}\n", f"\n{told['size'] + 1}\n")},
        {**told, "key": told["key"].replace("/log+", "/log2+")},
    ]
    for one in wrong:
        assert one != told
        paste(offline, one)
        expect(verdict(offline)).to_have_text("Tidak cocok")
        paste(offline, "{")
        expect(verdict(offline)).to_have_text("Tidak bisa dibaca")


def test_the_page_is_in_nobodys_way(told: dict[str, Any], page: Page, scripts: bool) -> None:
    for address in ("/bukti", "/log"):
        page.goto(address)
        no_sideways(page)
        if scripts:
            axe(page)
            targets(page)
    page.goto("/bukti")
    if not scripts:
        expect(page.get_by_text("server tidak boleh memeriksa dirinya sendiri")).to_be_visible()
