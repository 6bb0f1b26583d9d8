"""A busy network asks the phone for a moment of computing, and real Chromium computes it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.form_walk import VILLAGE, go_to_place
from tests.browser.judge import axe, no_sideways, targets
from tests.browser.reporter import LONG_CODE, Reporter
from tests.browser.server import Site
from tests.browser.watch import Watch
from tests.cast import Cast
from tests.sealed_room import make_readers
from tuntas.kit.time import real_time
from tuntas.people.models import Spent
from tuntas.reports.models import Report
from tuntas.steps.limit import REPORTS_AN_HOUR, seconds_to_wait


@pytest.fixture
def busy(site: Site) -> None:
    for address in ("127.0.0.1", "::1"):
        for _ in range(REPORTS_AN_HOUR):
            seconds_to_wait("reports", address, most=REPORTS_AN_HOUR, per_seconds=3600, real_now=real_time())


def go_to_sending(page: Page) -> None:
    """Fill in the three steps and press the button."""
    go_to_place(page)
    page.get_by_label("Kelurahan atau desa").select_option(VILLAGE)
    page.get_by_role("button", name="Belum ada, lanjutkan").click()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("Belum terkirim: satu langkah lagi")).to_be_visible()


@pytest.mark.usefixtures("busy")
def test_the_phone_computes_and_then_the_button_works(page: Page) -> None:
    page.add_init_script("""
      const send = Worker.prototype.postMessage;
      window.asked = [];
      Worker.prototype.postMessage = function (given) {
        window.asked.push(document.querySelector("[data-send]").textContent);
        return send.call(this, given);
      };
    """)
    go_to_sending(page)
    expect(page.get_by_role("alert")).to_contain_text("Sudah selesai. Tekan Kirim laporan lagi.")
    assert page.evaluate("window.asked") == ["HP Anda sedang menghitung sebentar…"]
    button = page.locator("[data-send]")
    expect(button).to_contain_text("Kirim laporan")
    expect(page.get_by_text("Tunggu 20 detik")).to_be_hidden()
    assert page.locator("[name=bukti]").input_value()
    assert Report.objects.count() == 0, "nothing is sent by itself"
    axe(page)
    targets(page)
    no_sideways(page)
    button.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Laporan Anda sudah kami terima")
    assert Report.objects.get().doubts == []
    assert Spent.objects.count() == 1


@pytest.mark.usefixtures("busy")
def test_a_phone_that_cannot_compute_counts_down(page: Page) -> None:
    page.add_init_script("delete window.Worker;")
    go_to_sending(page)
    button = page.locator("[data-send]")
    expect(button).to_have_text(re.compile("Tunggu (20|1[0-9]) detik"))
    expect(page.get_by_role("alert")).to_contain_text("Petugas melihat laporan ini dulu sebelum tampil untuk umum.")
    button.click(force=True)
    assert Report.objects.count() == 0


@pytest.mark.usefixtures("busy")
def test_a_report_closed_on_the_phone_goes_on_by_itself(page: Page, watch: Watch, cast: Cast) -> None:
    watch.allow(r"answered 429: .*/api/v1/sealed$")
    make_readers()
    reporter = Reporter(page)
    page.goto("/lapor/tersegel")
    reporter.reads("terkunci di HP Anda sebelum dikirim")
    reporter.write("Ceritakan kejadiannya", "Petugas minta uang lima ratus ribu untuk surat pindah.")
    reporter.press("Kirim laporan")
    reporter.read_code(LONG_CODE)
    assert Report.objects.get().is_restricted
    assert Spent.objects.count() == 1
