"""``/kelola`` in real browsers: within reach, and used by an administrator with and without scripts."""

from datetime import timedelta
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import OpenContext
from tests.browser.judge import axe, keyboard_walk, look, no_sideways, targets
from tests.browser.staff import sign_in
from tests.cast import Cast
from tests.make import bring, make_report
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.time import current_time
from tuntas.people.models import Person
from tuntas.rules.clock import Length, Unit
from tuntas.rules.life import Promise, State
from tuntas.rules.registers import Register
from tuntas.rules.who import Role

DECREE = "Perwal 9/2026"


@pytest.fixture
def town(browser: Browser, site: object) -> Cast:
    """A city in which one agency holds a report, one was changed and one will change."""
    cast, now = Cast(), current_time()
    bring(make_report(now), State.DISPATCHED, cast, now, agency="dlh")
    today = now.astimezone(installation().zone).date()
    told: dict[str, Any] = {"by": cast.desk, "now": now, "decree": DECREE}
    steps.change_register(Register.AGENCIES, "bpbd", {"short": "BPBD Kota"}, **told)
    coming = today + timedelta(days=9)
    steps.change_register(Register.AGENCIES, "bpbd", {"name": "Badan Tanggap Bencana"}, valid_from=coming, **told)
    return cast


def faults_of(page: Page, name: str) -> list[str]:
    """Return all that is wrong with the page that is open."""
    look(page, name)
    found = list[str]()
    for check in (axe, no_sideways, targets):
        try:
            check(page)
        except AssertionError as fault:
            found.append(f"{name}: {fault}")
    return found


@pytest.mark.parametrize("size", [{"width": 360, "height": 740}, {"width": 1440, "height": 900}], ids=["360", "1440"])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_pages_are_within_reach(
    open_context: OpenContext, town: Cast, size: dict[str, int], colours: Literal["light", "dark"]
) -> None:
    page = sign_in(open_context(viewport=size, color_scheme=colours), town, Role.AGENCY_ADMIN)
    rudi = town.person(Role.LIAISON, "dinas-pupr")
    pages = {
        "front": "/kelola",
        "agencies": "/kelola/instansi",
        "agency": "/kelola/instansi/bpbd",
        "topics": "/kelola/topik",
        "people": "/kelola/orang",
        "person": f"/kelola/orang/{rudi.pk}",
        "promises": "/kelola/janji",
        "promise": "/kelola/janji/answer",
        "calendar-add": "/kelola/tambah/kalender",
        "days": "/kelola/hari",
        "brand": "/kelola/merek/merek",
        "upload": "/kelola/unggah/instansi",
        "history": "/kelola/perubahan",
    }
    faults = list[str]()
    for name, address in pages.items():
        page.goto(address)
        faults += faults_of(page, f"manage-{name}-{size['width']}-{colours}")
    assert faults == [], "\n".join(faults)
    page.goto("/kelola/instansi/bpbd")
    keyboard_walk(page)


def test_an_admin_changes_a_promise_by_decree_from_friday_on(phone: BrowserContext, town: Cast, scripts: bool) -> None:
    page = sign_in(phone, town, Role.AGENCY_ADMIN)
    today = current_time().astimezone(installation().zone).date()
    friday = today + timedelta(days=(4 - today.weekday()) % 7 or 7)
    page.goto("/kelola/janji/answer")
    page.get_by_label("Lamanya").fill("24")
    page.get_by_label("Berlaku mulai").fill(str(friday))
    page.get_by_label("Dasar: nomor keputusan").fill(DECREE)
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("menunggu", exact=True)).to_be_visible()
    day = current_time() + (friday - today)
    assert installation().length_of(Promise.ANSWER, day) == Length(24, Unit.HOURS)
    assert installation().length_of(Promise.ANSWER, day - timedelta(days=1)) == Length(48, Unit.HOURS)


def test_an_admin_adds_an_agency_and_its_liaison(phone: BrowserContext, town: Cast, scripts: bool) -> None:
    page = sign_in(phone, town, Role.AGENCY_ADMIN)
    page.goto("/kelola/instansi")
    page.get_by_role("link", name="Tambah instansi").click()
    page.get_by_label("Kode").fill("dinas-taman")
    page.get_by_label("Nama", exact=True).fill("Dinas Pertamanan")
    page.get_by_label("Tingkat").select_option(index=2)
    page.get_by_label("Di bawah").select_option(index=1)
    page.get_by_label("Kalender kerja").select_option(index=1)
    page.get_by_label("Dasar: nomor keputusan").fill(DECREE)
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("heading", name="Dinas Pertamanan", level=1)).to_be_visible()
    page.goto("/kelola/tambah/orang")
    page.get_by_label("Surel").fill("sri@kota.example")
    page.get_by_label("Nama", exact=True).fill("Sri Lestari")
    page.get_by_label("Tugas 1", exact=True).select_option(label="narahubung")
    page.get_by_label("Di instansi, tugas 1").select_option(label="Dinas Pertamanan")
    page.get_by_label("Dasar: nomor keputusan").fill(DECREE)
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("heading", name="Sri Lestari", level=1)).to_be_visible()
    post = Person.objects.get(email="sri@kota.example").posts.get()
    assert (post.role, post.agency.slug) == ("liaison", "dinas-taman")


def test_what_would_strand_reports_or_cannot_be_read_is_refused(phone: BrowserContext, town: Cast) -> None:
    page = sign_in(phone, town, Role.AGENCY_ADMIN)
    page.goto("/kelola/instansi/dlh")
    page.get_by_label("Dipakai").uncheck()
    page.get_by_label("Dasar: nomor keputusan").fill(DECREE)
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator(".c-errors")).to_contain_text("Masih ada 1 laporan terbuka")
    page.goto("/kelola/merek/merek")
    page.get_by_label("Warna merek").fill("#ffee88")
    page.get_by_label("Dasar: nomor keputusan").fill(DECREE)
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator(".c-errors")).to_contain_text("Kontras dengan tulisan putih")
    assert faults_of(page, "manage-refused-360") == []
