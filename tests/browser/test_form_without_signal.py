"""The form on a phone without signal: it opens, no word is lost, and nothing about anybody is kept on the way."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.form_walk import NEXT, STORY, draft_on, go_to_receipt, wait_until, write
from tests.browser.judge import axe, look, no_sideways
from tests.browser.watch import Watch


@pytest.fixture(autouse=True)
def no_signal(watch: Watch) -> None:
    """Let the watch bear what a phone without signal says."""
    watch.allow("net::ERR_INTERNET_DISCONNECTED")


def test_the_first_step_sent_without_signal_keeps_every_word(page: Page) -> None:
    write(page)
    page.context.set_offline(True)
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_role("alert")).to_have_text("Tidak ada sinyal. Draf tersimpan di HP ini.")
    look(page, "form-offline")
    axe(page)
    expect(page.get_by_label("Ceritakan masalahnya")).to_have_value(STORY)
    kept = draft_on(page)
    assert kept is not None
    assert kept["cerita"] == STORY
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_have_text("Sinyal kembali. Silakan lanjut.")
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Di mana dan kapan?")


def test_a_closed_report_without_signal_is_not_kept(page: Page) -> None:
    write(page)
    page.get_by_label("Ini tentang pungli").check()
    page.context.set_offline(True)
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_role("alert")).to_contain_text("Belum terkirim. Jangan tutup halaman ini.")
    assert draft_on(page) is None


def ready(page: Page) -> None:
    """Open a page and wait until the phone has kept what it needs."""
    page.goto("/lapor")
    ready = "navigator.serviceWorker.ready.then((found) => found.active.state === 'activated')"
    wait_until(page, lambda: bool(page.evaluate(ready)))


def test_the_form_opens_without_signal_and_what_is_written_can_be_sent_later(page: Page) -> None:
    ready(page)
    page.context.set_offline(True)
    write(page)
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_role("alert")).to_contain_text("Draf tersimpan di HP ini.")
    page.goto("/luring")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tidak ada sinyal")
    expect(page.locator("[data-drafts]")).to_contain_text(STORY)
    look(page, "offline")
    axe(page)
    no_sideways(page)
    page.goto("/laporan")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tidak ada sinyal")
    page.get_by_role("link", name="Lanjutkan draf").click()
    expect(page.get_by_label("Ceritakan masalahnya")).to_have_value(STORY)
    page.context.set_offline(False)
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Di mana dan kapan?")


def test_the_draft_on_the_phone_can_be_deleted_without_signal(page: Page) -> None:
    ready(page)
    write(page)
    expect(page.locator("[data-saved]")).to_contain_text("Draf tersimpan")
    page.context.set_offline(True)
    page.goto("/luring")
    page.get_by_role("button", name="Hapus draf").click()
    expect(page.locator("[data-drafts]")).to_contain_text("Draf di HP ini sudah dihapus.")
    assert draft_on(page) is None


def test_the_phone_keeps_no_page_about_anybody(page: Page) -> None:
    ready(page)
    go_to_receipt(page)
    page.get_by_role("link", name="Buka halaman lacak").click()
    page.goto("/lapor/tersegel")
    kept = page.evaluate("""async () => {
      const names = await caches.keys();
      const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return all.flat().map(({url}) => new URL(url).pathname).filter((path) => !path.startsWith('/static/')).sort();
    }""")
    assert kept == ["/lapor", "/luring"]
