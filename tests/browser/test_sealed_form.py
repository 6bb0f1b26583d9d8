"""A sealed report, written and read in real Chromium: the server never holds a readable byte of it."""

import json
import re
from base64 import b64encode
from pathlib import Path

import pytest
import segno
from django.db import connection
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.judge import axe, keyboard_walk, look, no_sideways, targets
from tests.browser.reporter import LONG_CODE, Reporter
from tests.browser.server import Site
from tests.browser.watch import Watch
from tests.cast import Cast
from tests.kit.test_qr import drawn
from tests.sealed_room import SIGNER, Reader, make_readers, read_by
from tuntas.kit import age
from tuntas.kit.crypto import sign
from tuntas.kit.env import env
from tuntas.reports.models import Report
from tuntas.sealed.models import Directory, Envelope, ReaderKey, Seal, WrappedKey
from tuntas.web.office.sealed_door import age_address

STORY = "Petugas TROWULAN-77 minta uang lima ratus ribu untuk surat pindah."
NOTE = b"catatan KEMUNING-88 sejumlah lima ratus ribu"
REPLY = "Saya bersedia ditemui, kata sandinya BELIMBING-99."
SQUARES = "async ([address, texts]) => { const age = await import(address); return texts.map(age.squareOf); }"
MARKS = (b"TROWULAN-77", b"KEMUNING-88", b"BELIMBING-99", b"Sari Rahasia", b"bukti-suap")


@pytest.fixture
def readers(site: Site, cast: Cast) -> list[Reader]:
    return list(make_readers().values())


def fill_in(page: Page) -> Reporter:
    reporter = Reporter(page)
    page.goto("/lapor/tersegel")
    reporter.reads("terkunci di HP Anda sebelum dikirim")
    reporter.write("Ceritakan kejadiannya", STORY)
    reporter.write("Nama panggilan", "Sari Rahasia")
    return reporter


def choose_file(page: Page) -> None:
    page.get_by_label("Pilih berkas").set_input_files(
        {"name": "bukti-suap.txt", "mimeType": "text/plain", "buffer": NOTE}
    )


def held() -> bytes:
    """Return every byte that the server keeps: all rows of all tables, and all files."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT t::text FROM "{table}" AS t')
            rows += [row[0] for row in cursor.fetchall()]
    kept = b"".join(path.read_bytes() for path in Path(env().files).rglob("*") if path.is_file())
    return "\n".join(rows).encode() + kept


def nothing_readable() -> None:
    everything = held()
    hexed = [mark.hex().encode() for mark in MARKS]  # bytes stand so in a row
    assert [mark for mark in (*MARKS, *hexed) if mark in everything] == []


def sent(page: Page) -> str:
    """Send the form; return the code that the receipt shows."""
    reporter = fill_in(page)
    choose_file(page)
    reporter.press("Kirim laporan")
    return reporter.read_code(LONG_CODE)


def test_what_is_written_is_closed_before_it_leaves_the_phone(page: Page, readers: list[Reader]) -> None:
    bodies: list[bytes] = []
    page.on("request", lambda request: bodies.append((request.post_data_buffer or b"") + request.url.encode()))
    code = sent(page)
    nothing_readable()
    symbols = code.replace("-", "").encode()
    assert [body for body in bodies if any(mark in body for mark in (*MARKS, symbols, code.encode()))] == []
    report = Report.objects.get()
    assert (report.is_restricted, report.body, report.number) == (True, "", None)
    assert Seal.objects.get(pk=report.pk).by == "browser"
    for reader in readers:
        ((kind, story),) = read_by(reader, report.pk)
        assert (kind, story["body"], story["name"]) == ("story", STORY, "Sari Rahasia")
    wrapped = WrappedKey.objects.get(report_id=report.pk, reader=readers[0].key_id)
    identity = age.opened(bytes(wrapped.data), readers[0].identity).decode()
    envelope = Envelope.objects.get(report_id=report.pk, kind="file")
    said, content = age.file_in((next(Path(env().files).rglob(f"{envelope.pk}.age"))).read_bytes(), identity)
    assert (said["name"], content) == ("bukti-suap.txt", NOTE)


def test_a_file_chosen_before_the_script_came_goes_along(page: Page, readers: list[Reader]) -> None:
    late: list[Route] = []
    page.route("**/js/sealed_form.*.js", lambda route: late.append(route))
    page.goto("/lapor/tersegel", wait_until="commit")
    page.locator("[data-files] input[type=file]").set_input_files(
        {"name": "bukti-suap.txt", "mimeType": "text/plain", "buffer": NOTE}
    )
    expect(page.locator("[data-chosen-files]")).to_be_hidden()
    late[0].continue_()
    expect(page.locator("[data-chosen-files]")).to_contain_text("bukti-suap.txt")


def test_the_reporter_reads_and_answers_with_the_code_alone(
    page: Page, phone: BrowserContext, readers: list[Reader]
) -> None:
    code = sent(page)
    page.goto("about:blank")
    again = phone.new_page()
    reporter = Reporter(again)
    again.goto(f"/l/tersegel#{code}")
    reporter.stands_before("Laporan tersegel Anda")
    assert again.url.endswith("/l/tersegel")
    reporter.reads(STORY)
    again.get_by_role("button", name="Buka berkas").click()
    with again.expect_download() as download:
        again.get_by_role("link", name=re.compile("Simpan bukti-suap.txt")).click()
    assert Path(download.value.path()).read_bytes() == NOTE
    again.get_by_label("Keterangan tambahan").fill(REPLY)
    reporter.press("Kirim keterangan")
    expect(again.get_by_text("BELIMBING-99")).to_be_visible()
    nothing_readable()
    (report,) = Report.objects.all()
    assert ("words", {"v": 1, "text": REPLY}) in read_by(readers[0], report.pk)


def test_whoever_is_left_out_gets_no_key(page: Page, readers: list[Reader]) -> None:
    reporter = fill_in(page)
    out = ReaderKey.objects.get(pk=readers[0].key_id)
    page.get_by_label(f"Laporan ini tentang {out.owner}").check()
    reporter.press("Kirim laporan")
    reporter.read_code(LONG_CODE)
    ids = set(WrappedKey.objects.values_list("reader_id", flat=True))
    assert ids == {None, *(reader.key_id for reader in readers[1:])}


def test_somebody_must_stay_who_reads_it(page: Page, readers: list[Reader]) -> None:
    reporter = fill_in(page)
    for box in page.get_by_label(re.compile("Laporan ini tentang")).all():
        box.check()
    reporter.press("Kirim laporan")
    expect(page.get_by_role("alert")).to_contain_text("Sisakan sedikitnya satu orang")
    expect(page.get_by_label("Ceritakan kejadiannya")).to_have_value(STORY)
    assert Report.objects.count() == 0


def test_a_list_that_nobody_signed_is_not_believed(page: Page, readers: list[Reader]) -> None:
    found = Directory.objects.get()
    found.document = found.document.replace(age.recipient_of(readers[0].identity), age.recipient_of(age.new_identity()))
    found.save()
    page.goto("/lapor/tersegel")
    expect(page.get_by_role("alert")).to_contain_text("tidak cocok dengan tanda tangannya")
    page.get_by_label("Ceritakan kejadiannya").fill(STORY)
    page.get_by_role("button", name="Kirim laporan").click()
    assert Report.objects.count() == 0


def test_a_list_that_was_signed_for_another_site_is_not_believed(page: Page, readers: list[Reader]) -> None:
    found = Directory.objects.get()
    found.document = json.dumps({**json.loads(found.document), "origin": "tiruan.example"})
    found.signature = b64encode(sign(SIGNER, found.document.encode())).decode()
    found.save()
    page.goto("/lapor/tersegel")
    expect(page.get_by_role("alert")).to_contain_text("dibuat untuk situs lain")
    page.get_by_label("Ceritakan kejadiannya").fill(STORY)
    page.get_by_role("button", name="Kirim laporan").click()
    assert Report.objects.count() == 0


def test_the_receipt_bears_a_square_that_no_server_drew_and_prints_as_a_slip(page: Page, readers: list[Reader]) -> None:
    code = sent(page)
    square = page.get_by_role("img", name="Kode QR menuju halaman lacak")
    expect(square).to_be_visible()
    address = f"{page.url.split('/lapor')[0]}/l/tersegel#{code}"
    full = address[:50].ljust(
        62, "x"
    )  # as much as a square of this size holds: what fills the rest, libraries differ on
    rows, others = page.evaluate(SQUARES, [age_address(), [address, full]])
    assert drawn(square.locator("svg").evaluate("(svg) => svg.outerHTML")) == rows
    as_segno = [segno.make_qr(full, error="m", mask=mask, boost_error=False).matrix_iter(border=4) for mask in range(8)]
    assert others in [[[bool(module) for module in row] for row in each] for each in as_segno]
    page.emulate_media(media="print")
    look(page, "tersegel-struk")
    expect(page.get_by_text(code)).to_be_visible()
    expect(square).to_be_visible()
    expect(page.get_by_text("Dijawab petugas paling lambat").first).to_be_visible()
    expect(page.get_by_text("Dibaca Inspektorat")).to_be_hidden()
    assert "tertutup" not in page.title()


def test_a_lost_line_loses_nothing_and_makes_no_second_report(page: Page, readers: list[Reader], watch: Watch) -> None:
    watch.allow("ERR_FAILED")
    reporter = fill_in(page)
    answered: list[object] = []

    def lose(route: object) -> None:
        if not answered:
            answered.append(route.fetch())  # type: ignore[attr-defined]
            return route.abort()  # type: ignore[attr-defined, no-any-return]
        return route.continue_()  # type: ignore[attr-defined, no-any-return]

    page.route("**/api/v1/sealed", lose)
    reporter.press("Kirim laporan")
    expect(page.get_by_role("alert")).to_contain_text("Tulisan Anda masih ada")
    assert answered
    assert Report.objects.count() == 1
    reporter.press("Kirim laporan")
    reporter.read_code(LONG_CODE)
    assert Report.objects.count() == 1


def test_a_typed_code_of_a_sealed_report_is_not_sent(page: Page, readers: list[Reader]) -> None:
    code = sent(page)
    bodies: list[bytes] = []
    page.on("request", lambda request: bodies.append((request.post_data_buffer or b"") + request.url.encode()))
    page.goto("/lacak")
    page.get_by_label("Sudah melapor?").fill(code.lower())
    page.get_by_role("button", name="Lacak").click()
    Reporter(page).reads(STORY)
    # The address with "#" is what Chromium tells the test; it asks the server for what stands before.
    assert [body for body in bodies if code.lower().encode() in body.lower().partition(b"#")[0]] == []


def test_a_wrong_code_says_so_and_stays(page: Page, readers: list[Reader], watch: Watch) -> None:
    watch.allow("answered 401")
    page.goto("/l/tersegel")
    page.get_by_label("Kode lacak Anda").fill("2345-6789-ABCD-EFGH-JKMN-PQRS")
    page.get_by_role("button", name="Buka").click()
    expect(page.get_by_role("alert")).to_contain_text("Kode ini tidak kami temukan")
    expect(page.get_by_label("Kode lacak Anda")).to_have_value("2345-6789-ABCD-EFGH-JKMN-PQRS")


@pytest.mark.parametrize("scripts", [False], indirect=True, ids=["without-scripts"])
def test_without_scripts_the_server_closes_it_and_the_page_says_so(
    page: Page, readers: list[Reader], scripts: bool
) -> None:
    reporter = Reporter(page)
    page.goto("/lapor/tersegel")
    reporter.reads("server melihat isinya sekali saat menguncinya")
    reporter.write("Ceritakan kejadiannya", STORY)
    reporter.press("Kirim laporan")
    reporter.read_code(LONG_CODE)
    nothing_readable()
    assert Seal.objects.get().by == "server"


def test_nothing_is_left_in_the_browser(page: Page, phone: BrowserContext, readers: list[Reader]) -> None:
    sent(page)
    page.goto("/lapor/tersegel")
    assert page.get_by_label("Ceritakan kejadiannya").input_value() == ""
    assert page.evaluate("[localStorage.length, sessionStorage.length, window.name]") == [0, 0, ""]
    assert phone.cookies() == []


def test_the_tick_on_step_1_brings_the_story_along_without_the_server(page: Page, readers: list[Reader]) -> None:
    bodies: list[bytes] = []
    page.on("request", lambda request: bodies.append((request.post_data_buffer or b"") + request.url.encode()))
    reporter = Reporter(page)
    page.goto("/lapor")
    reporter.story.fill(STORY)
    page.get_by_label(re.compile("Ini tentang pungli")).check()
    reporter.press("Lanjut: tempat")
    expect(page.get_by_label("Ceritakan kejadiannya")).to_have_value(STORY)
    assert [body for body in bodies if b"TROWULAN" in body] == []
    assert page.evaluate("[localStorage.length, window.name]") == [0, ""]


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_are_within_reach(page: Page, readers: list[Reader], width: int, theme: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    fill_in(page)
    choose_file(page)
    judge(page, f"tersegel-{width}-{theme}")
    Reporter(page).press("Kirim laporan")
    code = Reporter(page).read_code(LONG_CODE)
    judge(page, f"tersegel-terima-{width}-{theme}")
    page.goto("/l/tersegel")
    judge(page, f"tersegel-kode-{width}-{theme}")
    page.get_by_label("Kode lacak Anda").fill(code)
    page.get_by_role("button", name="Buka").click()
    Reporter(page).reads(STORY)
    judge(page, f"tersegel-lacak-{width}-{theme}")


def judge(page: Page, name: str) -> None:
    look(page, name)
    axe(page)
    no_sideways(page)
    targets(page)
    keyboard_walk(page)
