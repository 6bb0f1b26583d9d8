"""Somebody who is afraid, or has lost the code: leave quickly, report extortion, ask for another code."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.form_walk import wait_until
from tests.browser.reporter import LONG_CODE, VILLAGE, Reporter, photo
from tests.browser.watch import Watch
from tests.make import STORY, make_report
from tests.sealed_room import make_readers, read_by
from tuntas.kit.env import env
from tuntas.kit.time import current_time
from tuntas.reports.models import Draft, Notice, Report
from tuntas.sealed.queries import envelopes_of, seal_of

HARMLESS = "https://www.bmkg.go.id/"
EXTORTION = "Petugas loket meminta uang rokok seratus ribu supaya berkas saya diurus."
pytestmark = pytest.mark.usefixtures("scripts")


@pytest.fixture
def sari(page: Page) -> Reporter:
    return Reporter(page)


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A government that sends letters; none leaves the house here."""
    monkeypatch.setenv("TUNTAS_EMAIL_URL", "smtp://127.0.0.1:2525")
    env.cache_clear()
    yield
    monkeypatch.undo()
    env.cache_clear()


def kept_on(context: BrowserContext) -> list[str]:
    """Return the names of what the phone keeps for our pages."""
    return [each["name"] for origin in context.storage_state()["origins"] for each in origin["localStorage"]]


def leave(sari: Reporter, watch: Watch) -> None:
    """Press the way out and see the browser on its way to something harmless; it cannot get there from here."""
    watch.allow(f"(other host|failed): {re.escape(HARMLESS)}")
    with sari.page.expect_request(HARMLESS):
        sari.page.get_by_role("link", name="Keluar cepat").click()
    sari.page.wait_for_url(re.compile("^chrome-error:"))


def test_leaving_quickly_forgets_the_draft_and_going_back_shows_no_story(
    sari: Reporter, watch: Watch, scripts: bool
) -> None:
    page = sari.page
    sari.go_to_sending()
    sari.write("Nama panggilan", "Sari")
    leave(sari, watch)
    wait_until(page, lambda: not Draft.objects.exists())
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Draf ini sudah tidak ada")
    page.go_back()
    if not scripts:  # with them, the page that was left is replaced: one step less
        expect(page.get_by_role("heading", level=1)).to_have_text("Draf ini sudah tidak ada")
        page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Apa yang terjadi?")
    if scripts:  # without, a browser may put back by itself what was typed there; the help says so
        expect(sari.story).to_have_value("")
    assert kept_on(page.context) == []


def test_extortion_is_reported_on_one_page_and_leaves_nothing_on_the_phone(sari: Reporter, scripts: bool) -> None:
    page = sari.page
    page.goto("/lapor")
    sari.choose("Ini tentang pungli, korupsi, atau penyalahgunaan wewenang")
    sari.tell(EXTORTION)
    sari.stands_before("Pungli, korupsi, penyalahgunaan wewenang")
    told = page.get_by_label("Ceritakan kejadiannya")
    expect(told).to_have_value(EXTORTION)
    told.fill("x")
    sari.press("Kirim laporan")
    expect(page.get_by_role("alert").filter(has_text="Ada yang perlu dilengkapi")).to_be_focused()
    told.fill(EXTORTION)
    page.locator("input[type=file]:visible").first.set_input_files([photo()])
    page.get_by_label("Kelurahan atau desa (boleh kosong)").select_option(VILLAGE)
    sari.press("Kirim laporan")
    code = sari.read_code(LONG_CODE)
    assert len(code.replace("-", "")) == 24
    report = Report.objects.get()
    assert (report.is_restricted, report.body, report.area_id, report.files.count()) == (True, "", None, 0)
    seal = seal_of(report.pk)
    assert seal is not None
    assert seal.by == ("browser" if scripts else "server")
    reader = next(iter(make_readers().values()))
    assert read_by(reader, report.pk)[0][1]["body"] == EXTORTION
    assert sorted(envelope.kind for envelope in envelopes_of(report.pk)) == ["file", "story"]
    assert Draft.objects.filter(data__isnull=False).count() <= 1  # the receipt alone
    assert kept_on(page.context) == []
    page.goto("about:blank")  # a new fragment alone would open nothing anew
    page.goto(f"/l/tersegel#{code}" if scripts else f"/l/{code}")
    sari.reads(EXTORTION)
    assert kept_on(page.context) == []
    assert sari.open_status("/laporan") == 200
    sari.reads_nothing_of("uang rokok")


def test_the_box_ticked_late_takes_back_what_the_phone_had_kept(sari: Reporter) -> None:
    sari.go_to_place()
    sari.follow("Cerita")
    expect(sari.story).to_have_value(STORY)
    sari.choose("Ini tentang pungli, korupsi, atau penyalahgunaan wewenang")
    sari.press("Lanjut: tempat")
    expect(sari.page.get_by_label("Ceritakan kejadiannya")).to_have_value(STORY)
    wait_until(sari.page, lambda: not Draft.objects.exists() and not kept_on(sari.page.context))


@pytest.mark.usefixtures("letters")
def test_a_lost_code_is_replaced_by_letter_and_the_old_one_opens_nothing(sari: Reporter) -> None:
    made = make_report(current_time(), email="sari@contoh.id")
    number = str(made.report.number)
    sari.page.goto("/lacak")
    sari.page.get_by_label("Sudah melapor?").fill("234-567-89AB")
    sari.press("Lacak")
    expect(sari.page.get_by_role("alert")).to_be_focused()
    sari.follow("Kode hilang?")
    sari.write("Nomor laporan", number)
    sari.write("Alamat e-mail Anda", "sari")
    sari.press("Kirim kode baru")
    expect(sari.page.get_by_role("alert")).to_be_focused()
    assert sari.page.get_by_label("Nomor laporan").input_value() == number
    sari.write("Alamat e-mail Anda", "sari@contoh.id")
    sari.press("Kirim kode baru")
    sari.reads("Bila nomor dan alamat itu cocok, kode baru sedang dikirim.")
    assert Notice.objects.get(template="new_code").email == "sari@contoh.id"
    assert sari.open_status(f"/l/{made.code}") == 404
