"""Asking a browser to show a passkey."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tuntas.kit.passkeys import ask_to_show
from tuntas.kit.problems import TooOften
from tuntas.people.models import Factor, FactorKind
from tuntas.steps.challenges import ask, asked
from tuntas.steps.limit import seconds_to_wait
from tuntas.steps.second import SLOWER

AN_HOUR = 300  # from one network; an office signs in together in the morning


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser is asked, and the token with which it answers."""

    token: str
    options: dict[str, Any]


def ask_passkey(person_id: int | None = None, *, half: str = "", address: str, real_now: datetime) -> Asked:
    """Ask for a passkey: of that person; of the one who is half signed in; else any of this site.

    Raises NotFound where the half is over, TooOften.
    """
    wait = seconds_to_wait("ask passkey", address, most=AN_HOUR, per_seconds=3600, real_now=real_now)
    if wait:
        raise TooOften(SLOWER.fill(seconds=wait), wait)
    if half:
        person_id = asked(half, "second", real_now=real_now).person_id
    handles = None if person_id is None else _handles_of(person_id)
    options, state = ask_to_show(handles)
    return Asked(ask("passkey", person_id, {"passkey": state}, real_now=real_now), options)


def _handles_of(person_id: int) -> list[str]:
    own = Factor.objects.filter(person_id=person_id, kind=FactorKind.PASSKEY)
    return [handle for handle in own.values_list("handle", flat=True) if handle]
