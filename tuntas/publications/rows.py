"""Public reports as rows of open data: stable columns, no text but the public title."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q

from tuntas.publications.models import Publication
from tuntas.rules.cells import centre_of
from tuntas.rules.life import Promise
from tuntas.rules.thread import Json, tell_promises

# Names and order are kept: people's spreadsheets rely on them. New columns go to the end.
COLUMNS = (
    "number",
    "received_at",
    "updated_at",
    "state",
    "face",
    "category",
    "area",
    "cell_lat",
    "cell_lng",
    "agency",
    "title",
    "answer_state",
    "answered_after_hours",
    "rating",
    "followers",
    "is_late",
    "closed_at",
)
READ = ("id", "number", "received_at", "updated_at", "state", "face", "category", "area", "cell_y", "cell_x")
READ_TOO = ("agency", "title", "rating", "followers", "is_late", "closed_at", "promises")
CHUNK = 1_000
HOUR = timedelta(hours=1)


def open_rows(since: datetime, until: datetime, *, now: datetime, chunk: int = CHUNK) -> Iterator[dict[str, Any]]:
    """Yield the public reports received from *since* up to *until*, the oldest first, as rows of ``COLUMNS``.

    Read by key, a chunk at a time: never all in memory, and no transaction stays open while somebody's line is slow.
    """
    rows = Publication.objects.filter(received_at__gte=since, received_at__lt=until).order_by("received_at", "id")
    told, last = rows.annotate(promises=F("thread__promises")).values(*READ, *READ_TOO), Q()
    while found := list(told.filter(last)[:chunk]):
        yield from (_row(publication, now) for publication in found)
        at, id_ = found[-1]["received_at"], found[-1]["id"]
        # The first condition follows from the second; by it the index is entered in the right place.
        last = Q(received_at__gte=at) & (Q(received_at__gt=at) | Q(received_at=at, id__gt=id_))


def _row(told: dict[str, Any], now: datetime) -> dict[str, Any]:
    has_cell = told["cell_y"] is not None and told["cell_x"] is not None
    cell = centre_of(told["cell_y"], told["cell_x"]) if has_cell else {}
    answer = _answer(told, now)
    kept_at = answer.get("kept_at")
    worked_out = {
        "cell_lat": cell.get("lat"),
        "cell_lng": cell.get("lng"),
        "answer_state": answer.get("state"),
        "answered_after_hours": None if kept_at is None else round((kept_at - told["received_at"]) / HOUR, 1),
    }
    return {name: worked_out[name] if name in worked_out else told[name] for name in COLUMNS}


def _answer(told: dict[str, Any], now: datetime) -> Json:
    """Return how the promise to answer stands: kept, missed, running or paused; nothing where nobody owes it."""
    entries = [entry for entry in told["promises"] if entry["promise"] == Promise.ANSWER]
    return next(iter(tell_promises(entries, told["received_at"], now)), {})
