"""The home page: report, track, and how the promise is kept this month."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse

from tuntas.agencies.installation import installation
from tuntas.kit.time import current_time
from tuntas.kit.words import Say
from tuntas.publications.queries import photos_of, recently_done
from tuntas.rules.clock import Unit
from tuntas.statistics.queries import promise_of
from tuntas.statistics.told import Promised
from tuntas.web.page import page
from tuntas.web.promise_words import answer_length, say_length
from tuntas.web.strips import strip_of

if TYPE_CHECKING:
    from tuntas.publications.models import Publication

DAYS = 30
CARDS = 3
KEPT = Say("tepat waktu", "on time")
MISSED = Say("terlambat", "late")
WAITING = Say("belum jatuh tempo", "not due yet")


def home(request: HttpRequest) -> HttpResponse:
    """Show the home page."""
    here = installation()
    now = current_time()
    until = now.astimezone(here.zone).date()
    since = until - timedelta(days=DAYS - 1)
    length = answer_length(here, now)
    given = {
        "length": say_length(length),
        "holidays_count": length.unit is not Unit.WORKING_DAYS,
        "since": since,
        "until": until,
        "kept": _kept(promise_of(since, until)),
        "done": [_done(found) for found in recently_done(CARDS)],
    }
    return page(request, "pages/home.html", given)


def _kept(promised: Promised | None) -> dict[str, Any] | None:
    """Return how the promise stands, or None where there are too few to tell."""
    if promised is None or not promised.kept + promised.missed:
        return None
    due = promised.kept + promised.missed
    parts = ((KEPT, "ok", promised.kept), (MISSED, "late", promised.missed), (WAITING, "mute", promised.not_due))
    return {
        "kept": promised.kept,
        "due": due,
        "percent": round(100 * promised.kept / due),
        "parts": strip_of(*parts),
    }


def _done(found: "Publication") -> dict[str, Any]:
    """Return a report that its reporter called done, as a card with the photo of what was done."""
    here = installation()
    area = here.areas.get(found.area)
    took = None if found.closed_at is None else (found.closed_at - found.received_at).total_seconds()
    return {
        "report": found,
        "photo": photos_of(found)[0],
        "area": here.area_names[area][1] if area is not None else "",
        "took": took,
    }
