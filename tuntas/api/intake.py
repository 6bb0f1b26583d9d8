"""Taking in reports and photos."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from tuntas import steps
from tuntas.api.answers import TOO_LARGE, do_once, read_body
from tuntas.api.callers import Caller, known_or_stranger
from tuntas.api.schemas import ReportIn
from tuntas.kit.answers import Answer, json_answer
from tuntas.kit.env import env
from tuntas.kit.errors import Invalid, TooLarge
from tuntas.kit.ids import show_code
from tuntas.kit.problems import TooOften, language_of
from tuntas.kit.time import current_time, real_time
from tuntas.kit.words import Say
from tuntas.reports.told import promises_of
from tuntas.steps.limit import FILES_AN_HOUR, REPORTS_AN_HOUR, seconds_to_wait
from tuntas.steps.submit import Receipt, Story, Told

SLOWER = Say(
    "Banyak kiriman dari jaringan ini. Tunggu {seconds} detik, lalu kirim lagi. Tulisan Anda tidak hilang.",
    "Many reports come from this network. Wait {seconds} seconds, then send again. Your text is not lost.",
)
NO_FILE = Say("Kirim satu foto dalam isian “file”.", "Send one photo in the field “file”.")
LARGEST_UPLOAD = 11 * 1024 * 1024  # one photo of 10 MB and its envelope


def post_report(request: HttpRequest) -> HttpResponse:
    """Take in a report; the code comes back this once."""
    caller = known_or_stranger(request)
    now, language = current_time(), language_of(request)

    def do() -> Answer:
        slow_strangers(request, caller, "reports", REPORTS_AN_HOUR)
        given = read_body(request, ReportIn)
        receipt = steps.submit(_story(given), by=caller.actor, language=language, now=now)
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
    """Take in one photo; attach its id to a report or an act within a day."""
    caller = known_or_stranger(request)
    now, data = current_time(), _uploaded(request)

    def do() -> Answer:
        slow_strangers(request, caller, "files", FILES_AN_HOUR)
        file = steps.upload(data, now=now)
        return json_answer({"file_id": file.pk, "state": file.state}, 201)

    return do_once(request, caller, do, body=data, now=now)


def _uploaded(request: HttpRequest) -> bytes:
    """Return the bytes of the one photo. Raises TooLarge, Invalid."""
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
    data: bytes = file.read()
    return data
