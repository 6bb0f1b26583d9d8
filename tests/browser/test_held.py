"""A held report in real Chromium: from its queue it is let through with one press, and its pages are in order."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenContext
from tests.browser.judge import axe, keyboard_walk, look, no_sideways, targets
from tests.browser.staff import sign_in
from tests.cast import Cast
from tests.make import make_held
from tests.steps.seen import fresh
from tuntas.kit.time import current_time
from tuntas.rules.doubts import Doubt
from tuntas.rules.who import Role

QUEUE = "/meja?antrean=perlu-dilihat"
SPAM = "Pinjaman cepat cair tanpa jaminan, lihat a.example b.example c.example. Hubungi kami sekarang juga."


def test_from_the_queue_one_press_lets_it_through(open_context: OpenContext, cast: Cast, scripts: bool) -> None:
    now = current_time()
    first, second = (make_held(now - timedelta(minutes=9 - n)) for n in range(2))
    page = sign_in(open_context(viewport={"width": 1440, "height": 900}), cast, Role.AGENCY_ADMIN)
    page.goto("/meja")
    page.locator("#antrean").get_by_role("link", name="Perlu dilihat").click()
    page.locator(f"#b-{first.report.number}").click()
    expect(page.locator("#tinjau")).to_have_attribute("data-nomor", first.report.number or "")
    page.get_by_role("button", name="Loloskan").click()
    expect(page.locator("#kabar")).to_contain_text(f"{first.report.number} diloloskan.")
    expect(page.locator(f"#b-{first.report.number}")).to_have_count(0)
    expect(page.locator(f"#b-{second.report.number}")).to_be_visible()
    assert (fresh(first.report).is_held, fresh(second.report).is_held) == (False, True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_its_pages_are_clean(open_context: OpenContext, cast: Cast, width: int, scheme: str) -> None:
    now = current_time()
    made = make_held(now - timedelta(hours=2), body=SPAM, doubts=[Doubt.LINKS, Doubt.REPEATED, Doubt.NO_EFFORT])
    make_held(now - timedelta(hours=1), doubts=list(Doubt))
    context = open_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = sign_in(context, cast, Role.AGENCY_ADMIN)
    case = f"/meja/kasus/{made.report.number}"
    for name, address in (
        ("queue", QUEUE),
        ("beside", f"{QUEUE}&buka={made.report.number}"),
        ("case", f"{case}?dari=perlu-dilihat"),
        ("release", f"{case}/loloskan"),
        ("own", f"/l/{made.code}"),
    ):
        page.goto(address)
        look(page, f"held-{name}-{width}-{scheme}")
        axe(page)
        no_sideways(page)
        targets(page)
    page.goto(case)
    assert any("Loloskan" in step for step in keyboard_walk(page))
