"""Taking in reports and files."""

from hashlib import file_digest
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from tuntas import steps
from tuntas.api.answers import TOO_LARGE, bytes_of, do_once, read_body
from tuntas.api.callers import Caller, known_or_stranger
from tuntas.api.effort import sender_of
from tuntas.api.schemas import ReportIn
from tuntas.kit.answers import Answer, json_answer
from tuntas.kit.env import env
from tuntas.kit.errors import Invalid, TooLarge
from tuntas.kit.ids import show_code
from tuntas.kit.problems import TooOften, language_of
from tuntas.kit.sniff import LARGEST, MOST_BYTES, Kind
from tuntas.kit.time import current_time, real_time
from tuntas.kit.words import Say
from tuntas.people.tokens import Scope
from tuntas.reports.told import promises_of
from tuntas.steps.effort import SLOWER
from tuntas.steps.limit import FILES_AN_HOUR, seconds_to_wait, seconds_to_wait_for_bytes
from tuntas.steps.submit import Receipt, Story, Told
from tuntas.steps.weigh import weigh

NO_FILE = Say("Kirim satu berkas dalam isian “file”.", "Send one file in the field “file”.")
LARGEST_UPLOAD = LARGEST + 1024 * 1024  # one file and its envelope
LARGEST_PHOTO = MOST_BYTES[Kind.PHOTO]


def post_report(request: HttpRequest) -> HttpResponse:
    """Take in a report; the code comes back this once."""
    caller = known_or_stranger(request)
    caller.refuse_without(Scope.INTAKE)
    now, language = current_time(), language_of(request)

    def do() -> Answer:
        story = _story(read_body(request, ReportIn))
        if caller.actor.person_id is None:
            story = weigh(story, sender_of(request, bytes_of(request)))
        receipt = steps.submit(story, by=caller.actor, language=language, now=now)
        return json_answer(_receipt(receipt), 201)

    return do_once(request, caller, do, now=now)


def slow_strangers(request: HttpRequest, caller: Caller, what: str, an_hour: int) -> None:
    """Ask a network from which very much comes to wait a little. Raises TooOften."""
    if caller.actor.person_id is not None:
        return
    address = request.META.get("REMOTE_ADDR", "")
    wait = seconds_to_wait(what, address, most=an_hour, per_seconds=3600, real_now=real_time())
    if wait:
        raise TooOften(SLOWER.fill(seconds=wait), wait)


def _story(given: ReportIn) -> Story:
    reporter = given.reporter
    told = None if reporter is None else Told(reporter.name or "", reporter.phone or "", reporter.email or "")
    return Story(
        body=given.body,
        title=given.title or "",
        category=given.category or None,
        classification=given.classification or "",
        event_date=given.event_date,
        location_text=given.location_text or "",
        area=given.area or None,
        lat=given.lat,
        lng=given.lng,
        is_anonymous=given.is_anonymous,
        is_secret=given.is_secret,
        reporter=told,
        target_agency=given.target_agency or None,
        file_ids=given.file_ids,
    )


def _receipt(receipt: Receipt) -> dict[str, object]:
    report = receipt.report
    return {
        "number": report.number,
        "ref": None,
        "code": show_code(receipt.code),
        "state": report.state,
        "face": report.face,
        "url": f"{env().base_url}/l/{show_code(receipt.code)}",
        "promises": promises_of(report, report.received_at),
    }


def post_file(request: HttpRequest) -> HttpResponse:
    """Take in one file; attach its id to a report or an act within a day."""
    caller = known_or_stranger(request)
    caller.refuse_without(Scope.INTAKE)
    now, sent = current_time(), _uploaded(request)
    digest = file_digest(sent, "sha256").digest()

    def do() -> Answer:
        slow_strangers(request, caller, "files", FILES_AN_HOUR)
        if (sent.size or 0) > LARGEST_PHOTO:
            refuse_too_many_bytes(request, caller, sent.size or 0)
        sent.seek(0)
        file, _ = steps.upload_file(sent, name=sent.name or "", now=now)  # type: ignore[arg-type]  # a stream by duck
        return json_answer({"file_id": file.pk, "state": file.state}, 201)

    return do_once(request, caller, do, body=digest, now=now)


def refuse_too_many_bytes(request: HttpRequest, caller: Caller, many: int) -> None:
    """Ask a network that sent very much today to wait, before it sends more. Raises TooOften."""
    if caller.actor.person_id is not None:
        return
    address = request.META.get("REMOTE_ADDR", "")
    wait = seconds_to_wait_for_bytes(address, many, real_now=real_time())
    if wait:
        raise TooOften(SLOWER.fill(seconds=wait), wait)


def _uploaded(request: HttpRequest) -> "UploadedFile[Any]":
    """Return the one file. Raises TooLarge, Invalid."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > LARGEST_UPLOAD:
        raise TooLarge(TOO_LARGE)
    try:
        file = request.FILES.get("file")
    except RequestDataTooBig as error:
        raise TooLarge(TOO_LARGE) from error
    except (MultiPartParserError, UnreadablePostError, ValueError) as error:
        raise Invalid.field("/file", NO_FILE) from error
    if file is None:
        raise Invalid.field("/file", NO_FILE)
    return file
