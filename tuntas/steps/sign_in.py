from datetime import datetime
from secrets import token_urlsafe

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from tuntas.kit.errors import Invalid
from tuntas.kit.problems import TooOften
from tuntas.kit.words import Say
from tuntas.people.models import Person, Session
from tuntas.people.sessions import LONGEST, session_hash
from tuntas.rules.text import trouble_with
from tuntas.steps.limit import seconds_to_wait

WRONG = Say("E-mail atau kata sandi tidak cocok. Periksa lagi.", "E-mail and password do not match. Check again.")
SLOWER = Say(
    "Terlalu banyak percobaan. Tunggu {seconds} detik, lalu coba lagi.",
    "Too many tries. Wait {seconds} seconds, then try again.",
)
TRIES, PER_SECONDS = 10, 600  # for one account from one network; its colleagues there are not held up
LONGEST_EMAIL = 254
LONGEST_PASSWORD = 500  # letters; hashing more is work for nothing


def sign_in(email: str, password: str, *, device: str, address: str, real_now: datetime) -> str:
    """Open a session for somebody who knows their password; return its key, which is kept nowhere.

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
    key = token_urlsafe(32)
    with transaction.atomic():
        Session.objects.filter(person=person, started_at__lt=real_now - LONGEST).delete()
        Session.objects.create(
            person=person, hash=session_hash(key), device=device[:200], started_at=real_now, seen_at=real_now
        )
        Person.objects.filter(pk=person.pk).update(last_login=real_now)
    return key


def _is_right(person: Person | None, password: str) -> bool:
    if person is None:
        make_password(password)  # takes as long as comparing, so that nobody learns who works here
        return False
    return check_password(password, person.password)
