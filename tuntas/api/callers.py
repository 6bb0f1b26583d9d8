"""Who calls: nobody, a person or machine with a token, or a reporter with a code."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest

from tuntas.kit.errors import NotFound
from tuntas.kit.problems import NoCredentials, TooOften
from tuntas.kit.time import real_time
from tuntas.kit.words import Say
from tuntas.people.queries import actor_by_token
from tuntas.rules.who import STRANGER, Actor
from tuntas.steps.open_by_code import open_by_code

if TYPE_CHECKING:
    from tuntas.reports.models import Report

SIGN_IN = Say("Tunjukkan token atau kode lacak Anda.", "Show your token or tracking code.")
BAD_TOKEN = Say("Token ini tidak kami kenal.", "We do not know this token.")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks; *mistake* says why the credentials shown are no good."""

    actor: Actor = STRANGER
    report: "Report | None" = None  # the report whose code was shown
    mistake: NoCredentials | TooOften | None = None

    @property
    def is_stranger(self) -> bool:
        return self.actor.person_id is None and self.actor.report_id is None

    @property
    def key(self) -> str:
        """What an Idempotency-Key is kept under."""
        return f"{self.actor.person_id}/{self.actor.report_id}"


def caller_of(request: HttpRequest) -> Caller:
    """Return who calls; bad credentials are kept, not raised, because 404 comes before 401."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    match scheme.lower():
        case "":
            return Caller()
        case "bearer":
            actor = actor_by_token(value.strip())
            return Caller(mistake=NoCredentials(BAD_TOKEN)) if actor is None else Caller(actor)
        case "code":
            return _reporter(request, value)
    return Caller(mistake=NoCredentials(SIGN_IN))


def _reporter(request: HttpRequest, code: str) -> Caller:
    """Return the reporter of a code, or what to say about a wrong one."""
    try:
        report = open_by_code(code, address=request.META.get("REMOTE_ADDR", ""), real_now=real_time())
    except TooOften as slower:
        return Caller(mistake=slower)
    except NotFound as no:
        return Caller(mistake=NoCredentials(no.say))
    return Caller(Actor(report_id=report.pk), report)


def signed_in(request: HttpRequest) -> Caller:
    """Return a caller with a token. Raises NoCredentials."""
    caller = caller_of(request)
    if caller.mistake is not None or caller.actor.person_id is None:
        raise caller.mistake or NoCredentials(SIGN_IN)
    return caller


def known_or_stranger(request: HttpRequest) -> Caller:
    """Return any caller but one who shows bad credentials. Raises NoCredentials, TooOften."""
    caller = caller_of(request)
    if caller.mistake is not None:
        raise caller.mistake
    return caller
