"""Public figures of a period, each with what it is a share of. Page, file and API ask here, so their numbers agree."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet, Sum

from tuntas.rules.figures import FEWEST, WEEK, monday_of, shown_cells
from tuntas.statistics.models import AreaFigure, DayFigure, GroupFigure, MedianFigure, Standing, WeekFigure
from tuntas.statistics.told import AgencyRow, Medians, Outcomes, Promised, Satisfaction, Whole, percent_of

FIGURES = (
    "received",
    "answer_kept",
    "answer_missed",
    "answer_not_due",
    "answered",
    "closed",
    "closed_by_system",
    "acknowledged",
    "archived",
    "reopened",
    "open_again",
    "rated_1",
    "rated_2",
    "rated_3",
    "rated_4",
)
FEWEST_IN_A_MEDIAN = 10
DAY = timedelta(days=1)
Sums = Mapping[str, int]


def figures(since: date, until: date) -> dict[str, Any]:
    """Return what came in from *since* up to and with *until*, and what became of it, as the API tells it."""
    totals: dict[str, int | None] = dict(_city(since, until))
    if 0 < (totals["received"] or 0) < FEWEST:  # too few to tell even the total
        totals = dict.fromkeys(FIGURES)
    return {
        "since": since,
        "until": until,
        "totals": totals,
        "by_category": _told("category", by_category(since, until)),
        "by_agency": _told("agency", received_by_agency(since, until)),
        "by_area": _told("area", by_area(since, until)),
    }


def whole_of(since: date, until: date) -> Whole | None:
    """Return all figures of the city; None where there are too few to tell."""
    return _whole(_city(since, until))


def whole_of_agency(since: date, until: date, agency: str) -> Whole | None:
    """Return all figures of what one agency holds; None where the table of all agencies hides it."""
    if received_by_agency(since, until).get(agency) is None:
        return None
    return _whole(_sums(DayFigure.objects.filter(agency=agency, on__range=(since, until))))


def whole_of_area(since: date, until: date, area: str) -> Whole | None:
    """Return all figures of one area; None where the table of all areas hides it."""
    if by_area(since, until).get(area) is None:
        return None
    return _whole(_sums(AreaFigure.objects.filter(area=area, on__range=(since, until))))


def promise_of(since: date, until: date) -> Promised | None:
    """Return how the promise to answer was kept in the whole city, or None where there are too few to tell."""
    whole = whole_of(since, until)
    return None if whole is None else whole.promised


def satisfaction(since: date, until: date) -> Satisfaction | None:
    """Return how content the city's reporters were, or None where there are too few to tell."""
    whole = whole_of(since, until)
    return None if whole is None else whole.satisfaction


def outcome_split(since: date, until: date) -> Outcomes | None:
    """Return what became of what the city's agencies declared done, or None where there are too few to tell."""
    whole = whole_of(since, until)
    return None if whole is None else whole.outcomes


def by_category(since: date, until: date) -> dict[str, int | None]:
    """Return how many came in about each category, None where hidden; "" is none, and whatever may not be known."""
    return _received(DayFigure.objects.filter(on__range=(since, until)), "category", since, until)


def received_by_agency(since: date, until: date) -> dict[str, int | None]:
    """Return how many came in for each agency that holds them now, None where hidden; "" is none yet or not told."""
    return _received(DayFigure.objects.filter(on__range=(since, until)), "agency", since, until)


def by_area(since: date, until: date) -> dict[str, int | None]:
    """Return how many came in from each area, None where hidden; "" is not known, or may not be known."""
    return _received(AreaFigure.objects.filter(on__range=(since, until)), "area", since, until)


def by_agency(since: date, until: date, period: str) -> list[AgencyRow]:
    """Return the agencies with their figures, those with most reports first; hidden ones last and without figures.

    period   the name of the same days among the medians: d30, d90 or a month such as 2026-11
    """
    days = DayFigure.objects.filter(on__range=(since, until)).exclude(agency="")
    rows: Iterable[Any] = days.values("agency").annotate(**{name: Sum(name, default=0) for name in FIGURES})
    sums = {row["agency"]: row for row in rows}
    shown = received_by_agency(since, until)
    medians = {row.agency: _medians(row) for row in MedianFigure.objects.filter(period=period)}
    none = Medians(None, None, None)
    told = [
        AgencyRow(name, _whole(sums[name]), medians.get(name, none)) if n is not None else AgencyRow(name, None, none)
        for name, n in shown.items()
        if name
    ]
    return sorted(told, key=lambda row: (row.whole is None, -(row.whole.received if row.whole else 0), row.agency))


def medians(period: str, agency: str = "") -> Medians:
    """Return how long half took in a fixed period, in the whole city or at one agency."""
    row = MedianFigure.objects.filter(period=period, agency=agency).first()
    return Medians(None, None, None) if row is None else _medians(row)


def weeks(since: date, until: date) -> list[tuple[date, int | None, int | None]]:
    """Return the Mondays of the weeks that lie whole between two days, and what came in and what was closed in each.

    Only reports that everybody may read; None where hidden.
    """
    found = {row.starts_on: row for row in WeekFigure.objects.filter(starts_on__range=(since, until))}
    first = monday_of(since + WEEK - timedelta(days=1))
    mondays = [first + n * WEEK for n in range((until - first).days // 7 + 1) if first + (n + 1) * WEEK <= until + DAY]
    received = shown_cells({str(on): found[on].received if on in found else 0 for on in mondays})
    closed = shown_cells({str(on): found[on].closed if on in found else 0 for on in mondays})
    return [(on, received.get(str(on)), closed.get(str(on))) for on in mondays]


def longest_open(agency: str = "") -> Standing | None:
    """Return what is open, and which report everybody may read has waited longest."""
    return Standing.objects.filter(agency=agency).first()


def first_day() -> date | None:
    """Return the first day there are figures of."""
    return DayFigure.objects.order_by("on").values_list("on", flat=True).first()


def _city(since: date, until: date) -> Sums:
    days, groups = (_sums(table.objects.filter(on__range=(since, until))) for table in (DayFigure, GroupFigure))
    return {name: days[name] + groups[name] for name in FIGURES}


def _sums(rows: "QuerySet[Any]") -> Sums:
    return rows.aggregate(**{name: Sum(name, default=0) for name in FIGURES})


def _received(rows: "QuerySet[Any]", key: str, since: date, until: date) -> dict[str, int | None]:
    """Return the cells of one table as they may be shown: they and the groups, under "", make up the city's total."""
    counts: dict[str, int] = dict(rows.values_list(key).annotate(n=Sum("received")).order_by(key))
    groups = GroupFigure.objects.filter(on__range=(since, until)).aggregate(n=Sum("received", default=0))["n"]
    if groups:
        counts[""] = counts.get("", 0) + groups
    return shown_cells(counts)


def _told(key: str, cells: Mapping[str, int | None]) -> list[dict[str, Any]]:
    return [{key: name or None, "received": n} for name, n in sorted(cells.items())]


def _whole(sums: Sums) -> Whole | None:
    if sums["received"] < FEWEST:
        return None
    unrated = sums["closed"] - sums["acknowledged"]
    outcomes = Outcomes(sums["acknowledged"], unrated, sums["open_again"], sums["answered"])
    return Whole(
        sums["received"],
        Promised(sums["answer_kept"], sums["answer_missed"], sums["answer_not_due"]),
        outcomes,
        Satisfaction({rating: sums[f"rated_{rating}"] for rating in (4, 3, 2, 1)}, outcomes.declared),
        percent_of(sums["reopened"], outcomes.declared),
    )


def _medians(row: MedianFigure) -> Medians:
    enough_answers, enough_resolves = (n >= FEWEST_IN_A_MEDIAN for n in (row.answers, row.resolves))
    return Medians(
        row.answer_hours if enough_answers else None,
        row.longest_answer_hours if enough_answers else None,
        row.resolve_days if enough_resolves else None,
    )
