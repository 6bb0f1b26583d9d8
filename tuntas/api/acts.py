"""Doing one act of the life table, by number or by code."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import orjson
from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.api.answers import bytes_at, do_once, read_body
from tuntas.api.callers import SIGN_IN, Caller, caller_of
from tuntas.api.intake import slow_strangers
from tuntas.api.reading import view_for
from tuntas.api.schemas import BODIES
from tuntas.kit.answers import Answer, json_answer
from tuntas.kit.errors import NOT_FOUND, Invalid, NotFound
from tuntas.kit.problems import NoCredentials, language_of
from tuntas.kit.time import current_time
from tuntas.kit.words import Say
from tuntas.people.tokens import Scope
from tuntas.reports.queries import report_for
from tuntas.rules.life import Act, may
from tuntas.rules.reasons import ArchiveReason, TransferReason
from tuntas.rules.text import Sealed
from tuntas.rules.who import STRANGER, may_read
from tuntas.steps.begin import refuse_led, refuse_wrong_person, refuse_wrong_state
from tuntas.steps.limit import FOLLOWS_AN_HOUR

if TYPE_CHECKING:
    from tuntas.reports.models import Report

CHOOSE = Say("Pilih salah satu: {known}.", "Choose one of: {known}.")
NOT_CLOSED = Say("Laporan ini tidak tersegel. Kirim tulisannya saja.", "This report is not sealed. Send the words.")
STEPS: dict[Act, Callable[..., object]] = {act: getattr(steps, act.value) for act in Act if act in BODIES}


def post_act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Do an act to the report of a number."""
    return _do(request, act, lambda caller: report_for(caller.actor, number))


def post_track_act(request: HttpRequest, act: str) -> HttpResponse:
    """Do an act to the report whose code is shown."""
    return _do(request, act, _own)


def _own(caller: Caller) -> "Report":
    if caller.report is None:
        raise caller.mistake or NoCredentials(SIGN_IN)
    return caller.report


def _do(request: HttpRequest, act: str, find: Callable[[Caller], "Report"]) -> HttpResponse:
    """Refuse in the order of CONTRACT 5: 404, 401, 403, 409, 413, 422; else do the step and show the view after it."""
    caller, now = caller_of(request), current_time()

    def do() -> Answer:
        if act not in set(Act):
            raise NotFound(NOT_FOUND)
        report = find(caller)
        if caller.mistake is not None or (caller.is_stranger and not _is_for_everybody(Act(act), report)):
            raise caller.mistake or NoCredentials(SIGN_IN)
        _step(Act(act), report, caller, request, now)
        report.refresh_from_db()
        if caller.actor.person_id is not None and may_read(caller.actor, report):
            report = steps.fetch(report, by=caller.actor, now=now)  # the view after an act is a look as well
        return json_answer(view_for(report, caller, language=language_of(request), now=now))

    if caller.mistake is not None:
        raise _refusal_of(do)
    return do_once(request, caller, do, now=now)


def _is_for_everybody(act: Act, report: "Report") -> bool:
    """Return whether *act* is done without credentials; to ``submit`` is another path."""
    return act in BODIES and may(STRANGER, act, report)


def _refusal_of(do: Callable[[], Answer]) -> Exception:
    """Return why a caller with bad credentials is refused: an unknown report comes before unknown credentials."""
    try:
        do()
    except (NotFound, NoCredentials) as no:
        return no
    except Exception as error:
        return error
    raise AssertionError("bad credentials did an act")


def _step(act: Act, report: "Report", caller: Caller, request: HttpRequest, now: datetime) -> None:
    caller.refuse_without(Scope.ACT)
    refuse_wrong_person(caller.actor, act, report)
    refuse_led(caller.actor, act, report)
    refuse_wrong_state(act, report)
    if act is Act.FOLLOW:
        slow_strangers(request, caller, "follows", FOLLOWS_AN_HOUR)
    body = read_body(request, BODIES[act], stand_in=_in_place_of_words)
    given = {name: value for name, value in body.model_dump().items() if value is not None or name in ("agency",)}
    if (closed := given.pop("envelope", None)) is not None:
        if not report.is_restricted:
            raise Invalid.field("/envelope", NOT_CLOSED)
        given["text"] = Sealed(bytes_at(closed, "/envelope"))
    if act is Act.FOLLOW:
        given["language"] = language_of(request)  # of the letters
    STEPS[act](report, by=caller.actor, now=now, **_named(act, given))


def _in_place_of_words(raw: bytes) -> bytes:
    """Return a body that has something where its words would be, if they come closed; the step gets the envelope."""
    try:
        given = orjson.loads(raw)
    except ValueError:
        return raw
    is_closed = isinstance(given, dict) and given.get("envelope") is not None
    return orjson.dumps({**given, "text": "…"}) if is_closed else raw


def _named(act: Act, given: dict[str, Any]) -> dict[str, Any]:
    """Return the body with its reason as the lists know it; DOMAIN writes archive reasons with "archive." in front."""
    if act is Act.ARCHIVE:
        given["reason_code"] = _one_of(ArchiveReason, given["reason_code"].removeprefix("archive."))
    elif act in (Act.TRANSFER, Act.DECLINE_TRANSFER):
        given["reason_code"] = _one_of(TransferReason, given["reason_code"].removeprefix("transfer."))
    elif act is Act.DISPATCH:
        given["category"] = given.get("category") or None
    elif act is Act.SPLIT:
        given["parts"] = [steps.Part(**part) for part in given["parts"]]
    elif act is Act.PUBLISH:
        given["photos"] = [steps.PhotoToShow(**photo) for photo in given["photos"]]
    return given


def _one_of(kind: type[ArchiveReason] | type[TransferReason], value: str) -> str:
    if value not in set(kind):
        raise Invalid.field("/reason_code", CHOOSE.fill(known=", ".join(kind)))
    return value
