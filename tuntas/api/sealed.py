"""The sealed room's doors: whose keys to close to, what comes closed, and what the reporter's own key opens."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, UnreadablePostError

from tuntas import steps
from tuntas.api.answers import CUT_OFF, TOO_LARGE, bytes_at, bytes_of, do_once, read_body
from tuntas.api.callers import SIGN_IN, Caller, caller_of
from tuntas.api.effort import sender_of
from tuntas.api.intake import slow_strangers
from tuntas.api.schemas_sealed import SealedIn
from tuntas.kit import files
from tuntas.kit.answers import Answer, json_answer, respond
from tuntas.kit.errors import NOT_FOUND, Invalid, NotFound, TooLarge
from tuntas.kit.problems import NoCredentials
from tuntas.kit.time import current_time
from tuntas.reports.envelopes import is_told
from tuntas.reports.told import promises_of
from tuntas.sealed.queries import directory, envelope_of
from tuntas.steps.limit import FILES_AN_HOUR
from tuntas.steps.submit_sealed import SealedStory
from tuntas.steps.weigh import weigh_closed

LARGEST = 17 * 1024 * 1024  # a file of 16 MB, what fills it up and what closes it


def get_recipients(request: HttpRequest) -> HttpResponse:
    """Return the signed list of readers, exactly as it was signed; nothing where none was signed yet."""
    found = directory()
    told = {
        "document": found.document if found else None,
        "signature": found.signature if found else None,
        "signer": found.signer if found else None,
        "version": found.version if found else None,
    }
    return respond(json_answer(told), request)


def post_file(request: HttpRequest) -> HttpResponse:
    """Keep one closed file; name it in a report or an act within a day."""
    caller, now, data = Caller(), current_time(), _bytes_of(request)

    def do() -> Answer:
        slow_strangers(request, caller, "files", FILES_AN_HOUR)
        return json_answer({"file_id": steps.keep_sealed_file(data, now=now)}, 201)

    return do_once(request, caller, do, body=data, now=now)


def _bytes_of(request: HttpRequest) -> bytes:
    """Return a body longer than those of forms, read no further than is taken. Raises TooLarge, Invalid."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > LARGEST:
        raise TooLarge(TOO_LARGE)
    try:
        data: bytes = request.read(LARGEST + 1)
    except UnreadablePostError as error:
        raise Invalid.field("", CUT_OFF) from error
    if len(data) > LARGEST:
        raise TooLarge(TOO_LARGE)
    return data


def post_sealed(request: HttpRequest) -> HttpResponse:
    """Take in a report that was closed in the reporter's browser; the code never comes here."""
    caller, now = Caller(), current_time()

    def do() -> Answer:
        weigh_closed(sender_of(request, bytes_of(request)))
        report = steps.submit_sealed(_story(read_body(request, SealedIn)), now=now).report
        told = {
            "state": report.state,
            "face": report.face,
            "received_at": report.received_at,
            "promises": promises_of(report, report.received_at),
        }
        return json_answer(told, 201)

    return do_once(request, caller, do, now=now)


def _story(given: SealedIn) -> SealedStory:
    """Return what came, with its bytes read. Raises Invalid."""
    closed = [(n, one) for n, one in enumerate(given.envelopes) if one.kind == "story"]
    return SealedStory(
        lookup=given.lookup,
        recipient=given.recipient,
        reporter=given.reporter,
        story=bytes_at(closed[0][1].data or "", f"/envelopes/{closed[0][0]}/data") if len(closed) == 1 else b"",
        file_ids=[one.file_id for one in given.envelopes if one.kind == "file" and one.file_id],
        wrapped_keys={who: bytes_at(key, f"/wrapped_keys/{who}") for who, key in given.wrapped_keys.items()},
        excluded=given.exclude or [],
    )


def get_file(request: HttpRequest, file_id: str) -> HttpResponse:
    """Return a closed file's bytes to who holds the code of its report; another's is not there at all."""
    caller = caller_of(request)
    if caller.report is None:
        raise caller.mistake or NoCredentials(SIGN_IN)
    try:
        found = envelope_of(UUID(file_id))
    except ValueError as error:
        raise NotFound(NOT_FOUND) from error
    if found is None or found.data is not None or not is_told(caller.report, found):
        raise NotFound(NOT_FOUND)
    try:
        data = files.get(f"{found.pk}.age")
    except FileNotFoundError as error:
        raise NotFound(NOT_FOUND) from error
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Cache-Control"] = "no-store"
    return response
