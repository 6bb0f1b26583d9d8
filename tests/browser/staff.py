"""People of the staff in browsers of their own, who sign in as anybody does: by the form."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.cast import Cast
from tests.office import PASSWORD
from tuntas import steps
from tuntas.rules.who import Role


def sign_in(context: BrowserContext, cast: Cast, role: Role, agency: str = "") -> Page:
    """Open a page and sign in as the person who holds *role*; return it where their work begins."""
    person = cast.person(role, agency)
    steps.set_password([person.email], PASSWORD)
    page = context.new_page()
    page.goto("/masuk")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page).not_to_have_url(f"{page.url.split('/masuk')[0]}/masuk")
    return page
