"""Whether a second factor is the person's: code of an app, recovery code, passkey. None of them is taken twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from tuntas.kit.errors import Invalid
from tuntas.kit.ids import read_code
from tuntas.kit.passkeys import Unproven, handle_in, shown
from tuntas.kit.problems import TooOften
from tuntas.kit.totp import step_of
from tuntas.kit.words import Say
from tuntas.people.factors import recovery_hash, secret_of
from tuntas.people.models import Challenge, Factor, FactorKind, RecoveryCode, Session
from tuntas.steps.challenges import answer
from tuntas.steps.limit import forget_tries, seconds_to_wait

WRONG_CODE = Say(
    "Kode tidak cocok atau sudah dipakai. Tunggu kode berikutnya, lalu tulis.",
    "The code does not match or was used. Wait for the next one and write it.",
)
WRONG_PASSKEY = Say(
    "Kunci sandi tidak dikenali. Coba lagi atau pakai kode.", "This passkey is not known. Try again or use a code."
)
SLOWER = Say(
    "Terlalu banyak percobaan. Tunggu {seconds} detik, lalu coba lagi.",
    "Too many tries. Wait {seconds} seconds, then try again.",
)
TRIES, PER_SECONDS = 20, 3600  # wrong ones of one person, wherever they come from: a code has only six digits
LONGEST_CODE = 60


@contextmanager
def slowed(person_id: int, *, real_now: datetime) -> Iterator[None]:
    """Count a try to prove who somebody is; a right one counts for nothing. Raises TooOften."""
    what = f"second {person_id}"
    wait = seconds_to_wait(what, "", most=TRIES, per_seconds=PER_SECONDS, real_now=real_now)
    if wait:
        raise TooOften(SLOWER.fill(seconds=wait), wait)
    yield
    forget_tries(what, "", real_now=real_now)


def take_code(person_id: int, code: str, *, real_now: datetime) -> None:
    """Take the code of one of somebody's apps, or one of their recovery codes. Raises Invalid at /code."""
    digits = "".join(code[:LONGEST_CODE].split())
    if not (digits.isdecimal() and _is_of_an_app(person_id, digits, real_now)):
        symbols = read_code(code[:LONGEST_CODE])
        if symbols is None or not _is_on_paper(person_id, symbols, real_now):
            raise Invalid.field("/code", WRONG_CODE)


def _is_of_an_app(person_id: int, code: str, real_now: datetime) -> bool:
    for factor in Factor.objects.filter(person_id=person_id, kind=FactorKind.TOTP):
        step = step_of(secret_of(factor), code, after=factor.counter, real_now=real_now)
        if step is not None:  # of two at once that show the same code, one finds it taken
            fresh = Factor.objects.filter(pk=factor.pk, counter__lt=step)
            return bool(fresh.update(counter=step, used_at=real_now))
    return False


def _is_on_paper(person_id: int, code: str, real_now: datetime) -> bool:
    unused = RecoveryCode.objects.filter(person_id=person_id, hash=recovery_hash(person_id, code), used_at=None)
    return bool(unused.update(used_at=real_now))


def take_passkey(challenge: Challenge, given: str, *, person_id: int | None, real_now: datetime) -> int:
    """Take what a passkey signed; return whose it is. Raises Invalid at /passkey, NotFound.

    person_id   only theirs counts; None: whoever it belongs to
    """
    try:
        whose = {} if person_id is None else {"person_id": person_id}
        known = Factor.objects.filter(kind=FactorKind.PASSKEY, person__is_active=True, **whose)
        factor = known.filter(handle=handle_in(given)).first()
        if factor is None:
            raise Unproven
        counter = shown(challenge.state["passkey"], given, bytes(factor.secret))
    except Unproven as error:
        raise Invalid.field("/passkey", WRONG_PASSKEY) from error
    answer(challenge)
    if not _has_moved_on(factor, counter, real_now):
        raise Invalid.field("/passkey", WRONG_PASSKEY)
    return factor.person_id


def _has_moved_on(factor: Factor, counter: int, real_now: datetime) -> bool:
    """Keep a passkey's counter; one that stands still or goes back may be a copy. Many never count: always 0."""
    earlier = Factor.objects.filter(pk=factor.pk)
    earlier = earlier.filter(counter__lt=counter) if counter else earlier.filter(counter=0)
    return bool(earlier.update(counter=counter, used_at=real_now))


def keep_sure(session_id: int, person_id: int, *, by_factor: bool, real_now: datetime) -> None:
    """Keep that somebody showed again that it is them."""
    given = {"second_at": real_now} if by_factor else {}
    Session.objects.filter(pk=session_id, person_id=person_id).update(sure_at=real_now, **given)
