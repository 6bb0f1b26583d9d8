"""What goes wrong outside a step, as a plain sentence: a page for people, problem+json for programs."""

import errno
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from psycopg.errors import DiskFull
from psycopg_pool import PoolTimeout

from tuntas.kit.errors import NOT_FOUND, Invalid, Mistake, No
from tuntas.kit.problems import TITLES, TooOften, as_problem, language_of, problem_body, status_of
from tuntas.kit.structured_log import reference_at_work, where
from tuntas.kit.words import Say
from tuntas.web.bare import bare_page
from tuntas.web.typed import typed_again

log = logging.getLogger(__name__)

AWAY = Say(
    "Basis data sedang tidak bisa dihubungi. Tidak ada yang tersimpan setengah. Coba lagi sebentar lagi.",
    "The database cannot be reached now. Nothing is half-written. Try again in a moment.",
)
FULL = Say(
    "Penyimpanan kami penuh. Tidak ada yang tersimpan setengah. Coba lagi nanti.",
    "Our disk is full. Nothing is half-written. Try again later.",
)
OURS = Say(
    "Ada gangguan di pihak kami. Tulisan Anda tidak hilang. Coba kirim lagi.",
    "The fault is ours. Your text is not lost. Try sending again.",
)
OTHER_WAY = Say("Alamat ini tidak menerima cara itu.", "This address does not take that method.")
TOO_LARGE = Say("Kiriman ini terlalu besar.", "This is too large.")
UNREADABLE = Say("Kiriman ini tidak bisa dibaca.", "This request cannot be read.")
NOT_YOURS = Say("Ini bukan untuk Anda.", "This is not for you.")
PLAIN = {400: UNREADABLE, 403: NOT_YOURS, 404: NOT_FOUND, 405: OTHER_WAY, 500: OURS}
MACHINES = ("/api/", "/healthz", "/readyz", "/metrics")  # they read problem+json, or the status alone
WORTH_KEEPING = frozenset({409, 422, 429, 500, 503})  # what was typed may be taken after all, or copied
SECONDS_WITHOUT_DATABASE, SECONDS_WITHOUT_SPACE = 5, 60


@dataclass(frozen=True, slots=True)
class Failure:
    """What is told: the status, the sentence, when to try again, and the sign that is also in the log."""

    status: int
    say: Say
    seconds: int = 0
    reference: str = ""
    mistakes: tuple[Mistake, ...] = ()


class PlainFailures:
    """Turn failures into answers; the log says which and where, never what somebody wrote."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Whatever we say ourselves names its language; the framework's own pages do not.
        if response.status_code not in PLAIN or "Content-Language" in response or _is_json(response):
            return response
        status = 422 if response.status_code == 400 else response.status_code
        told = answer(request, Failure(status, PLAIN[response.status_code]))
        if "Allow" in response.headers:
            told["Allow"] = response["Allow"]
        return told

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer what nobody caught; Django makes its own 404 and 403, which become pages above."""
        if isinstance(error, Http404 | PermissionDenied):
            return None
        return answer(request, failure_of(request, error))


def failure_of(request: HttpRequest, error: Exception) -> Failure:
    """Return what to tell of an exception nobody caught; where the fault is ours it is logged under a reference."""
    if isinstance(error, No):
        seconds = error.seconds if isinstance(error, TooOften) else 0
        mistakes = error.mistakes if isinstance(error, Invalid) else ()
        return Failure(status_of(error), error.say, seconds, mistakes=mistakes)
    if isinstance(error, RequestDataTooBig):
        return Failure(413, TOO_LARGE)
    if isinstance(error, SuspiciousOperation | BadRequest | MultiPartParserError | UnreadablePostError):
        return Failure(422, UNREADABLE)
    reference = reference_at_work()
    if isinstance(error.__cause__, DiskFull):
        log.error("the database's disk is full, reference %s", reference)
        return Failure(503, FULL, SECONDS_WITHOUT_SPACE, reference)
    if isinstance(error, OperationalError | InterfaceError | PoolTimeout):
        log.error("database: %s, reference %s", type(error).__name__, reference)
        return Failure(503, AWAY, SECONDS_WITHOUT_DATABASE, reference)
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        log.error("disk full, reference %s", reference)
        return Failure(503, FULL, SECONDS_WITHOUT_SPACE, reference)
    log.error("%s at a %s, reference %s\n%s", type(error).__name__, request.method, reference, where(error))
    return Failure(500, OURS, reference=reference)


def answer(request: HttpRequest, failure: Failure) -> HttpResponse:
    """Return a failure as problem+json to programs, as a page to people."""
    if request.path.startswith(MACHINES):
        language = language_of(request)
        body = problem_body(failure.status, failure.say, language, failure.mistakes)
        response = as_problem(failure.status, body, language)
    else:
        response = _page(request, failure)
    if failure.seconds:
        response["Retry-After"] = str(failure.seconds)
    return response


def _page(request: HttpRequest, failure: Failure) -> HttpResponse:
    again = typed_again(request) if failure.status in WORTH_KEEPING else {"address": "/"}
    given = {
        **again,
        "failure": failure,
        "is_ours": failure.status >= 500,
        "is_sent": request.method == "POST",
        "title": PAGE_TITLES.get(failure.status) or TITLES[failure.status],
    }
    return bare_page(request, "pages/trouble.html", given, status=failure.status, otherwise=failure.say)


def _is_json(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").startswith("application/")


PAGE_TITLES = {
    403: NOT_YOURS,
    404: Say("Halaman tidak ada, atau bukan untuk Anda.", "There is no such page, or it is not for you."),
    405: Say("Halaman ini tidak bisa dibuka begini", "This page cannot be opened like this"),
    500: Say("Ada gangguan di pihak kami", "The fault is ours"),
    503: Say("Ada gangguan di pihak kami", "The fault is ours"),
}
