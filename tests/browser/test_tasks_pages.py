"""The agencies' pages in real browsers: within reach of everybody, with and without scripts, light and dark."""

from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import OpenContext
from tests.browser.field_walk import WORDS, answers_of
from tests.browser.judge import axe, keyboard_walk, look, no_sideways, targets
from tests.browser.staff import sign_in
from tests.browser.states import PLACE, City
from tests.browser.test_form_photos import photo
from tests.browser.watch import Watch
from tests.cast import Cast
from tests.make import Made
from tests.steps.seen import fresh
from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.rules.life import State
from tuntas.rules.who import Role


@pytest.fixture
def town(browser: Browser, site: object) -> City:
    return City(Cast(), current_time())


@pytest.fixture
def made(town: City) -> Made:
    return town.brought(State.IN_PROGRESS)


def judge(page: Page, name: str) -> None:
    look(page, name)
    axe(page)
    no_sideways(page)
    targets(page)


@pytest.mark.parametrize("size", [{"width": 360, "height": 740}, {"width": 1440, "height": 900}], ids=["360", "1440"])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_every_page_is_within_reach(
    open_context: OpenContext, town: City, size: dict[str, int], colours: Literal["light", "dark"]
) -> None:
    offered, late = town.brought(State.TRANSFER_PENDING), town.brought(State.DISPATCHED, hours=60)
    done, new = town.brought(State.AWAITING_VALIDATION), town.brought(State.DISPATCHED, hours=3)
    suffix = f"{size['width']}-{colours}"
    liaison = sign_in(open_context(viewport=size, color_scheme=colours), town.cast, Role.LIAISON, "dinas-pupr")
    for name, address in (
        ("tasks", "/instansi"),
        ("task-new", f"/instansi/tugas/{new.report.number}"),
        ("task-late", f"/instansi/tugas/{late.report.number}?hasil=waktu"),
        ("task-not-ours", f"/instansi/tugas/{new.report.number}?hasil=bukan"),
        ("task-waits", f"/instansi/tugas/{done.report.number}"),
        ("checks-own", "/instansi/cek"),
        ("outbox", "/instansi/kotak-keluar"),
    ):
        liaison.goto(address)
        judge(liaison, f"{name}-{suffix}")
    keyboard_walk(liaison)
    validator = sign_in(open_context(viewport=size, color_scheme=colours), town.cast, Role.RESPONSE_VALIDATOR)
    for name, address in (("checks", "/instansi/cek"), ("check", f"/instansi/cek/{done.report.number}")):
        validator.goto(address)
        judge(validator, f"{name}-{suffix}")
    other = sign_in(open_context(viewport=size, color_scheme=colours), town.cast, Role.LIAISON, "dlh")
    other.goto(f"/instansi/tugas/{offered.report.number}")
    judge(other, f"task-offered-{suffix}")


def test_what_is_wrong_is_said_at_its_field(
    phone: BrowserContext, made: Made, town: City, scripts: bool, watch: Watch
) -> None:
    watch.allow("answered 422: .*/instansi/tugas/")  # the outbox asks first, the page shows why
    page = sign_in(phone, town.cast, Role.LIAISON, "dinas-pupr")
    page.goto(f"/instansi/tugas/{made.report.number}")
    page.get_by_label("Sudah selesai").check()
    page.get_by_label("Jawaban untuk pelapor").fill(WORDS)
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("perlu bukti")
    expect(page.get_by_label("Jawaban untuk pelapor")).to_have_value(WORDS)
    if scripts:
        judge(page, "task-wrong")


def test_a_task_is_answered_with_a_photo_with_and_without_scripts(
    phone: BrowserContext, made: Made, town: City, scripts: bool
) -> None:
    page = sign_in(phone, town.cast, Role.UNIT_HANDLER, "dinas-pupr")
    page.goto("/instansi")
    page.locator(f"[data-nomor='{made.report.number}'] a").click()
    page.get_by_label("Sudah selesai").check()
    page.locator("input[type=file][multiple]").set_input_files([photo("IMG_1.jpg", (1200, 900), is_placed=True)])
    if scripts:
        expect(page.locator(".c-thumb__cap")).to_contain_text("dari titik")
    page.get_by_label("Jawaban untuk pelapor").fill(WORDS)
    if scripts:
        expect(page.locator("[data-lampu] li")).to_have_count(5)
        look(page, "task-lights")
        axe(page)
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.get_by_text(f"Terkirim: {made.report.number}.")).to_be_visible()
    assert answers_of(made.report) == [(WORDS, 1)]
    proof = made.report.events.get(act="propose_answer").files.get()
    assert (proof.lat, proof.lng) == pytest.approx((-6.957, 106.928), abs=0.001)


def test_a_validator_checks_with_and_without_scripts(desk: BrowserContext, town: City, scripts: bool) -> None:
    report = town.brought(State.AWAITING_VALIDATION).report
    page = sign_in(desk, town.cast, Role.RESPONSE_VALIDATOR)
    page.goto("/instansi/cek")
    page.get_by_role("link", name=str(report.number)).click()
    page.get_by_role("button", name="Setujui dan kirim ke pelapor").click()
    expect(page.get_by_text(f"Keputusan tersimpan: {report.number}.")).to_be_visible()
    assert fresh(report).state == State.ANSWERED


def test_tasks_are_sorted_on_the_phone_and_its_place_stays_there(phone: BrowserContext, town: City) -> None:
    far = town.told(20, lat=PLACE[0] - 0.02, lng=PLACE[1])
    near = town.told(20.1, lat=PLACE[0] - 0.004, lng=PLACE[1])
    for made in (far, near):
        made.report.refresh_from_db()
        steps.dispatch(made.report, by=town.cast.desk, agency="dinas-pupr", now=current_time())
    phone.grant_permissions(["geolocation"])
    phone.set_geolocation({"latitude": PLACE[0], "longitude": PLACE[1]})
    page = sign_in(phone, town.cast, Role.LIAISON, "dinas-pupr")
    page.goto("/instansi")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    page.get_by_role("button", name="Urutkan dari tempat saya").click()
    expect(page.locator("[data-jarak]").first).to_have_text("0,4 km")
    expect(page.locator("[data-nomor]").first).to_have_attribute("data-nomor", str(near.report.number))
    assert [one for one in sent if str(PLACE[1])[:6] in one] == []
    judge(page, "tasks-sorted")


def test_an_offer_is_taken_over_without_words(phone: BrowserContext, town: City, scripts: bool) -> None:
    report = town.brought(State.TRANSFER_PENDING).report
    page = sign_in(phone, town.cast, Role.LIAISON, "dlh")
    page.goto(f"/instansi/tugas/{report.number}")
    page.get_by_label("Terima, kami kerjakan").check()
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.get_by_text(f"Terkirim: {report.number}.")).to_be_visible()
    assert fresh(report).state == State.DISPATCHED
