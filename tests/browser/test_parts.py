"""A road that is repaired while another agency sets up a sign: asked, done with a photo, seen by the reporter."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.judge import axe, keyboard_walk, look, no_sideways, targets
from tests.browser.staff import sign_in
from tests.browser.test_form_photos import photo
from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import do, last, open_part
from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.reports.models import SideTask
from tuntas.rules.life import Act, State
from tuntas.rules.who import Role

OpenContext = Callable[..., BrowserContext]
ROAD = "Jalan di depan pasar berlubang besar, malam hari tidak kelihatan."
SIGN = "Pasang rambu peringatan di kedua sisi sampai jalan selesai ditambal."


@pytest.mark.usefixtures("site")
def test_a_sign_is_asked_for_set_up_and_seen_by_the_reporter(open_context: OpenContext, cast: Cast) -> None:
    made = make_report(current_time(), body=ROAD)
    bring(made, State.IN_PROGRESS, cast, current_time())
    number, day = made.report.number, (current_time() + timedelta(days=5)).date().isoformat()

    roads = sign_in(open_context(), cast, Role.LIAISON, "dinas-pupr")
    roads.goto(f"/instansi/tugas/{number}")
    roads.get_by_role("link", name="Minta bagian ke instansi lain").click()
    roads.get_by_label("Instansi yang diminta").select_option("dishub")
    roads.get_by_label("Paling lambat").fill(day)
    roads.get_by_label("Yang diminta; pelapor membacanya juga").fill(SIGN)
    roads.get_by_role("button", name="Minta bagian ini").click()
    expect(roads.locator("main")).to_contain_text("Dinas Perhubungan")

    reporter = open_context().new_page()
    reporter.goto(f"/l/{made.code}")
    expect(reporter.locator("main")).to_contain_text("Dinas Perhubungan diminta membantu, paling lambat")

    signs = sign_in(open_context(), cast, Role.UNIT_HANDLER, "dishub")
    signs.goto("/instansi")
    expect(signs.locator("main")).to_contain_text(f"bagian dari {number} (Dinas PUPR memegang laporan)")
    signs.get_by_role("link", name="Pasang rambu peringatan").click()
    expect(signs.locator("main")).to_contain_text("malam hari tidak kelihatan")
    signs.get_by_label("Apa yang sudah dikerjakan?").fill("Dua rambu terpasang sejak pukul 10.")
    signs.locator("input[name=foto]").last.set_input_files(photo("rambu.jpg"))
    signs.get_by_role("button", name="Bagian ini selesai").click()
    expect(signs.get_by_role("status").first).to_contain_text(str(number))
    assert (last(made.report).act, last(made.report).files.count()) == ("do_part", 1)
    assert SideTask.objects.get(report=made.report).state == "done"

    roads.goto(f"/instansi/tugas/{number}")
    expect(roads.locator("main")).to_contain_text("Dua rambu terpasang")
    reporter.reload()
    expect(reporter.locator("main")).to_contain_text("Dinas Perhubungan selesai dengan bagiannya")
    expect(reporter.get_by_role("img", name="Foto dari Dinas Perhubungan").first).to_be_visible()


def judged(page: Page, name: str) -> None:
    look(page, name)
    axe(page)
    no_sideways(page)
    targets(page)


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (1440, "light"), (1440, "dark")])
def test_its_pages_are_within_reach(open_context: OpenContext, cast: Cast, width: int, scheme: str) -> None:
    made, then = make_report(current_time(), body=ROAD), current_time()
    report = bring(made, State.IN_PROGRESS, cast, then)
    for agency in ("dishub", "dlh"):
        due = (then + timedelta(days=9)).date()
        steps.ask_part(report, by=cast.liaison, agency=agency, text=SIGN, due_on=due, now=then)
    do(Act.DO_PART, report, by=cast.other_liaison, part=SideTask.objects.get(agency__slug="dlh").pk, now=then)
    do(Act.RECEIVE_LETTER, report, by=cast.desk, kind="audience_request", now=then)
    given = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    task, case = f"/instansi/tugas/{report.number}", f"/meja/kasus/{report.number}"
    staff = {
        (Role.LIAISON, "dinas-pupr"): ["/instansi", task, f"{task}/bagian"],
        (Role.LIAISON, "dishub"): ["/instansi", f"/instansi/bagian/{open_part(report)}"],
        (Role.AGENCY_ADMIN, ""): [
            case,
            *(f"{case}/{slug}" for slug in ("minta-bagian", "batal-bagian", "ppid", "surat", "jawab-audiensi")),
            "/meja?antrean=audiensi",
        ],
    }
    for (role, agency), addresses in staff.items():
        page = sign_in(open_context(**given), cast, role, agency)
        for nth, address in enumerate(addresses):
            page.goto(address)
            judged(page, f"parts-{role}-{nth}-{width}-{scheme}")
            if address.startswith("/instansi/") and width == 360 and scheme == "light":
                keyboard_walk(page)
    reporter = open_context(**given).new_page()
    reporter.goto(f"/l/{made.code}")
    judged(reporter, f"parts-track-{width}-{scheme}")
