"""Who calls: nobody, a person or machine with a token, or a reporter with a code or its lookup."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest

from tuntas.kit.errors import NotAllowed, NotFound
from tuntas.kit.problems import NoCredentials, TooOften
from tuntas.kit.time import current_time, real_time
from tuntas.kit.words import Say
from tuntas.people.queries import holder_of
from tuntas.people.tokens import Scope
from tuntas.rules.who import STRANGER, Actor
from tuntas.steps.note_token_use import note_token_use
from tuntas.steps.open_by_code import open_by_code
from tuntas.steps.open_by_lookup import open_by_lookup

if TYPE_CHECKING:
    from tuntas.reports.models import Report

SIGN_IN = Say("Tunjukkan token atau kode lacak Anda.", "Show your token or tracking code.")
BAD_TOKEN = Say("Token ini tidak kami kenal.", "We do not know this token.")
OTHER_USE = Say("Token ini tidak dibuat untuk hal itu.", "This token was not made for that.")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks; *mistake* says why the credentials shown are no good."""

    actor: Actor = STRANGER
    report: "Report | None" = None  # the report whose code was shown
    code: str = ""  # as it was typed; none where only its lookup was shown
    mistake: NoCredentials | TooOften | None = None
    scopes: frozenset[str] = frozenset()  # what the token may do of what its owner may; none: all of it

    @property
    def is_stranger(self) -> bool:
        return self.actor.person_id is None and self.actor.report_id is None

    @property
    def key(self) -> str:
        """What an Idempotency-Key is kept under."""
        only = f"/{','.join(sorted(self.scopes))}" if self.scopes else ""  # a lesser token repeats nothing of a greater
        return f"{self.actor.person_id}/{self.actor.report_id}{only}"

    def may(self, scope: Scope) -> bool:
        """Return whether what was shown is good for *scope* at all."""
        return not self.scopes or scope in self.scopes

    def refuse_without(self, scope: Scope) -> None:
        """Raise NotAllowed where the token was made for other things."""
        if not self.may(scope):
            raise NotAllowed(OTHER_USE)


def caller_of(request: HttpRequest) -> Caller:
    """Return who calls; bad credentials are kept, not raised, because 404 comes before 401."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    match scheme.lower():
        case "":
            return Caller()
        case "bearer":
            return _holder(value.strip())
        case "code":
            return _reporter(request, value, open_by_code, code=value)
        case "lookup":  # of a sealed report: its code stays with the reporter
            return _reporter(request, value.strip(), open_by_lookup)
    return Caller(mistake=NoCredentials(SIGN_IN))


def _holder(token: str) -> Caller:
    """Return whoever holds a token, and keep that it is in use."""
    real_now = real_time()
    holder = holder_of(token, now=current_time(), real_now=real_now)
    if holder is None:
        return Caller(mistake=NoCredentials(BAD_TOKEN))
    note_token_use(holder.token_id, holder.used_at, real_now=real_now)
    return Caller(holder.actor, scopes=holder.scopes)


def _reporter(request: HttpRequest, shown: str, open_by: Callable[..., "Report"], *, code: str = "") -> Caller:
    """Return the reporter of a code or a lookup, or what to say about a wrong one."""
    try:
        report = open_by(shown, address=request.META.get("REMOTE_ADDR", ""), real_now=real_time())
    except TooOften as slower:
        return Caller(mistake=slower)
    except NotFound as no:
        return Caller(mistake=NoCredentials(no.say))
    return Caller(Actor(report_id=report.pk), report, code)


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
