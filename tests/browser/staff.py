"""People of the staff in browsers of their own, who sign in as anybody does: by the form."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.cast import Cast
from tests.office import PASSWORD
from tuntas import steps
from tuntas.rules.who import Role


def sign_in(
    context: BrowserContext, cast: Cast, role: Role, agency: str = "", *, also: Role | None = None, until: str = ""
) -> Page:
    """Open a page and sign in as the person who holds *role*; return it where their work begins, or at *until*."""
    person = cast.person(role, agency, also=also)
    steps.set_password([person.email], PASSWORD)
    page = context.new_page()
    page.goto("/masuk")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    if until:
        expect(page).to_have_url(f"{page.url.split('/masuk')[0]}{until}")
    else:
        expect(page).not_to_have_url(f"{page.url.split('/masuk')[0]}/masuk")
    return page


def virtual_passkey(page: Page) -> str:
    """Give the page's browser a device that makes and shows passkeys and always finds its owner; return its id."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made: str = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return made
