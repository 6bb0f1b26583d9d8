"""What a form asks of a phone before it goes on: compute for a moment, or wait where it runs no scripts."""

from dataclasses import dataclass
from datetime import datetime

import orjson
from django.http import HttpRequest
from django.templatetags.static import static

from tuntas.kit.problems import TooOften
from tuntas.kit.time import real_time
from tuntas.steps.weigh import Sender
from tuntas.web.citizen.patience import SECONDS, is_patient, ticket_for

PROOF, TICKET = "bukti", "tiket"  # the fields in which a form carries them


@dataclass(frozen=True, slots=True)
class Effort:
    """What the part ``ui/effort.html`` shows and asks."""

    challenge: str  # JSON
    solver: str  # the address of the script that computes; "" where it was not built, and everybody waits
    ticket: str  # for who waits
    seconds: int = SECONDS


def effort_of(slower: TooOften, form: str) -> Effort:
    """Return what to show where *form* goes on only after some effort."""
    challenge = orjson.dumps(slower.challenge).decode()
    return Effort(challenge, solver(), ticket_for(form, real_now=real_time()))


def sender_of(request: HttpRequest, form: str, *, began: float = 0, now: datetime) -> Sender:
    """Return who sends a form, with the effort they show for it.

    began   when its first step was filled in, in seconds since 1970; 0 where it has one step only
    """
    real_now = real_time()
    return Sender(
        address=request.META.get("REMOTE_ADDR", ""),
        form=form,
        real_now=real_now,
        proof=request.POST.get(PROOF, ""),
        has_waited=is_patient(request.POST.get(TICKET, ""), form, real_now=real_now),
        seconds=now.timestamp() - began if began else None,
    )


def solver() -> str:
    """Return the address of the script that computes; "" where it was not built."""
    try:
        return static("js/effort_solver.js")
    except ValueError:
        return ""
