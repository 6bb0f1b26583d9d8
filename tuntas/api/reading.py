"""Reading one report, as far as the caller may; and files."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.api.callers import SIGN_IN, Caller, caller_of
from tuntas.api.open import reports as open_reports
from tuntas.kit import files
from tuntas.kit.answers import json_answer, respond
from tuntas.kit.errors import NOT_FOUND, NotFound
from tuntas.kit.problems import NoCredentials, language_of
from tuntas.kit.time import current_time
from tuntas.kit.words import Language
from tuntas.publications.queries import copy_for_all, public_view, publication_named
from tuntas.reports.queries import file_of, report_for
from tuntas.reports.told import staff_view, track_view
from tuntas.rules.life import acts_of
from tuntas.rules.thread import Json
from tuntas.rules.who import is_public, may_read

if TYPE_CHECKING:
    from tuntas.reports.models import File, Report


def get_report(request: HttpRequest, number: str) -> HttpResponse:
    """Return a report: what everybody may read, or more with credentials."""
    if "Authorization" not in request.headers:
        return open_reports.get_public(request, number)
    caller, now = caller_of(request), current_time()
    report = report_for(caller.actor, number)
    if caller.mistake is not None:
        raise caller.mistake
    if caller.actor.person_id is not None and may_read(caller.actor, report):
        report = steps.fetch(report, by=caller.actor, now=now)
    return respond(json_answer(view_for(report, caller, language=language_of(request), now=now)), request)


def view_for(report: "Report", caller: Caller, *, language: Language, now: datetime) -> Json:
    """Return what *caller* may see of a report now; after an act that may be less than before."""
    if caller.actor.report_id == report.pk:
        return track_view(report, language=language, now=now)
    if may_read(caller.actor, report):
        return staff_view(report, caller.actor, language=language, now=now)
    found = publication_named(report.number or "")
    if found is not None and caller.is_stranger:
        return public_view(found, language=language, now=now)
    if found is not None:
        return {**public_view(found, language=language, now=now), "acts": acts_of(caller.actor, report)}
    return {"number": report.number, "acts": []}


def get_track(request: HttpRequest) -> HttpResponse:
    """Return the reporter's own view. One query."""
    caller = caller_of(request)
    if caller.report is None:
        raise caller.mistake or NoCredentials(SIGN_IN)
    view = track_view(caller.report, language=language_of(request), now=current_time())
    return respond(json_answer(view), request)


def get_file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Return a clean photo, or how far it has come, to those who may see its report; else the copy for everybody."""
    file = file_of(file_id)
    name = None if file is None else _copy_for(request, file)
    if file is None or name is None:
        raise NotFound(NOT_FOUND)
    if file.state != "ready":
        return respond(json_answer({"file_id": file.pk, "state": file.state}), request)
    try:
        data = files.get(f"{name}.small.jpg" if "small" in request.GET else f"{name}.jpg")
    except FileNotFoundError as error:
        raise NotFound(NOT_FOUND) from error
    response = HttpResponse(data, content_type="image/jpeg")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store"
    return response


def _copy_for(request: HttpRequest, file: "File") -> str | None:
    """Return the name, without its ending, of the copy of a photo that the caller may see; None where none is."""
    report, clean = file.report, str(file.pk)
    if report is None:
        return clean if steps.is_attachable(file, now=current_time()) else None
    caller = caller_of(request)  # bad credentials see what everybody does, and 404 comes before 401
    if caller.actor.report_id == report.pk:
        return clean if clean in orjson.dumps(report.thread).decode() else None
    if caller.actor.person_id is not None and may_read(caller.actor, report):
        return clean
    return copy_for_all(clean, report.number or "") if is_public(report) else None
