"""A road report that nobody takes, from city to province and back to the arbiter, as each of them meets it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.judge import axe, keyboard_walk, look, no_sideways, targets
from tests.browser.staff import sign_in
from tests.browser.watch import Watch
from tests.cast import Cast
from tests.make import Made, bring, make_report
from tests.office import PASSWORD
from tests.steps.seen import fresh, last
from tests.tiers import PROVINCIAL, make_tiers
from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.people.models import Person
from tuntas.rules.life import State
from tuntas.rules.who import Actor, Role

OpenContext = Callable[..., BrowserContext]
ROAD = "Jalan raya antar kota berlubang besar di depan pasar, sudah dua minggu."


def as_person(context: BrowserContext, actor: Actor) -> Page:
    """Sign somebody in who is not of the cast."""
    assert actor.person_id is not None
    person = Person.objects.get(pk=actor.person_id)
    steps.set_password([person.email], PASSWORD)
    page = context.new_page()
    page.goto("/masuk")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    return page


def refuse(page: Page, made: Made, words: str) -> None:
    """Say on the task's page that it is not taken."""
    page.goto(f"/instansi/tugas/{made.report.number}")
    page.get_by_label("Tidak menerima").check()
    page.get_by_label("Alasannya").select_option("not_authority")
    page.get_by_label("Alasan Anda untuk pengirim").fill(words)
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text(made.report.number or "")


def offer(page: Page, made: Made, agency: str) -> None:
    """Offer it on the task's page of whoever holds it."""
    page.goto(f"/instansi/tugas/{made.report.number}")
    page.get_by_label("Bukan wewenang kami").check()
    page.get_by_label("Alasannya").select_option("other_tier")
    page.get_by_label("Instansi yang tepat").select_option(agency)
    page.locator("#teks").fill("Ruas ini jalan provinsi.")
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text(made.report.number or "")


@pytest.mark.usefixtures("changed_profile")
def test_a_road_report_bounces_between_city_and_province_until_the_arbiter_decides(
    open_context: OpenContext, cast: Cast, site: object, watch: Watch
) -> None:
    watch.allow("answered 404: .*/periksa$")  # lights that were asked for just before the task went to others
    tiers = make_tiers(cast)
    made = make_report(current_time(), body=ROAD)
    bring(made, State.DISPATCHED, cast, current_time())
    city = sign_in(open_context(), cast, Role.LIAISON, "dinas-pupr")
    province = as_person(open_context(), tiers.liaisons[PROVINCIAL])
    desk = sign_in(open_context(), cast, Role.AGENCY_ADMIN)

    for _ in range(2):
        offer(city, made, PROVINCIAL)
        refuse(province, made, "Ruas ini jalan kota.")
    city.goto(f"/instansi/tugas/{made.report.number}")
    expect(city.get_by_text("Dua kali ditolak. Meja aduan menentukan ke mana laporan ini.")).to_be_visible()
    expect(city.get_by_label("Bukan wewenang kami")).to_have_count(0)

    desk.goto("/meja?antrean=dikembalikan")
    expect(desk.locator(f"#b-{made.report.number}")).to_be_visible()
    desk.goto(f"/meja/kasus/{made.report.number}/alihkan")
    desk.get_by_label("Instansi tujuan").select_option(PROVINCIAL)
    desk.get_by_label("Alasan", exact=True).select_option("other_tier")
    desk.get_by_label("Penjelasan").fill("Menurut peta jalan, ini ruas provinsi.")
    desk.get_by_role("button", name="Tawarkan").click()
    refuse(province, made, "Tetap jalan kota.")
    assert fresh(made.report).awaits_arbiter

    reporter = open_context().new_page()
    reporter.goto(f"/l/{made.code}")
    expect(reporter.locator("main")).to_contain_text("Sekretaris Daerah menentukan siapa yang mengerjakan")
    expect(reporter.locator("main")).to_contain_text("Paling lambat")

    arbiter = as_person(open_context(), tiers.arbiter)
    arbiter.get_by_role("link", name=fresh(made.report).public_title).first.click()
    expect(arbiter.locator("main")).to_contain_text("Tetap jalan kota.")
    arbiter.get_by_role("link", name="Tentukan instansi").first.click()
    arbiter.get_by_label("Instansi tujuan").select_option(PROVINCIAL)
    arbiter.get_by_label("Alasan, untuk instansi dan meja aduan").fill("Statusnya jalan provinsi.")
    arbiter.get_by_role("button", name="Tentukan", exact=True).click()
    expect(arbiter.get_by_role("status")).to_contain_text(f"Keputusan tersimpan: {made.report.number}.")
    assert last(made.report).data == {"to_agency": PROVINCIAL}

    reporter.reload()
    expect(reporter.locator("main")).to_contain_text("Sekretaris Daerah menentukan: urusan Pu-Prov")
    reporter.goto(f"/laporan/{made.report.number}")
    expect(reporter.locator("main")).to_contain_text("Pindah tangan")


@pytest.mark.parametrize("width", [360, 1440])
def test_the_arbiters_pages_are_within_reach(desk: BrowserContext, cast: Cast, width: int) -> None:
    made = make_report(current_time(), body=ROAD)
    bring(made, State.DISPATCHED, cast, current_time())
    for by in (cast.liaison, cast.liaison, cast.desk):
        steps.transfer(
            made.report, by=by, agency="dlh", reason_code="not_authority", text="Urusan DLH.", now=current_time()
        )
        steps.decline_transfer(
            made.report, by=cast.other_liaison, reason_code="wrong_agency", text="Bukan kami.", now=current_time()
        )
    page = sign_in(desk, cast, Role.ARBITER)
    page.set_viewport_size({"width": width, "height": 900})
    case = f"/meja/kasus/{made.report.number}"
    staff = {"list": "/meja/arbitrase", "case": case, "form": f"{case}/tentukan"}
    for name, path in (staff | {"track": f"/l/{made.code}", "public": f"/laporan/{made.report.number}"}).items():
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            axe(page)
            look(page, f"arbiter-{name}-{width}-{scheme}")
        targets(page)
        no_sideways(page)
        keyboard_walk(page)
