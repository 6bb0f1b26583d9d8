"""Somebody at work: a test client that is signed in, as the pages of the staff want it."""

from django.test import Client

from tests.cast import Cast
from tuntas import steps
from tuntas.kit.time import real_time
from tuntas.people.models import Person
from tuntas.rules.who import Role
from tuntas.web.office.signed import COOKIE

PASSWORD = "sandi-contoh-123"
PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36"


def sign_in(client: Client, person: Person, device: str = PHONE) -> Client:
    """Sign *person* in on this client, past the form; give them the tests' password."""
    steps.set_password([person.email], PASSWORD)
    entered = steps.sign_in(person.email, PASSWORD, device=device, address="127.0.0.1", real_now=real_time())
    client.cookies[COOKIE] = entered.key
    return client


def at_work(cast: Cast, role: Role, agency: str = "", *, also: Role | None = None) -> Client:
    """Return a client of its own for the person of the cast who holds *role*."""
    return sign_in(Client(), cast.person(role, agency, also=also))
