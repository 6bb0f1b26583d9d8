"""A reader who lost everything reads again in real Chromium, with what two holders opened; without it nothing."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.judge import axe, look, no_sideways, targets
from tests.browser.reporter import LONG_CODE
from tests.browser.staff import sign_in
from tests.browser.test_sealed_form import fill_in
from tests.browser.test_sealed_room import SECRET, STORY
from tests.cast import Cast
from tests.make import make_report
from tests.sealed_room import Reader, make_readers, make_recovery, read_by, sign_directory
from tuntas import steps
from tuntas.agencies.models import Government
from tuntas.kit import age
from tuntas.kit.time import current_time, real_time
from tuntas.kit.totp import code_at, step_at
from tuntas.reports.models import Report
from tuntas.rules.who import Role
from tuntas.sealed.models import Seal, WrappedKey
from tuntas.sealed.queries import key_of

WHY = "Frasa sandi dan kertas kunci saya hilang."
PHRASE = "tujuh belas bebek di sawah"


@pytest.fixture
def recovery(site: object, cast: Cast) -> Reader:
    make_readers()
    return make_recovery()


@pytest.fixture
def inspector(desk: BrowserContext, cast: Cast, recovery: Reader) -> Page:
    steps.give_app(
        cast.person(Role.INSPECTORATE, also=Role.SEALED_READER).email, SECRET, name="uji", real_now=real_time()
    )
    page = sign_in(desk, cast, Role.INSPECTORATE, also=Role.SEALED_READER)
    page.goto("/akun/pastikan?lanjut=/brankas/pemulihan")
    page.get_by_label("Kode").first.fill(code_at(SECRET, step_at(real_time())))
    page.get_by_role("button", name="Lanjut", exact=True).click()
    expect(page.get_by_role("heading", name="Kunci pemulihan", exact=True)).to_be_visible()
    return page


def make_another_key(page: Page) -> str:
    """Make a key without the passphrase of the one before; return its private half, as it stands on paper."""
    page.goto("/brankas/kunci")
    page.get_by_text("Kunci, karena hilang").click()
    page.get_by_label("Frasa sandi baru").fill(PHRASE)
    page.get_by_label("Sekali lagi").fill(PHRASE)
    page.get_by_role("button", name="Ganti", exact=True).click()
    paper = page.locator("[data-rahasia]")
    expect(paper).to_contain_text("AGE-SECRET-KEY-1", timeout=90_000)  # scrypt, as hard as for everybody
    identity = paper.inner_text().strip()
    page.get_by_role("button", name="Sudah, simpan kunci").click()
    expect(page.get_by_text("Kunci tersimpan.")).to_be_visible()
    return identity


def test_a_reader_who_lost_the_key_reads_again_with_what_two_holders_opened(
    inspector: Page, recovery: Reader, cast: Cast
) -> None:
    report = make_report(current_time(), body=STORY, category="bribery_corruption").report
    me = cast.person(Role.INSPECTORATE, also=Role.SEALED_READER)
    identity = make_another_key(inspector)
    sign_directory(3)

    inspector.goto("/brankas/pemulihan")
    inspector.get_by_label("Mengapa kunci ini dipakai?").fill(WHY)
    inspector.get_by_role("button", name="Pakai kunci pemulihan").click()
    expect(inspector.get_by_text("Bisa dipakai sampai")).to_be_visible()
    assert Government.objects.get().recoveries == 1

    inspector.goto(f"/brankas/{report.ref}")
    inspector.get_by_label("pengawasan").check()
    inspector.get_by_role("button", name="Buka segel").click()
    bodies: list[str] = []
    inspector.on("request", lambda request: bodies.append((request.post_data or "") + request.url))
    field, story = inspector.get_by_label("Kunci pemulihan"), inspector.locator("[data-terbuka]")
    field.fill(age.new_identity())
    inspector.get_by_role("button", name="Buka isi").click()
    expect(inspector.get_by_text("Kunci pemulihan ini tidak membuka laporan ini.")).to_be_visible()
    expect(story).to_be_empty()
    field.fill(recovery.identity)
    inspector.get_by_role("button", name="Buka isi").click()
    expect(story).to_contain_text("Petugas minta uang rokok.")
    inspector.get_by_role("button", name=f"Beri kunci kepada {me.name}").click()
    expect(inspector.get_by_text("Kunci tersimpan.")).to_be_visible()
    assert [body for body in bodies if recovery.identity in body or identity in body] == []

    key = key_of(me.pk)
    assert key is not None
    assert read_by(Reader(key.pk, identity), report.pk)[0][1]["body"] == STORY
    assert inspector.evaluate("localStorage.length + sessionStorage.length") == 0


def test_what_a_reporters_browser_closes_is_closed_to_it_as_well(page: Page, recovery: Reader) -> None:
    reporter = fill_in(page)
    reporter.reads("Pemulihan Inspektorat membukanya")
    people = page.get_by_label("Laporan ini tentang")
    expect(people).to_have_count(2)
    for n in range(2):
        people.nth(n).check()
    reporter.press("Kirim laporan")
    expect(page.get_by_role("alert").first).to_contain_text("Sisakan sedikitnya satu orang")
    people.nth(0).uncheck()
    reporter.press("Kirim laporan")
    reporter.read_code(LONG_CODE)
    report = Report.objects.get()
    assert Seal.objects.get(pk=report.pk).by == "browser"
    assert "minta uang" in str(read_by(recovery, report.pk)[0][1]["body"])
    assert WrappedKey.objects.filter(report_id=report.pk, reader__person__isnull=False).count() == 1


def test_the_printed_key_does_in_place_of_a_forgotten_passphrase(inspector: Page, cast: Cast) -> None:
    me = cast.appointed_inspector.person_id or 0
    paper = make_readers()[me].identity
    inspector.goto("/brankas/kunci")
    inspector.get_by_label("Frasa sandi baru").fill(PHRASE)
    inspector.get_by_label("Sekali lagi").fill(PHRASE)
    inspector.get_by_label("Frasa sandi sekarang").fill(age.new_identity())
    inspector.get_by_role("button", name="Ganti", exact=True).click()
    expect(inspector.get_by_text("Frasa sandi sekarang tidak cocok.")).to_be_visible()
    inspector.get_by_label("Frasa sandi sekarang").fill(f" {paper} ")
    inspector.get_by_role("button", name="Ganti", exact=True).click()
    expect(inspector.get_by_text("Kunci tersimpan.")).to_be_visible(timeout=90_000)
    key = key_of(me)
    assert key is not None
    assert age.unlock(bytes(key.locked), PHRASE) == paper


@pytest.mark.parametrize("look_of", ["terang", "gelap"])
def test_the_pages_look_as_the_others_do(inspector: Page, cast: Cast, look_of: str) -> None:
    other = make_readers()[cast.appointed_admin.person_id or 0]
    steps.ask_reader_leaving(other.key_id, by=cast.appointed_inspector, why=WHY, now=current_time())
    for width in (360, 1440):
        inspector.set_viewport_size({"width": width, "height": 900})
        for address in ("/brankas/pemulihan", "/brankas/pembaca", "/brankas/kunci"):
            inspector.goto(f"{address}?tampilan={look_of}")
            if address == "/brankas/pembaca":
                inspector.get_by_text("Keluarkan Pemulihan Inspektorat").click()
            look(inspector, f"pemulihan{address.replace('/', '-')}-{width}-{look_of}")
            axe(inspector)
            no_sideways(inspector)
            targets(inspector)
