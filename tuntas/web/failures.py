"""What goes wrong outside a step, as a plain sentence: database away, disk full, our own mistake."""

import errno
import logging
from collections.abc import Callable

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from psycopg_pool import PoolTimeout

from tuntas.kit.errors import NOT_FOUND
from tuntas.kit.problems import problem
from tuntas.kit.words import Say

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
PLAIN = {404: NOT_FOUND, 405: OTHER_WAY, 400: UNREADABLE}


class PlainFailures:
    """Turn failures into answers; the log says which and where, never what somebody wrote."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_plain = not response.headers.get("Content-Type", "").startswith("application/")
        if request.path.startswith("/api/") and response.status_code in PLAIN and is_plain:
            status = 422 if response.status_code == 400 else response.status_code
            told = problem(request, status, PLAIN[response.status_code])
            if "Allow" in response.headers:
                told["Allow"] = response["Allow"]
            return told
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return failure(request, error)


def failure(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """Return the answer to an exception nobody caught, or None for those Django answers well."""
    if isinstance(error, Http404):
        return None
    if isinstance(error, RequestDataTooBig):
        return problem(request, 413, TOO_LARGE)
    if isinstance(error, SuspiciousOperation | BadRequest):
        return problem(request, 422, UNREADABLE)
    if isinstance(error, OperationalError | InterfaceError | PoolTimeout):
        log.error("database: %s", type(error).__name__)
        answer = problem(request, 503, AWAY)
        answer["Retry-After"] = "5"
        return answer
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        log.error("disk full")
        return problem(request, 503, FULL)
    log.exception("%s at a %s", type(error).__name__, request.method)
    return problem(request, 500, OURS)
