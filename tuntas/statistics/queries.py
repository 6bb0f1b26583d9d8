"""Public figures from the day tables. Cells that could point at a person are hidden."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Sum

from tuntas.statistics.models import DayFigure

FIGURES = (
    "received",
    "answer_kept",
    "answer_missed",
    "answered",
    "closed",
    "closed_by_system",
    "acknowledged",
    "archived",
    "reopened",
    "rated_1",
    "rated_2",
    "rated_3",
    "rated_4",
)
FEWEST = 5  # persons in a cell (INSIGHT 4)


def figures(since: date, until: date) -> dict[str, Any]:
    """Return what came in from *since* up to and with *until*, and what became of it."""
    rows = DayFigure.objects.filter(on__range=(since, until))
    totals = rows.aggregate(**{name: Sum(name, default=0) for name in FIGURES})
    return {
        "since": since,
        "until": until,
        "totals": totals,
        "by_category": _shown("category", rows.values_list("category").annotate(n=Sum("received"))),
        "by_agency": _shown("agency", rows.values_list("agency").annotate(n=Sum("received"))),
    }


def _shown(key: str, rows: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
    counts = dict(rows)
    hidden = hidden_cells(counts)
    return [{key: name or None, "received": None if name in hidden else n} for name, n in sorted(counts.items())]


def hidden_cells(counts: dict[str, int]) -> set[str]:
    """Return which cells to hide: those under five, and one more where a single one could be worked out."""
    hidden = {name for name, n in counts.items() if 0 < n < FEWEST}
    shown = [name for name in counts if name not in hidden]
    if len(hidden) == 1 and shown:
        hidden.add(min(shown, key=lambda name: counts[name]))
    return hidden
