"""The home page: report, track, and how the promise is kept this month."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse

from tuntas.agencies.installation import installation
from tuntas.kit.time import current_time
from tuntas.kit.words import Say
from tuntas.rules.clock import Unit
from tuntas.statistics.queries import figures
from tuntas.web.page import page
from tuntas.web.promise_words import answer_length, say_length
from tuntas.web.strips import strip_of

DAYS = 30
KEPT = Say("tepat waktu", "on time")
MISSED = Say("terlambat", "late")
WAITING = Say("belum jatuh tempo", "not due yet")


def home(request: HttpRequest) -> HttpResponse:
    """Show the home page."""
    here = installation()
    until = current_time().astimezone(here.zone).date()
    since = until - timedelta(days=DAYS - 1)
    length = answer_length(here)
    given = {
        "length": say_length(length),
        "holidays_count": length.unit is not Unit.WORKING_DAYS,
        "since": since,
        "until": until,
        "kept": _kept(figures(since, until)["totals"]),
        "done": [],
    }
    return page(request, "pages/home.html", given)


def _kept(totals: dict[str, int | None]) -> dict[str, Any] | None:
    """Return how the promise stands, or None where there are too few to tell."""
    received, kept, missed = totals["received"], totals["answer_kept"], totals["answer_missed"]
    if not received or kept is None or missed is None or not kept + missed:
        return None
    waiting = max(received - kept - missed, 0)
    return {
        "kept": kept,
        "due": kept + missed,
        "percent": round(100 * kept / (kept + missed)),
        "parts": strip_of((KEPT, "ok", kept), (MISSED, "late", missed), (WAITING, "mute", waiting)),
    }
