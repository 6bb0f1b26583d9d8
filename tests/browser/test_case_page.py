"""The case page in real Chromium: writing with lights and a draft, two people on one case, covering a photo."""

import re
from collections.abc import Callable
from io import BytesIO
from uuid import UUID

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.form_walk import wait_until
from tests.browser.judge import axe, keyboard_walk, look, no_sideways, targets
from tests.browser.staff import sign_in
from tests.browser.watch import Watch
from tests.cast import Cast
from tests.make import Made, bring, make_report
from tests.steps.seen import fresh, last
from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.reports.models import File
from tuntas.rules.life import Act, State
from tuntas.rules.who import STRANGER, Role
from tuntas.steps.submit import Story

OpenContext = Callable[..., BrowserContext]
GOOD = "Selamat pagi, Bapak/Ibu. Terima kasih laporannya. Besok petugas kami menambal lubang itu."
WITH_NUMBER = "Selamat pagi, Bapak/Ibu. Terima kasih. Besok petugas kami datang, telepon 0812-3456-7890."


def case_page(page: Page, made: Made, more: str = "") -> None:
    page.goto(f"/meja/kasus/{made.report.number}{more}")


def with_photo() -> tuple[Made, UUID]:
    data = BytesIO()
    Image.effect_noise((640, 480), 90).convert("RGB").save(data, "JPEG")
    file = steps.upload(data.getvalue(), now=current_time())
    receipt = steps.submit(
        Story(body="Lubang besar di depan pasar, sudah dua minggu.", file_ids=[file.pk]),
        by=STRANGER,
        now=current_time(),
    )
    return Made(receipt.report, receipt.code), file.pk


def test_the_lights_follow_the_draft_is_kept_and_keys_send(desk: BrowserContext, cast: Cast) -> None:
    made, page = make_report(current_time()), sign_in(desk, cast, Role.AGENCY_ADMIN)
    case_page(page, made)
    words = page.get_by_label("Jawaban untuk pelapor")
    words.fill(WITH_NUMBER)
    lights = page.locator("[data-lampu]")
    expect(lights.locator("[data-hasil=block]")).to_contain_text("Data pribadi")
    expect(page.locator("[data-draf]")).to_contain_text("Draf tersimpan")
    page.reload()
    expect(words).to_have_value(WITH_NUMBER)
    words.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Ada yang perlu dilengkapi")
    expect(words).to_have_value(WITH_NUMBER)
    page.get_by_label("Ini bukan data pribadi, kirim apa adanya").check()
    words.press("Control+Enter")
    expect(page.locator(".c-thread")).to_contain_text(WITH_NUMBER)
    expect(words).to_have_value("")
    assert last(made.report).act == Act.INFORM


def test_a_template_goes_in_at_the_cursor(desk: BrowserContext, cast: Cast) -> None:
    made, page = make_report(current_time()), sign_in(desk, cast, Role.AGENCY_ADMIN)
    case_page(page, made)
    words = page.get_by_label("Jawaban untuk pelapor")
    words.fill("Halo Bu Sari.")
    page.get_by_role("button", name="Sisipkan templat").click()
    template = page.locator("#templat option").first.get_attribute("data-teks") or ""
    expect(words).to_have_value(f"Halo Bu Sari.\n{template}")
    expect(words).to_be_focused()


def test_without_scripts_everything_is_a_form(open_context: OpenContext, cast: Cast, watch: Watch) -> None:
    watch.allow("answered 422")
    made, page = make_report(current_time()), sign_in(open_context(java_script_enabled=False), cast, Role.AGENCY_ADMIN)
    case_page(page, made)
    words = page.get_by_label("Jawaban untuk pelapor")
    words.fill("Halo Bu Sari.")
    page.get_by_role("button", name="Sisipkan templat").click()
    expect(words).to_have_value(re.compile(r"^Halo Bu Sari\.\n"))
    words.fill(WITH_NUMBER)
    page.get_by_role("button", name="Simpan draf").click()
    expect(page.locator("[data-draf]")).to_contain_text("Draf tersimpan")
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.locator("[data-hasil=block]")).to_contain_text("Data pribadi")
    page.get_by_label("Ini bukan data pribadi, kirim apa adanya").check()
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.locator(".c-thread")).to_contain_text(WITH_NUMBER)
    page.get_by_role("link", name="Minta data").click()
    expect(page.get_by_label("Pertanyaan untuk pelapor")).to_be_visible()
    page.get_by_label("Pertanyaan untuk pelapor").fill("Bapak/Ibu, di sebelah mana lubangnya?")
    page.get_by_role("button", name="Kirim pertanyaan").click()
    wait_until(page, lambda: fresh(made.report).state == State.NEEDS_INFO)


def test_two_people_see_each_other_and_both_texts(open_context: OpenContext, cast: Cast, watch: Watch) -> None:
    watch.allow("answered 409")
    made = make_report(current_time())
    first = sign_in(open_context(), cast, Role.AGENCY_ADMIN)
    second = sign_in(open_context(), cast, Role.ASSISTANT_ADMIN)
    case_page(first, made)
    case_page(second, made)
    expect(second.locator("[data-hadir]")).to_contain_text(cast.person(Role.AGENCY_ADMIN).name)
    for page, text in ((second, GOOD), (first, GOOD.replace("Besok", "Lusa"))):
        page.get_by_label("Jawaban untuk pelapor").fill(text)
        page.get_by_role("button", name="Kirim jawaban").click()
    notice = first.get_by_role("alert")
    expect(notice).to_contain_text(cast.person(Role.ASSISTANT_ADMIN).name)
    expect(notice).to_contain_text(GOOD)
    expect(first.get_by_label("Jawaban untuk pelapor")).to_have_value(GOOD.replace("Besok", "Lusa"))
    first.get_by_role("button", name="Kirim juga").click()
    expect(first.locator(".c-thread")).to_contain_text("Lusa petugas")
    assert fresh(made.report).events.filter(act=Act.INFORM).count() == 2


def test_parts_of_a_photo_are_covered_by_drawing_and_by_keys(desk: BrowserContext, cast: Cast) -> None:
    (made, file), page = with_photo(), sign_in(desk, cast, Role.AGENCY_ADMIN)
    case_page(page, made)
    page.get_by_role("link", name="Foto pelapor 1").click()
    expect(page.get_by_label("kolom 2 baris 2", exact=True)).to_be_visible()
    page.wait_for_load_state()  # scripts have run
    page.get_by_label("kolom 2 baris 2", exact=True).hover()
    page.mouse.down()
    page.get_by_label("kolom 5 baris 2", exact=True).hover()
    page.mouse.up()
    page.get_by_label("kolom 9 baris 9", exact=True).focus()
    page.keyboard.press("Space")
    ticked = page.locator("input[name=kotak]:checked")
    expect(page.get_by_label("kolom 2 baris 2", exact=True)).to_be_checked()
    expect(page.get_by_label("kolom 5 baris 2", exact=True)).to_be_checked()
    expect(page.get_by_label("kolom 9 baris 9", exact=True)).to_be_checked()
    n = ticked.count()
    page.get_by_role("button", name="Tayangkan foto ini").click()
    expect(page.get_by_role("heading", name="Salinan untuk umum")).to_be_visible()
    assert ticked.count() == n
    assert len(File.objects.get(pk=file).covers or ()) >= 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_sound(open_context: OpenContext, cast: Cast, scheme: str, watch: Watch) -> None:
    watch.allow("answered 422")
    made, file = with_photo()
    bring(made, State.IN_PROGRESS, cast, current_time())
    open_one, _ = with_photo()
    steps.note(open_one.report, by=cast.desk, text="Sudah ditelepon lurah.", now=current_time())
    addresses = [
        f"/meja/kasus/{made.report.number}",
        f"/meja/kasus/{open_one.report.number}/minta-data",
        f"/meja/kasus/{open_one.report.number}/teruskan",
        f"/meja/kasus/{open_one.report.number}/tidak-diproses",
        f"/meja/kasus/{made.report.number}/foto/{file}",
    ]
    for width, height in ((360, 740), (1440, 900)):
        context = open_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        page = sign_in(context, cast, Role.AGENCY_ADMIN)
        for n, address in enumerate(addresses):
            page.goto(address)
            look(page, f"case-{n}-{width}-{scheme}")
            axe(page)
            no_sideways(page)
            targets(page)
            if scheme == "light" and width == 1440:
                keyboard_walk(page)
    page.goto(addresses[3])
    page.get_by_role("button", name="Akhiri tanpa diproses").click()
    expect(page.get_by_role("alert")).to_be_focused()
    axe(page)


def test_no_key_rejects_a_report(desk: BrowserContext, cast: Cast) -> None:
    made, page = make_report(current_time()), sign_in(desk, cast, Role.AGENCY_ADMIN)
    case_page(page, made, "/tidak-diproses")
    page.get_by_label("Alasan").select_option("private_matter")
    words = page.get_by_label("Penjelasan untuk pelapor")
    words.fill("Bapak/Ibu, ini urusan keluarga. Kami tidak bisa membantu.")
    expect(page.locator("[data-draf]")).to_contain_text("Draf tersimpan")
    words.press("Control+Enter")
    expect(page).to_have_url(f"{page.url.split('/meja')[0]}/meja/kasus/{made.report.number}/tidak-diproses")
    assert fresh(made.report).state == State.SUBMITTED
