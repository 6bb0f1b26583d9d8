"""Passkeys in real Chromium with a virtual device: made, then shown in place of a password, and before what matters."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import OpenContext
from tests.browser.judge import axe, look, no_sideways, targets
from tests.browser.server import Site
from tests.browser.staff import sign_in, virtual_passkey
from tests.cast import Cast
from tuntas import steps
from tuntas.kit.time import real_time
from tuntas.kit.totp import code_at, step_at
from tuntas.people.models import Factor, Session
from tuntas.rules.who import Role

SECRET = b"12345678901234567890"


def add_passkey(page: Page) -> None:
    page.goto("/akun/faktor")
    page.get_by_role("link", name="Tambah kunci sandi").click()
    page.get_by_label("Nama perangkat ini").fill("Laptop meja")
    page.get_by_role("button", name="Buat kunci sandi").click()
    expect(page.get_by_role("button", name="Hapus Laptop meja")).to_be_visible()


def sign_out(page: Page) -> None:
    page.locator(".c-deskbar__me summary").click()
    page.get_by_role("button", name="Keluar").click()
    expect(page).to_have_url(re.compile("/masuk$"))


def test_a_passkey_is_made_and_opens_the_door_without_a_password(desk: BrowserContext, cast: Cast, site: Site) -> None:
    page = sign_in(desk, cast, Role.AGENCY_ADMIN)
    virtual_passkey(page)
    add_passkey(page)
    sign_out(page)
    page.get_by_role("button", name="Pakai kunci sandi").click()
    expect(page).to_have_url(re.compile("/meja"))
    assert Session.objects.get().second_at is not None
    Session.objects.update(sure_at=None)
    page.goto("/akun/token")
    page.get_by_label("Untuk program apa").fill("Ekspor")
    page.get_by_label("Membaca").check()
    page.get_by_role("button", name="Buat token").click()
    page.get_by_role("button", name="Pakai kunci sandi").click()
    page.get_by_role("button", name="Coba kirim lagi").click()
    expect(page.get_by_text("Token ini tidak ditampilkan lagi")).to_be_visible()


def test_a_code_opens_what_matters(phone: BrowserContext, cast: Cast, site: Site) -> None:
    person = cast.person(Role.AGENCY_ADMIN)
    steps.give_app(person.email, SECRET, name="HP", real_now=real_time())
    page = sign_in(phone, cast, Role.AGENCY_ADMIN)
    page.goto("/akun/faktor/aplikasi")
    expect(page.get_by_role("heading", name="Pastikan ini Anda")).to_be_visible()
    page.get_by_label("Kode enam angka").fill(code_at(SECRET, step_at(real_time())))
    page.get_by_role("button", name="Lanjut").click()
    expect(page.get_by_role("heading", name="Tambah aplikasi kode")).to_be_visible()
    assert Factor.objects.count() == 1


PHONE, DESK = {"width": 360, "height": 740}, {"width": 1440, "height": 900}


@pytest.mark.parametrize(("size", "colours"), [(PHONE, "light"), (DESK, "dark")], ids=["phone", "desk"])
def test_the_pages_are_whole_for_everybody(
    open_context: OpenContext, cast: Cast, size: dict[str, int], colours: str
) -> None:
    page = sign_in(open_context(viewport=size, color_scheme=colours), cast, Role.AGENCY_ADMIN)

    def judge(name: str) -> None:
        look(page, f"faktor-{size['width']}-{name}")
        axe(page)
        no_sideways(page)
        targets(page)

    for name in ("faktor", "faktor/aplikasi", "faktor/kunci-sandi", "sandi"):
        page.goto(f"/akun/{name}")
        judge(name.replace("/", "-"))
    page.goto("/akun/token")
    page.get_by_role("button", name="Buat token").click()
    judge("token-galat")
    person = cast.person(Role.AGENCY_ADMIN)
    steps.give_app(person.email, SECRET, name="HP Dewi", real_now=real_time())
    page.goto("/akun/faktor/kode")
    page.get_by_role("button", name="Buat 10 kode baru").click()
    judge("kode")
    page.goto("/akun/faktor")
    judge("ada")
    page.goto("/akun/pastikan")
    judge("pastikan")


@pytest.mark.parametrize(("size", "colours"), [(PHONE, "dark"), (DESK, "light")], ids=["phone", "desk"])
@pytest.mark.usefixtures("real_installation")
def test_the_second_page_of_signing_in_is_whole_and_says_what_is_wrong(
    open_context: OpenContext, cast: Cast, size: dict[str, int], colours: str
) -> None:
    person = cast.person(Role.AGENCY_ADMIN)
    steps.give_app(person.email, SECRET, name="HP Dewi", real_now=real_time())
    page = sign_in(open_context(viewport=size, color_scheme=colours), cast, Role.AGENCY_ADMIN, until="/masuk/kedua")
    for name in ("kedua", "kedua-galat"):
        look(page, f"masuk-{name}-{size['width']}")
        axe(page)
        no_sideways(page)
        targets(page)
        page.get_by_role("button", name="Lanjut").click()
        expect(page.get_by_role("alert")).to_contain_text("Tulis kode dari aplikasi")
    page.get_by_label("Kode enam angka").fill(code_at(SECRET, step_at(real_time())))
    page.get_by_role("button", name="Lanjut").click()
    expect(page).to_have_url(re.compile("/meja"))
