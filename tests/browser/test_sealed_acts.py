"""What a reporter does to a sealed report later on, pressed in real Chromium: all words and files go out closed."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.judge import axe, no_sideways, targets
from tests.browser.reporter import Reporter
from tests.browser.server import Site
from tests.browser.watch import Watch
from tests.cast import Cast
from tests.doors.test_sealed_api import CODE, WORDS, post, sealed
from tests.sealed_room import Reader, make_readers, read_by
from tests.stored import files_with, rows_with
from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.reports.models import Report
from tuntas.rules.life import Act
from tuntas.sealed.models import Envelope

MARK = "zqkata-21"
NOTE: FilePayload = {"name": "zqnama-22.txt", "mimeType": "text/plain", "buffer": b"zqisi-23"}


@pytest.fixture
def reader(site: Site, cast: Cast) -> Reader:
    readers = list(make_readers().values())
    assert post(Client(), "/sealed", sealed(readers)).status_code == 201
    return readers[0]


def the_report() -> Report:
    return Report.objects.get()


def answer(cast: Cast) -> None:
    """Let the Inspectorate answer it."""
    report, now = the_report(), current_time()
    steps.dispatch(report, by=cast.appointed_admin, agency="inspektorat", text="", now=now)
    steps.start(report, by=cast.inspector, text="Kami periksa.", now=now)
    steps.propose_answer(report, by=cast.inspector, outcome="answered", text="Sudah ditindak.", now=now)
    steps.approve(report, by=cast.appointed_inspector, now=now)


def open_it(page: Page) -> Reporter:
    reporter = Reporter(page)
    page.goto(f"/l/tersegel#{CODE}")
    reporter.stands_before("Laporan tersegel Anda")
    reporter.reads(str(WORDS["body"]))
    return reporter


def press(page: Page, act: Act, button: str, *, with_file: bool = False) -> None:
    """Write the marker into the form of an act, and press its button."""
    form = page.locator(f"form[data-act={act}]")
    form.get_by_role("textbox").fill(f"Kata {MARK}.")
    if with_file:
        form.get_by_label("Pilih berkas").set_input_files(NOTE)
    form.get_by_role("button", name=button, exact=True).click()


def said_last(reader: Reader) -> object:
    """Return the words of the last act as a reader reads them; nothing of them lies here readable."""
    for mark in (MARK, "zqnama-22", "zqisi-23"):
        assert (rows_with(mark), files_with(mark)) == ([], [])
    return read_by(reader, the_report().pk)[-1][1]["text"]


def test_a_rating_closes_it_and_it_can_be_opened_again_with_a_file(page: Page, reader: Reader, cast: Cast) -> None:
    answer(cast)
    reporter = open_it(page)
    reporter.reads("Sudah ditindak.")
    page.get_by_role("button", name="Kirim penilaian").click()
    reporter.reads("Pilih seberapa puas Anda.")
    page.get_by_label("Sangat Puas").check()
    press(page, Act.RATE, "Kirim penilaian")
    reporter.reads(f"Kata {MARK}.")
    assert (the_report().state, the_report().rating) == ("closed", 4)
    assert said_last(reader) == f"Kata {MARK}."

    page.get_by_text("Apa yang belum beres?").click()
    press(page, Act.REOPEN, "Buka lagi laporan ini", with_file=True)
    expect(page.locator("form[data-act=reopen]")).to_have_count(0)
    assert (the_report().state, the_report().reopen_count) == ("in_progress", 1)
    assert said_last(reader) == f"Kata {MARK}."
    file = Envelope.objects.get(kind="file")
    assert file.event_id == the_report().events.latest("id").pk
    page.get_by_role("button", name="Buka berkas").click()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Simpan zqnama-22.txt")).click()
    assert Path(download.value.path()).read_bytes() == NOTE["buffer"]


def test_who_is_not_satisfied_opens_it_again(page: Page, reader: Reader, cast: Cast) -> None:
    answer(cast)
    open_it(page)
    page.get_by_label("Tidak Puas").check()
    page.get_by_role("button", name="Kirim penilaian").click()
    expect(page.locator("form[data-act=rate]")).to_have_count(0)
    assert (the_report().state, the_report().rating) == ("in_progress", 1)


def test_an_appeal_brings_it_back(page: Page, reader: Reader, cast: Cast) -> None:
    steps.archive(the_report(), by=cast.inspector, reason_code="unclear", text="Kurang jelas.", now=current_time())
    reporter = open_it(page)
    page.get_by_text("Ajukan keberatan", exact=True).click()
    form = page.locator(f"form[data-act={Act.APPEAL}]")
    form.get_by_role("button", name="Kirim keberatan").click()
    expect(form).to_contain_text("Tulis sedikitnya satu kalimat.")
    press(page, Act.APPEAL, "Kirim keberatan", with_file=True)
    expect(form).to_have_count(0)
    reporter.reads(f"Kata {MARK}.")
    assert the_report().state == "submitted"
    assert said_last(reader) == f"Kata {MARK}."


def test_it_is_withdrawn_only_on_purpose_and_can_go_on(page: Page, reader: Reader, watch: Watch) -> None:
    reporter = open_it(page)
    page.get_by_text("Tarik laporan", exact=True).first.click()
    form = page.locator(f"form[data-act={Act.WITHDRAW}]")
    form.get_by_role("button", name="Tarik laporan").click()
    expect(form).to_contain_text("Centang dulu bahwa Anda yakin.")
    assert the_report().state == "submitted"
    form.get_by_label("Ya, saya yakin").check()
    press(page, Act.WITHDRAW, "Tarik laporan")
    expect(form).to_have_count(0)
    assert (the_report().state, the_report().reason_code) == ("archived", "by_reporter")
    assert said_last(reader) == f"Kata {MARK}."
    page.get_by_text("Lanjutkan laporan ini").click()
    press(page, Act.APPEAL, "Lanjutkan laporan")
    expect(page.locator("form[data-act=appeal]")).to_have_count(0)
    assert the_report().state == "submitted"
    reporter.reads("Perjalanan laporan")


def test_a_lost_answer_is_asked_for_again_without_a_second_act(page: Page, reader: Reader, watch: Watch) -> None:
    watch.allow("ERR_FAILED")
    open_it(page)
    lost: list[object] = []

    def lose(route: object) -> None:
        if not lost:
            lost.append(route.fetch())  # type: ignore[attr-defined]
            return route.abort()  # type: ignore[attr-defined, no-any-return]
        return route.continue_()  # type: ignore[attr-defined, no-any-return]

    page.route("**/api/v1/track/acts/supplement", lose)
    press(page, Act.SUPPLEMENT, "Kirim keterangan")
    form = page.locator(f"form[data-act={Act.SUPPLEMENT}]")
    expect(form).to_contain_text("Tulisan Anda masih ada")
    form.get_by_role("button", name="Kirim keterangan").click()
    expect(page.get_by_text(f"Kata {MARK}.")).to_be_visible()
    assert lost
    assert the_report().events.filter(act=Act.SUPPLEMENT).count() == 1


def test_the_proof_is_saved_without_the_code_and_fits(page: Page, reader: Reader, watch: Watch) -> None:
    watch.allow("answered 404")
    reporter = open_it(page)
    page.get_by_role("button", name="Simpan bukti").click()
    reporter.reads("Bukti belum siap.")
    steps.sequence(now=current_time())
    with page.expect_download() as download:
        page.get_by_role("button", name="Simpan bukti").click()
    assert re.fullmatch(r"bukti-[0-9a-f]{8}\.json", download.value.suggested_filename)
    told = Path(download.value.path()).read_text()
    assert len(json.loads(told)["leaves"]) == 1
    page.goto("/bukti")
    page.get_by_label("Atau tempelkan isinya").fill(told)
    page.get_by_role("button", name="Periksa").click()
    expect(page.locator("[data-verdict] .c-notice__head")).to_have_text("Cocok")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_answered_report_is_within_reach(page: Page, reader: Reader, cast: Cast, colours: str) -> None:
    page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
    answer(cast)
    open_it(page)
    axe(page)
    no_sideways(page)
    targets(page)
