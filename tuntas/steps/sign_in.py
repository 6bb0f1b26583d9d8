"""Signing in with a password: all of it, or the first half where a second factor is needed."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password

from tuntas.kit.errors import Invalid
from tuntas.kit.problems import TooOften
from tuntas.kit.words import Say
from tuntas.people.factors import has_factor, needs_second
from tuntas.people.models import Person
from tuntas.rules.text import trouble_with
from tuntas.steps.challenges import ask
from tuntas.steps.limit import seconds_to_wait
from tuntas.steps.open_session import open_session

WRONG = Say("E-mail atau kata sandi tidak cocok. Periksa lagi.", "E-mail and password do not match. Check again.")
SLOWER = Say(
    "Terlalu banyak percobaan. Tunggu {seconds} detik, lalu coba lagi.",
    "Too many tries. Wait {seconds} seconds, then try again.",
)
TRIES, PER_SECONDS = 10, 600  # for one account from one network; its colleagues there are not held up
LONGEST_EMAIL = 254
LONGEST_PASSWORD = 500  # letters; hashing more is work for nothing


@dataclass(frozen=True, slots=True)
class Entered:
    """How far somebody came: ``key`` of a session, or ``half``, the token with which the second factor is shown."""

    key: str = ""
    half: str = ""


def sign_in(email: str, password: str, *, device: str, address: str, real_now: datetime) -> Entered:
    """Let in somebody who knows their password, or ask for their second factor where one is needed.

    Who has none yet, and needs one, gets a session that opens nothing but the pages to set one up.

    device   how the browser names itself, so that its owner knows it again
    address  where the try comes from: ten in ten minutes for one account, then it is slowed down

    Raises Invalid where the two do not match, without saying which; TooOften.
    """
    email = email.strip().lower()
    if trouble_with(email, most=LONGEST_EMAIL) is not None:  # no address: the database would not even be asked
        raise Invalid.field("/password", WRONG)
    wait = seconds_to_wait(f"sign in {email}", address, most=TRIES, per_seconds=PER_SECONDS, real_now=real_now)
    if wait:
        raise TooOften(SLOWER.fill(seconds=wait), wait)
    person = Person.objects.filter(email__iexact=email, is_active=True).order_by("id").first()
    if not _is_right(person, password[:LONGEST_PASSWORD]) or person is None:
        raise Invalid.field("/password", WRONG)
    has_one = has_factor(person.pk)
    if has_one and needs_second():
        return Entered(half=ask("second", person.pk, {"device": device[:200]}, real_now=real_now))
    key = open_session(person.pk, device=device, second_at=None, is_sure=not has_one, real_now=real_now)
    return Entered(key=key)


def _is_right(person: Person | None, password: str) -> bool:
    if person is None:
        make_password(password)  # takes as long as comparing, so that nobody learns who works here
        return False
    return check_password(password, person.password)
