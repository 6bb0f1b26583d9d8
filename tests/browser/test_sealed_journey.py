"""One sealed report from its first word to its export, in real Chromium, with a marker in whatever anybody says.

After each stage everything that is stored is searched, and all that a browser ever sent: no marker is anywhere.
"""

import os
import pty
import re
import shutil
import subprocess
from base64 import b64decode
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Page, Request, expect

from tests.browser.conftest import OpenContext
from tests.browser.reporter import LONG_CODE, Reporter
from tests.browser.staff import sign_in, virtual_passkey
from tests.browser.test_sealed_room import LOCK
from tests.cast import Cast
from tests.office import PASSWORD
from tests.sealed_room import PASSPHRASE, Reader, make_readers
from tests.stored import files_with, rows_with
from tuntas.kit import age
from tuntas.kit.time import real_time
from tuntas.people.models import Session
from tuntas.reports.models import Report
from tuntas.rules.who import Role
from tuntas.sealed.models import ReaderKey
from tuntas.web.office.sealed_door import age_address

STORY = "Petugas zqtutur-01 minta uang di loket."
PLACE = "Loket zqtempat-02"
NAME, PHONE, EMAIL = "Zqnama Tiga", "0812-9904-5566-77", "zqsurat05@contoh.id"
NOTE: FilePayload = {"name": "zqberkas-06.txt", "mimeType": "text/plain", "buffer": b"catatan zqisi-07 lima ratus ribu"}
ANSWER = "Terima kasih. Apakah zqtanya-08 masih ada?"
LETTER: FilePayload = {"name": "zqsurat-09.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 zqjawab-10"}
REPLY = "Masih ada zqbalas-11, saya simpan."
PHOTO: FilePayload = {"name": "zqfoto-12.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n zqgambar-13"}
MARKS = ["zqtutur-01", "zqtempat-02", "Zqnama", PHONE, EMAIL, "zqberkas-06", "zqisi-07"]
MARKS += ["zqtanya-08", "zqsurat-09", "zqjawab-10", "zqbalas-11", "zqfoto-12", "zqgambar-13", PASSPHRASE]


def unreadable(*more: str) -> None:
    """Expect none of the markers in any row of any table, nor in any file of the installation."""
    for mark in (*MARKS, *more):
        assert (mark, rows_with(mark), files_with(mark)) == (mark, [], [])


@pytest.fixture
def sent(open_context: OpenContext) -> Iterator[list[bytes]]:
    """What browsers sent, all of them: their addresses, headers and bodies."""
    found: list[bytes] = []
    yield found
    assert any(b"age-encryption.org/v1" in each for each in found), "the bodies of files are heard"
    for mark in MARKS:
        assert [each[:200] for each in found if mark.lower().encode() in each.lower()] == [], mark


def listen(context: BrowserContext, sent: list[bytes]) -> BrowserContext:
    def heard(request: Request) -> None:
        address = request.url.partition("#")[0]  # what stands behind "#" stays in the browser
        sent.append(f"{address}\n{request.headers}\n".encode() + (request.post_data_buffer or b""))

    context.on("request", heard)
    return context


def choose(page: Page, label: str, file: FilePayload) -> None:
    page.get_by_label(label).set_input_files(file)


def report(page: Page) -> str:
    """Fill in every field of the form and send it; return the code of the receipt."""
    reporter = Reporter(page)
    page.goto("/lapor/tersegel")
    reporter.reads("terkunci di HP Anda sebelum dikirim")
    reporter.write("Ceritakan kejadiannya", STORY)
    choose(page, "Pilih berkas", NOTE)
    page.get_by_label("Kelurahan atau desa").select_option("32.99.01.1001")
    reporter.write("Kantor atau tempatnya", PLACE)
    reporter.write("Tanggal", "2026-02-03")
    reporter.write("Nama panggilan", NAME)
    reporter.write("Nomor HP", PHONE)
    reporter.write("E-mail", EMAIL)
    reporter.press("Kirim laporan")
    return reporter.read_code(LONG_CODE)


def enter(context: BrowserContext, cast: Cast, reader: Reader) -> Page:
    """Sign in as the inspector: a passkey is made once, and from then on is asked for after the password."""
    page = sign_in(context, cast, Role.INSPECTORATE, also=Role.SEALED_READER)
    locked = page.evaluate(LOCK, [age_address(), reader.identity, PASSPHRASE])
    ReaderKey.objects.filter(pk=reader.key_id).update(locked=b64decode(locked))
    virtual_passkey(page)
    page.goto("/akun/faktor/kunci-sandi")
    page.get_by_label("Nama perangkat ini").fill("Laptop")
    page.get_by_role("button", name="Buat kunci sandi").click()
    expect(page.get_by_role("button", name="Hapus Laptop")).to_be_visible()
    page.locator(".c-deskbar__me summary").click()
    page.get_by_role("button", name="Keluar").click()
    page.get_by_label("E-mail").fill(cast.person(Role.INSPECTORATE, also=Role.SEALED_READER).email)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page).to_have_url(re.compile("/masuk/kedua"))
    page.get_by_role("button", name="Pakai kunci sandi").click()
    expect(page).to_have_url(re.compile("/brankas$"))
    return page


def open_seal(page: Page, ref: str) -> None:
    """Open the seal: the passkey again, since its owner may have left the room, then a purpose, then the passphrase."""
    Session.objects.update(second_at=real_time() - timedelta(minutes=10), sure_at=None)
    page.goto("/brankas")
    page.get_by_role("link", name=ref).click()
    page.get_by_role("link", name="Pakai kunci sandi perangkat ini").click()
    page.get_by_role("button", name="Pakai kunci sandi").click()
    page.get_by_label("telaah awal").check()
    page.get_by_role("button", name="Buka segel").click()
    expect(page.get_by_text("Ruang tersegel.")).to_be_visible()
    unlock(page)


def unlock(page: Page) -> None:
    page.get_by_label("Frasa sandi kunci Anda").fill(PASSPHRASE)
    page.get_by_role("button", name="Buka isi").click()


def saved(page: Page, folder: Path, where: str, file: FilePayload) -> None:
    """Open the only file of a part of the room that is not open yet, save it, and expect its bytes."""
    page.locator(where).get_by_role("button", name="Buka lampiran").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Unduh {file['name']}").click()
    download.value.save_as(folder / "berkas")
    assert (folder / "berkas").read_bytes() == file["buffer"]


def kept(page: Page, file: FilePayload) -> None:
    """Save a file that the reporter's page opened, and expect its bytes."""
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile(f"Simpan {file['name']}")).click()
    assert Path(download.value.path()).read_bytes() == file["buffer"]


@pytest.mark.usefixtures("real_installation")
def test_a_sealed_report_is_walked_from_both_ends_and_nobody_between_reads_a_word(
    open_context: OpenContext, cast: Cast, sent: list[bytes], tmp_path: Path
) -> None:
    readers = make_readers()
    first = listen(open_context(viewport={"width": 360, "height": 740}), sent)
    code = report(first.new_page())
    first.close()
    symbols = code.replace("-", "")
    unreadable(code, symbols)
    ref = str(Report.objects.get().ref)

    me = readers[cast.person(Role.INSPECTORATE, also=Role.SEALED_READER).pk]
    room = enter(listen(open_context(viewport={"width": 1440, "height": 900}), sent), cast, me)
    open_seal(room, ref)
    story = room.locator("[data-terbuka]")
    expect(story).to_contain_text(STORY)
    expect(story).to_contain_text(PLACE)
    assert NAME not in room.content()
    saved(room, tmp_path, "[data-terbuka]", NOTE)
    room.get_by_label("Jawaban untuk pelapor").fill(ANSWER)
    choose(room, "Lampiran (boleh kosong)", LETTER)
    room.get_by_role("button", name="Kirim jawaban").click()
    expect(room.locator("[data-obrolan]")).to_contain_text(ANSWER)
    unreadable(code, symbols)

    phone = listen(open_context(viewport={"width": 360, "height": 740}), sent).new_page()
    reporter = Reporter(phone)
    phone.goto("/l/tersegel")
    reporter.write("Kode lacak Anda", code)
    reporter.press("Buka")
    for words in (STORY, PLACE, NAME, ANSWER, "membuka segel", "telaah awal"):
        reporter.reads(words)
    for file in (NOTE, LETTER):
        phone.get_by_role("button", name="Buka berkas").first.click()
        kept(phone, file)
    reporter.write("Keterangan tambahan", REPLY)
    choose(phone, "Pilih berkas", PHOTO)
    reporter.press("Kirim keterangan")
    reporter.reads(REPLY)
    unreadable(code, symbols)

    room.reload()
    unlock(room)
    expect(room.locator("[data-obrolan]")).to_contain_text(REPLY)
    saved(room, tmp_path, "[data-obrolan] li:last-child", PHOTO)
    with room.expect_download() as download:
        room.get_by_role("button", name="Simpan", exact=True).click()
    download.value.save_as(tmp_path / "laporan.zip")
    with ZipFile(tmp_path / "laporan.zip") as packed:
        packed.extractall(tmp_path)
    unreadable(code, symbols)
    for each in sent:
        assert symbols.encode() not in each.replace(b"-", b"")

    read_with_our_library(tmp_path)
    if (tool := shutil.which("age")) is not None:
        read_with_another_program(tool, tmp_path)


def envelopes_in(folder: Path) -> dict[str, list[Path]]:
    found = {kind: sorted(folder.glob(f"*-{kind}.age")) for kind in ("story", "words", "file")}
    assert {kind: len(paths) for kind, paths in found.items()} == {"story": 1, "words": 2, "file": 3}
    return found


def read_with_our_library(folder: Path) -> None:
    """Open the exported files from the passphrase on, and find everything that was said."""
    identity = age.unlock((folder / "kunci-saya.age").read_bytes(), PASSPHRASE).split()[0]
    of_report = age.opened((folder / "kunci-laporan-1.age").read_bytes(), identity).decode()
    found = envelopes_in(folder)
    (story,) = (age.words_in(path.read_bytes(), of_report) for path in found["story"])
    wanted = {"body": STORY, "location_text": PLACE, "event_date": "2026-02-03", "area": "32.99.01.1001"}
    wanted |= {"name": NAME, "phone": PHONE, "email": EMAIL}
    assert wanted.items() <= story.items()
    assert {str(age.words_in(path.read_bytes(), of_report)["text"]) for path in found["words"]} == {ANSWER, REPLY}
    files = [age.file_in(path.read_bytes(), of_report) for path in found["file"]]
    assert {said["name"]: content for said, content in files} == {
        file["name"]: file["buffer"] for file in (NOTE, LETTER, PHOTO)
    }


def read_with_another_program(tool: str, folder: Path) -> None:
    """Do what docs/how-to/sealed-room.md says, with the age program."""
    ours, terminal = pty.openpty()
    asking = subprocess.Popen(
        [tool, "-d", "-o", "saya.txt", "kunci-saya.age"],
        cwd=folder,
        stdin=terminal,
        stderr=terminal,
        preexec_fn=lambda: os.login_tty(terminal),  # the program asks for a passphrase on its terminal alone
    )
    os.close(terminal)
    os.read(ours, 1024)  # the question
    os.write(ours, f"{PASSPHRASE}\n".encode())
    assert asking.wait(60) == 0
    os.close(ours)

    def opened(identity: str, path: str) -> bytes:
        return subprocess.run([tool, "-d", "-i", identity, path], cwd=folder, check=True, capture_output=True).stdout

    (folder / "laporan.txt").write_bytes(opened("saya.txt", "kunci-laporan-1.age"))
    found = {kind: [opened("laporan.txt", p.name) for p in paths] for kind, paths in envelopes_in(folder).items()}
    assert STORY.encode() in found["story"][0]
    assert all(any(words.encode() in each for each in found["words"]) for words in (ANSWER, REPLY))
    contents = [each.partition(b"\n")[2].rstrip(b"\0") for each in found["file"]]
    assert sorted(contents) == sorted(file["buffer"] for file in (NOTE, LETTER, PHOTO))
