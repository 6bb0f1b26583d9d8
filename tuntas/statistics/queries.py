"""Public figures from the day tables. Cells that could point at a person are hidden."""

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
    categories = dict(rows.values_list("category").annotate(n=Sum("received")))
    agencies = dict(rows.values_list("agency").annotate(n=Sum("received")))
    if 0 < totals["received"] < FEWEST:  # too few to tell even the total
        totals = dict.fromkeys(FIGURES)
    return {
        "since": since,
        "until": until,
        "totals": totals,
        "by_category": _shown("category", categories),
        "by_agency": _shown("agency", agencies),
    }


def _shown(key: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    hidden = hidden_cells(counts)
    return [{key: name or None, "received": None if name in hidden else n} for name, n in sorted(counts.items())]


def hidden_cells(counts: dict[str, int]) -> set[str]:
    """Return which cells to hide: those under five persons, and the smallest others until what total and shown cells
    leave over is five or more, spread over two or more cells."""
    hidden = {name for name, n in counts.items() if 0 < n < FEWEST}
    others = sorted((name for name in counts if name not in hidden and counts[name]), key=lambda name: counts[name])
    for name in others:
        if not hidden or (len(hidden) > 1 and sum(counts[each] for each in hidden) >= FEWEST):
            break
        hidden.add(name)
    return hidden
