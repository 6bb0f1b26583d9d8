"""Public figures as rows of open data: stable columns, the same numbers as on the pages."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from tuntas.rules.figures import WEEK
from tuntas.statistics.queries import by_agency, by_area, by_category, medians, weeks, whole_of
from tuntas.statistics.told import Medians, Whole

# Names and order are kept: people's spreadsheets rely on them. New columns go to the end.
COLUMNS = ("period", "since", "until", "table", "key", "figure", "value", "note")
HIDDEN = "disembunyikan"
WEEKS = 12
DAY = timedelta(days=1)


def figure_rows(since: date, until: date, period: str) -> Iterator[dict[str, Any]]:
    """Yield the figures of a fixed period as rows of ``COLUMNS``; a hidden one has no value and says so in its note."""
    for table, key, figure, value in _cells(since, until, period):
        values = (period, since, until, table, key, figure, value, HIDDEN if value is None else "")
        yield dict(zip(COLUMNS, values, strict=True))


def weeks_until(until: date) -> list[tuple[date, int | None, int | None]]:
    """Return the last whole weeks up to a day, as ``weeks`` does."""
    return weeks(until - WEEKS * WEEK - 6 * DAY, until)[-WEEKS:]


def _cells(since: date, until: date, period: str) -> Iterator[tuple[str, str, str, Any]]:
    whole = whole_of(since, until)
    for figure, value in _figures(whole, medians(period)).items():
        yield "city", "", figure, value
    for table, cells in (("category", by_category(since, until)), ("area", by_area(since, until))):
        for key, n in sorted(cells.items()):
            yield table, key, "received", n
    for row in by_agency(since, until, period):
        for figure, value in _figures(row.whole, row.medians).items():
            yield "agency", row.agency, figure, value
    for starts_on, received, closed in weeks_until(until):
        yield "week", starts_on.isoformat(), "received", received
        yield "week", starts_on.isoformat(), "closed", closed


def _figures(whole: Whole | None, half: Medians) -> Mapping[str, Any]:
    if whole is None:
        return {"received": None}
    promised, outcomes, content = whole.promised, whole.outcomes, whole.satisfaction
    return {
        "received": whole.received,
        "answer_kept": promised.kept,
        "answer_missed": promised.missed,
        "answer_not_due": promised.not_due,
        "answer_kept_percent": promised.percent,
        "declared_done": outcomes.declared,
        "acknowledged": outcomes.acknowledged,
        "closed_unrated": outcomes.unrated,
        "open_again": outcomes.open_again,
        "waiting_for_rating": outcomes.waiting,
        "reopened_percent": whole.reopened_percent,
        **{f"rated_{rating}": n for rating, n in content.rated.items()},
        "rated_percent": content.percent_who_rated,
        "content_percent": content.percent_content,
        **{f"median_{name}" if "longest" not in name else name: _rounded(n) for name, n in asdict(half).items()},
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 1)
