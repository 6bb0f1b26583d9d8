"""An answer with a photo of another report: whoever checks it sees both, it goes back, and a new one is let out."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.judge import axe, look, no_sideways, targets
from tests.browser.staff import sign_in
from tests.cast import Cast
from tests.make import Made, bring
from tests.scenes import cut, saved, scene
from tests.steps.seen import fresh
from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.rules.life import State
from tuntas.rules.who import STRANGER, Role
from tuntas.steps.submit import Story

OpenContext = Callable[..., BrowserContext]
WORDS = "Terima kasih sudah melapor. Petugas kami menambal lubang hari ini pukul 08.30."


def reported(cast: Cast, seed: int) -> Made:
    """Make a report with a photo, some hours ago, that the agency of roads works on."""
    ago = current_time() - timedelta(hours=9)
    file = steps.upload(saved(scene(seed)), now=ago).pk
    receipt = steps.submit(
        Story(body="Jalan berlubang besar di depan pasar.", category="road_bridge", file_ids=[file]),
        by=STRANGER,
        now=ago,
    )
    made = Made(receipt.report, receipt.code)
    bring(made, State.IN_PROGRESS, cast, ago)
    return made


def answer(page: Page, made: Made, photo: Path) -> None:
    page.goto(f"/instansi/tugas/{made.report.number}")
    page.get_by_label("Sudah selesai").check()
    page.get_by_label("Hasil pekerjaan").select_option("fixed")
    page.locator("input[type=file][multiple]").set_input_files(photo)
    expect(page.locator("[data-foto-kata]")).to_have_text("1 foto.")
    page.get_by_label("Jawaban untuk pelapor").fill(WORDS)


def send(page: Page, made: Made) -> None:
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.get_by_text(f"Terkirim: {made.report.number}.")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1440])
def test_an_answer_with_a_used_photo_goes_back_and_a_new_photo_is_let_out(
    open_context: OpenContext, cast: Cast, site: object, tmp_path: Path, width: int
) -> None:
    used, new = tmp_path / "lama.jpg", tmp_path / "baru.jpg"
    used.write_bytes(saved(cut(scene(1), 1)))
    new.write_bytes(saved(scene(2)))
    other, made = reported(cast, 3), reported(cast, 4)
    file = steps.upload_evidence(saved(scene(1)), now=current_time()).pk
    steps.propose_answer(
        other.report, by=cast.liaison, text="Sudah ditambal.", outcome="fixed", file_ids=[file], now=current_time()
    )

    size = {"width": width, "height": 900}
    handler = sign_in(open_context(viewport=size), cast, Role.UNIT_HANDLER, "dinas-pupr")
    answer(handler, made, used)
    send(handler, made)

    validator = sign_in(open_context(viewport=size), cast, Role.RESPONSE_VALIDATOR)
    validator.goto(f"/instansi/cek/{made.report.number}")
    doubt = validator.locator(".c-notice", has_text="Foto ini pernah dipakai di jawaban laporan")
    expect(doubt).to_contain_text(other.report.number or "")
    expect(doubt.get_by_role("img")).to_have_count(2)
    for n in range(2):
        expect(doubt.get_by_role("img").nth(n)).to_have_js_property("complete", value=True)
        assert doubt.get_by_role("img").nth(n).evaluate("image => image.naturalWidth") > 0
    for scheme in ("light", "dark"):
        validator.emulate_media(color_scheme=scheme)
        axe(validator)
        look(validator, f"reused-photo-{width}-{scheme}")
    targets(validator)
    no_sideways(validator)
    validator.get_by_text("Kembalikan dengan catatan").click()
    validator.get_by_label("Apa yang perlu diperbaiki?").fill("Ambil foto baru di tempatnya.")
    validator.get_by_role("button", name="Kembalikan", exact=True).click()

    handler.goto(f"/instansi/tugas/{made.report.number}")
    expect(handler.locator("main")).to_contain_text("Ambil foto baru di tempatnya.")
    answer(handler, made, new)
    send(handler, made)
    validator.goto(f"/instansi/cek/{made.report.number}")
    expect(validator.locator("main")).not_to_contain_text("pernah dipakai")
    expect(validator.locator("main")).to_contain_text("Sebelum: foto pelapor")
    validator.get_by_role("button", name="Setujui dan kirim ke pelapor").click()
    expect(validator).to_have_url(re.compile("terkirim="))
    assert fresh(made.report).state == State.ANSWERED

    reporter = open_context(viewport=size).new_page()
    reporter.goto(f"/l/{made.code}")
    pair = reporter.locator(".c-proof", has_text="Sebelum: foto pelapor")
    expect(pair.get_by_role("img")).to_have_count(2)
    expect(pair).to_contain_text("Sesudah")
    axe(reporter)
    no_sideways(reporter)
    look(reporter, f"before-after-{width}")
