"""A street light that is not the city's: referred, asked after, answered, as the desk and the reporter meet it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.judge import axe, look, no_sideways, targets
from tests.browser.staff import sign_in
from tests.cast import Cast
from tests.kit.read_pdf import words_of
from tests.make import Made, bring, make_report
from tests.steps.seen import fresh
from tuntas.kit.time import current_time
from tuntas.rules.life import State
from tuntas.rules.who import Role

OpenContext = Callable[..., BrowserContext]
WORDS = "Selamat pagi, Bapak/Ibu. Terima kasih. PLN memeriksa lampu ini dan kami menanyakan kabarnya."
LOOKS = [(width, scheme) for width in (360, 1440) for scheme in ("light", "dark")]


def judged(page: Page, name: str) -> None:
    look(page, name)
    axe(page)
    no_sideways(page)
    targets(page)


@pytest.mark.usefixtures("site")
def test_a_street_light_of_somebody_else_is_referred_and_comes_back_answered(
    open_context: OpenContext, cast: Cast
) -> None:
    made = make_report(current_time(), body="Lampu jalan di depan pasar padam sejak Senin.")
    here = f"/meja/kasus/{made.report.number}"
    desk = sign_in(open_context(), cast, Role.AGENCY_ADMIN)
    desk.goto(here)
    desk.get_by_role("link", name="Rujuk ke luar").click()
    desk.get_by_label("Dirujuk ke").fill("PLN UP3 Bogor")
    desk.get_by_label("Siapa yang kita hubungi di sana").fill("Loket pengaduan")
    desk.get_by_label("Pesan untuk pelapor").fill(WORDS)
    desk.get_by_role("button", name="Rujuk", exact=True).click()
    expect(desk.get_by_role("heading", name="Dirujuk ke luar")).to_be_visible()
    with desk.expect_download() as caught:
        desk.get_by_role("button", name="Unduh surat (PDF)").click()
    assert "Pimpinan PLN UP3 Bogor" in words_of(caught.value.path().read_bytes())

    reporter = open_context().new_page()
    reporter.goto(f"/l/{made.code}")
    expect(reporter.locator("main")).to_contain_text("Dirujuk ke PLN UP3 Bogor.")

    desk.get_by_role("link", name="Catat kabar").click()
    desk.get_by_label("Nomor di sana").fill("G-77")
    desk.get_by_label("Sudah dijawab").check()
    desk.get_by_label("Pesan untuk pelapor").fill("Terima kasih, Bapak/Ibu. PLN sudah mengganti lampu itu kemarin.")
    desk.get_by_role("button", name="Kirim kabar").click()
    expect(desk.locator("main")).to_contain_text("Dijawab PLN UP3 Bogor")
    assert fresh(made.report).state == State.ANSWERED
    reporter.goto(f"/l/{made.code}")
    expect(reporter.locator("main")).to_contain_text("Nomor di sana: G-77.")


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_its_pages_are_in_nobodys_way(open_context: OpenContext, cast: Cast, width: int, scheme: str) -> None:
    made: Made = make_report(current_time() - timedelta(days=61))
    bring(made, State.FORWARDED_EXTERNAL, cast, current_time() - timedelta(days=61))
    fresh_one = make_report(current_time())
    given = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    desk = sign_in(open_context(**given), cast, Role.AGENCY_ADMIN)
    for name, path in (("rujuk", f"{fresh_one.report.number}/rujuk"), ("kabar", f"{made.report.number}/kabar-luar")):
        desk.goto(f"/meja/kasus/{path}")
        judged(desk, f"outside-{name}-{width}-{scheme}")
    desk.goto(f"/meja/kasus/{made.report.number}")
    judged(desk, f"outside-case-{width}-{scheme}")
    reporter = open_context(**given).new_page()
    for name, path in (("lacak", f"/l/{made.code}"), ("umum", f"/laporan/{made.report.number}")):
        reporter.goto(path)
        judged(reporter, f"outside-{name}-{width}-{scheme}")
