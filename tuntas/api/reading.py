"""Reading one report, as far as the caller may; and files."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from tuntas import steps
from tuntas.api.callers import SIGN_IN, Caller, caller_of
from tuntas.api.open import reports as open_reports
from tuntas.kit import files
from tuntas.kit.answers import json_answer, respond
from tuntas.kit.errors import NOT_FOUND, NotFound
from tuntas.kit.problems import NoCredentials, language_of
from tuntas.kit.sending import photo_answer, send_file
from tuntas.kit.sniff import content_type
from tuntas.kit.time import current_time
from tuntas.kit.words import Language
from tuntas.people.tokens import Scope
from tuntas.publications.queries import copy_for_all, public_view, publication_named
from tuntas.reports.envelopes import seal_for_reporter
from tuntas.reports.opened import photo_by_code
from tuntas.reports.queries import file_of, report_for
from tuntas.reports.told import staff_view, track_view
from tuntas.rules.file_words import name_to_keep, trouble_of
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
    caller.refuse_without(Scope.READ)
    if caller.actor.person_id is not None and may_read(caller.actor, report):
        report = steps.fetch(report, by=caller.actor, now=now)
    return respond(json_answer(view_for(report, caller, language=language_of(request), now=now)), request)


def get_identity(request: HttpRequest, number: str) -> HttpResponse:
    """Return who a reporter is, to those to whom it is open; each reading is kept where the reporter sees it."""
    caller, now = caller_of(request), current_time()
    report = report_for(caller.actor, number)
    if caller.mistake is not None or caller.is_stranger:
        raise caller.mistake or NoCredentials(SIGN_IN)
    caller.refuse_without(Scope.READ)
    found = steps.read_identity(report, by=caller.actor, now=now)
    return respond(json_answer({"name": found.name, "phone": found.phone, "email": found.email}), request)


def view_for(report: "Report", caller: Caller, *, language: Language, now: datetime) -> Json:
    """Return what *caller* may see of a report now; after an act that may be less than before."""
    if caller.actor.report_id == report.pk:
        return own_view(report, language=language, now=now, code=caller.code)
    if may_read(caller.actor, report):
        return staff_view(report, caller.actor, language=language, now=now)
    found = publication_named(report.number or "")
    if found is not None and caller.is_stranger:
        return public_view(found, language=language, now=now)
    if found is not None:
        return {**public_view(found, language=language, now=now), "acts": acts_of(caller.actor, report)}
    return {"number": report.number, "acts": []}


def own_view(report: "Report", *, language: Language, now: datetime, code: str) -> Json:
    """Return the reporter's own view; of a sealed report with its envelopes and the key that opens them."""
    view = track_view(report, language=language, now=now, code=code)
    return {**view, "sealed": seal_for_reporter(report)} if report.is_restricted else view


def get_track(request: HttpRequest) -> HttpResponse:
    """Return the reporter's own view. One query; five for a sealed report."""
    caller = caller_of(request)
    if caller.report is None:
        raise caller.mistake or NoCredentials(SIGN_IN)
    view = own_view(caller.report, language=language_of(request), now=current_time(), code=caller.code)
    return respond(json_answer(view), request)


def get_file(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
    """Return a clean file, or how far it has come, to those who may see its report; else the copy for everybody."""
    file = file_of(file_id)
    if file is None and (opened := _opened_photo(request, file_id)) is not None:
        return opened
    name = None if file is None else _copy_for(request, file)
    if file is None or name is None:
        raise NotFound(NOT_FOUND)
    if file.state != "ready":
        told = {"file_id": file.pk, "state": file.state, "kind": file.kind}
        trouble = trouble_of(file.trouble)
        words = {"trouble": trouble.in_(language_of(request))} if trouble else {}
        return respond(json_answer(told | words), request)
    try:
        if file.kind != "photo":
            return _attachment(request, file)
        return photo_answer(files.get(f"{name}.small.jpg" if "small" in request.GET else f"{name}.jpg"))
    except FileNotFoundError as error:
        raise NotFound(NOT_FOUND) from error


def _opened_photo(request: HttpRequest, file_id: UUID) -> HttpResponse | None:
    """Return a photo of a report that was closed here, to the code that opens it."""
    if not request.headers.get("Authorization", "").lower().startswith("code "):
        return None
    caller = caller_of(request)
    if caller.report is None or not caller.report.is_restricted:
        return None
    data = photo_by_code(caller.report, caller.code, file_id)
    return None if data is None else photo_answer(data)


def _attachment(request: HttpRequest, file: "File") -> HttpResponseBase:
    """Return a file that is no photo, to be kept and not shown. Raises FileNotFoundError."""
    called = name_to_keep(file.name, file.kind, file.ending)
    kind = content_type(file.kind, file.ending)
    return send_file(request, f"{file.pk}.{file.ending}", called=called, content_type=kind)


def _copy_for(request: HttpRequest, file: "File") -> str | None:
    """Return the name, without its ending, of the copy of a photo that the caller may see; None where none is."""
    report, clean = file.report, str(file.pk)
    if report is None:
        return clean if steps.is_attachable(file, now=current_time()) else None
    caller = caller_of(request)  # bad credentials see what everybody does, and 404 comes before 401
    if caller.actor.report_id == report.pk:
        return clean if clean in orjson.dumps(report.thread).decode() else None
    if caller.actor.person_id is not None and caller.may(Scope.READ) and may_read(caller.actor, report):
        return clean
    is_shown = file.kind == "photo" and is_public(report)  # what is no photo is never for everybody
    return copy_for_all(clean, report.number or "") if is_shown else None
