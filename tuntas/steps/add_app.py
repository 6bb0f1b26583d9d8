"""Keeping an authenticator app, once it showed a right code."""

from datetime import datetime

from django.db import transaction

from tuntas.kit.errors import Invalid
from tuntas.kit.totp import step_of
from tuntas.kit.words import Say
from tuntas.people.factors import LONGEST_NAME, secret_of
from tuntas.people.models import Challenge, Factor, FactorKind
from tuntas.rules.text import checked
from tuntas.steps.challenges import answer, asked
from tuntas.steps.second import keep_sure, slowed

WRONG_CODE = Say(
    "Kode tidak cocok. Periksa jam HP, lalu tulis kode terbaru.", "No match. Check the phone's clock; use the newest."
)


def secret_asked(person_id: int, token: str, *, real_now: datetime) -> bytes:
    """Return the secret that waits for its first code, to be shown to its owner. Raises NotFound."""
    return secret_of(_made(person_id, asked(token, "app", person_id, real_now=real_now)))


def add_app(person_id: int, token: str, code: str, *, name: str, session_id: int, real_now: datetime) -> None:
    """Keep an authenticator app that shows a right code; their session counts as shown with it.

    Raises Invalid at /name or /code, NotFound where the time is over, TooOften.
    """
    name = checked(name, "/name", most=LONGEST_NAME)
    challenge = asked(token, "app", person_id, real_now=real_now)
    factor = _made(person_id, challenge)
    with slowed(person_id, real_now=real_now):
        step = step_of(secret_of(factor), "".join(code.split()), after=0, real_now=real_now)
        if step is None:
            raise Invalid.field("/code", WRONG_CODE)
    factor.name, factor.counter, factor.created_at, factor.used_at = name, step, real_now, real_now
    with transaction.atomic():
        answer(challenge)
        factor.save()
        keep_sure(session_id, person_id, by_factor=True, real_now=real_now)


def _made(person_id: int, challenge: Challenge) -> Factor:
    secret = bytes.fromhex(challenge.state["secret"])
    return Factor(person_id=person_id, kind=FactorKind.TOTP, secret=secret)
