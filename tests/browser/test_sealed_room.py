"""The sealed room in real Chromium: a seal is opened, read, answered and shut; keys are made."""

import json
from base64 import b64decode, b64encode
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.form_walk import wait_until
from tests.browser.judge import axe, look, no_sideways, targets
from tests.browser.slow_line import Line
from tests.browser.staff import sign_in
from tests.browser.watch import Watch
from tests.cast import Cast
from tests.make import Made, make_report
from tests.sealed_room import PASSPHRASE, SIGNER, Reader, make_readers, read_by
from tuntas import steps
from tuntas.kit import age, files
from tuntas.kit.crypto import public_of, sign
from tuntas.kit.time import current_time, real_time
from tuntas.kit.totp import code_at, new_secret, step_at
from tuntas.people.models import Look
from tuntas.rules.who import Role
from tuntas.sealed.appointed import next_list
from tuntas.sealed.models import Directory, Envelope, EnvelopeKind, Opening, ReaderKey, Seal, WrappedKey
from tuntas.sealed.queries import key_of
from tuntas.web.office.sealed_door import age_address

SECRET = new_secret()
# Closed with far less work than a page does: a busy machine takes half a minute for the usual.
LOCK = """async ([address, identity, passphrase]) => {
  const age = await import(address);
  return age.toBase64(await age.lockWithPassphrase(identity, passphrase, 8));
}"""
STORY = "Petugas minta uang rokok. Namanya Pak Sugeng, mobilnya D 1234 XY. Saya takut."


@pytest.fixture
def readers(site: object, cast: Cast) -> dict[int, Reader]:
    return make_readers()


@pytest.fixture
def made(readers: dict[int, Reader]) -> Made:
    return make_report(current_time(), body=STORY, category="bribery_corruption")


@pytest.fixture
def inspector(desk: BrowserContext, cast: Cast, readers: dict[int, Reader]) -> Page:
    person = cast.person(Role.INSPECTORATE, also=Role.SEALED_READER)
    steps.give_app(person.email, SECRET, name="uji", real_now=real_time())
    page = sign_in(desk, cast, Role.INSPECTORATE, also=Role.SEALED_READER)
    reader = readers[person.pk]
    locked = page.evaluate(LOCK, [age_address(), reader.identity, PASSPHRASE])
    ReaderKey.objects.filter(pk=reader.key_id).update(locked=b64decode(locked))
    return page


def open_seal(page: Page, made: Made) -> None:
    page.goto("/brankas")
    page.get_by_role("link", name=str(made.report.ref)).click()
    page.get_by_label("telaah awal").check()
    page.get_by_label("Kode dari aplikasi").fill(code_at(SECRET, step_at(real_time())))
    page.get_by_role("button", name="Buka segel").click()
    expect(page.get_by_text("Ruang tersegel.")).to_be_visible()


def read(page: Page, passphrase: str = PASSPHRASE) -> None:
    page.get_by_label("Frasa sandi kunci Anda").fill(passphrase)
    page.get_by_role("button", name="Buka isi").click()


def with_file(made: Made) -> None:
    data = age.enveloped_file("struk.txt", "text/plain", b"antrean B-041", [Seal.objects.get().recipient])
    event = made.report.events.get()
    envelope = Envelope.objects.create(
        report_id=made.report.pk,
        event_id=event.pk,
        kind=EnvelopeKind.FILE,
        size=len(data),
        at=event.at,
    )
    files.put(f"{envelope.pk}.age", data)


def judged(page: Page) -> None:
    axe(page)
    no_sideways(page)
    targets(page)


def test_a_reader_opens_reads_and_answers(
    inspector: Page, made: Made, readers: dict[int, Reader], cast: Cast, tmp_path: Path
) -> None:
    with_file(made)
    open_seal(inspector, made)
    assert "rokok" not in inspector.content()
    read(inspector, "bukan frasa yang benar")
    expect(inspector.get_by_text("Frasa sandi tidak cocok.")).to_be_visible()
    read(inspector)
    story = inspector.locator("[data-terbuka]")
    expect(story).to_contain_text("Petugas minta uang rokok.")
    assert "Sugeng" not in inspector.content()
    assert "1234" not in inspector.content()
    judged(inspector)

    inspector.get_by_role("button", name="Bagian tertutup").first.click()
    inspector.get_by_label("Alasan membuka bagian ini").select_option("pemeriksaan")
    inspector.get_by_role("button", name="Buka bagian").click()
    expect(story).to_contain_text("Pak Sugeng")
    assert Look.objects.get(what="sealed_part").why == "pemeriksaan"

    inspector.get_by_role("button", name="Buka lampiran").click()
    with inspector.expect_download() as saved:
        inspector.get_by_role("button", name="Unduh struk.txt").click()
    saved.value.save_as(tmp_path / "struk.txt")
    assert (tmp_path / "struk.txt").read_bytes() == b"antrean B-041"
    assert Look.objects.get(what="sealed_file").why == ""

    with inspector.expect_request(lambda request: request.url.endswith("/jawab")) as sent:
        inspector.get_by_label("Jawaban untuk pelapor").fill("Terima kasih. Apakah Anda ingat nomor antreannya?")
        inspector.get_by_role("button", name="Kirim jawaban").click()
    assert "antrean" not in (sent.value.post_data or "")
    expect(inspector.locator("[data-obrolan]")).to_contain_text("Apakah Anda ingat nomor antreannya?")
    me = readers[cast.person(Role.INSPECTORATE, also=Role.SEALED_READER).pk]
    said = [words.get("text") for kind, words in read_by(me, made.report.pk) if kind == "words"]
    assert said == ["Terima kasih. Apakah Anda ingat nomor antreannya?"]
    assert inspector.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize("script", ["room", "age"])
def test_words_of_the_sealed_room_wait_for_what_closes_them(
    inspector: Page, made: Made, cast: Cast, script: str
) -> None:
    steps.dispatch(made.report, by=cast.appointed_admin, agency="inspektorat", text="", now=current_time())
    line = Line(inspector)
    line.open(f"/brankas/{made.report.ref}/jawab", script)
    inspector.get_by_label("Jawaban untuk pelapor").fill(STORY)
    line.press("Kirim jawaban")
    line.press("Kirim jawaban")
    line.let_through()
    expect(inspector.get_by_text("Terkirim.")).to_be_visible()
    assert not line.carried(STORY.split()[0])
    assert made.report.events.filter(act="inform").count() == 1


def test_where_it_cannot_be_closed_the_server_is_asked_to_only_by_a_second_press(
    inspector: Page, made: Made, cast: Cast, watch: Watch
) -> None:
    watch.allow("failed: .*/js/age|console: ")
    steps.dispatch(made.report, by=cast.appointed_admin, agency="inspektorat", text="", now=current_time())
    line = Line(inspector)
    line.open(f"/brankas/{made.report.ref}/jawab", "age")
    inspector.get_by_label("Jawaban untuk pelapor").fill(STORY)
    line.press("Kirim jawaban")
    line.lose()
    expect(inspector.get_by_text("Tekan lagi kalau server boleh membacanya sekali")).to_be_visible()
    assert not line.carried(STORY.split()[0])
    inspector.get_by_role("button", name="Kirim jawaban").click()
    wait_until(inspector, lambda: made.report.events.filter(act="inform").count() == 1)
    assert line.carried(STORY.split()[0])


def test_escape_twice_blanks_the_screen(inspector: Page, made: Made) -> None:
    open_seal(inspector, made)
    read(inspector)
    expect(inspector.locator("[data-terbuka]")).to_contain_text("uang rokok")
    inspector.keyboard.press("Escape")
    inspector.keyboard.press("Escape")
    expect(inspector).to_have_url(f"{inspector.url.split('/brankas')[0]}/brankas")
    inspector.go_back()
    expect(inspector.get_by_label("Frasa sandi kunci Anda")).to_be_visible()
    assert "rokok" not in inspector.content()


def test_nothing_can_be_read_when_the_time_is_over(inspector: Page, made: Made) -> None:
    open_seal(inspector, made)
    inspector.clock.install()
    inspector.reload()
    read(inspector)
    expect(inspector.locator("[data-terbuka]")).to_contain_text("uang rokok")
    inspector.clock.fast_forward("15:01")
    expect(inspector.get_by_text("Waktu habis.")).to_be_visible()
    assert "rokok" not in inspector.content()


def test_a_newcomer_is_given_a_key_and_the_reports_key_is_changed(
    inspector: Page, made: Made, readers: dict[int, Reader], cast: Cast
) -> None:
    other = next(r for person, r in readers.items() if person != cast.appointed_inspector.person_id)
    WrappedKey.objects.filter(report_id=made.report.pk, reader_id=other.key_id).delete()
    open_seal(inspector, made)
    read(inspector)
    inspector.get_by_role("button", name="Beri kunci kepada").click()
    expect(inspector.get_by_text("Kunci tersimpan.")).to_be_visible()
    assert read_by(other, made.report.pk)[0][1]["body"] == STORY
    before = Seal.objects.get(pk=made.report.pk).recipient
    inspector.get_by_role("button", name="Ganti kunci laporan ini").click()
    expect(inspector.locator(f"[data-penerima='{before}']")).to_have_count(0)
    assert Seal.objects.get(pk=made.report.pk).recipient != before
    assert read_by(other, made.report.pk)[0][1]["body"] == STORY


def test_a_key_is_made_in_the_browser_and_the_list_is_signed_elsewhere(inspector: Page, cast: Cast) -> None:
    person = cast.person(Role.INSPECTORATE, also=Role.SEALED_READER)
    Opening.objects.all().delete()
    before = key_of(person.pk)
    assert before is not None
    inspector.goto("/akun/pastikan?lanjut=/brankas/kunci")
    inspector.get_by_label("Kode").first.fill(code_at(SECRET, step_at(real_time())))
    inspector.get_by_role("button", name="Lanjut", exact=True).click()
    expect(inspector).not_to_have_url("/akun/pastikan?lanjut=/brankas/kunci")
    inspector.goto("/brankas/kunci")
    inspector.get_by_text("Kunci, karena mungkin bocor").click()
    inspector.get_by_label("Frasa sandi sekarang").fill(PASSPHRASE)
    inspector.get_by_label("Frasa sandi baru").fill("terlalu pendek")
    inspector.get_by_role("button", name="Ganti", exact=True).click()
    expect(inspector.get_by_role("alert")).to_contain_text("sedikitnya 16 huruf")
    inspector.get_by_label("Frasa sandi baru").fill("enam belas gajah di pasar")
    inspector.get_by_label("Sekali lagi").fill("enam belas gajah di pasar")
    judged(inspector)
    inspector.get_by_role("button", name="Ganti", exact=True).click()
    paper = inspector.locator("[data-rahasia]")
    expect(paper).to_contain_text("AGE-SECRET-KEY-1", timeout=90_000)  # scrypt, as hard as for everybody
    identity = paper.inner_text().strip()
    inspector.get_by_role("button", name="Sudah, simpan kunci").click()
    expect(inspector.get_by_text("Kunci tersimpan.")).to_be_visible()
    after = key_of(person.pk)
    assert after is not None
    assert after.recipient == age.recipient_of(identity) != before.recipient
    assert age.unlock(bytes(after.locked), "enam belas gajah di pasar").split()[0] == identity
    assert ReaderKey.objects.get(pk=before.pk).retired_at is not None

    inspector.goto("/brankas/pembaca")
    text = next_list(inspector.url.split("/")[2], now=current_time())
    signed = {
        "document": text,
        "signature": b64encode(sign(SIGNER, text.encode())).decode(),
        "signer": b64encode(public_of(SIGNER)).decode(),
    }
    inspector.get_by_label("Baris hasil penandatanganan").fill(json.dumps(signed))
    inspector.get_by_role("button", name="Berlakukan").click()
    expect(inspector.get_by_text("Daftar baru berlaku.")).to_be_visible()
    assert Directory.objects.order_by("-version")[0].document == text


@pytest.mark.parametrize("look_of", ["terang", "gelap"])
def test_the_pages_look_as_drawn_on_a_phone_and_a_desk(inspector: Page, made: Made, look_of: str) -> None:
    open_seal(inspector, made)
    for width in (360, 1440):
        inspector.set_viewport_size({"width": width, "height": 900})
        for address in ("/brankas", "/brankas/kunci", "/brankas/pembaca", f"/brankas/{made.report.ref}"):
            inspector.goto(f"{address}?tampilan={look_of}")
            look(inspector, f"brankas{address.replace('/', '-')}-{width}-{look_of}")
            judged(inspector)
