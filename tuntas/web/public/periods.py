"""The fixed periods figures are told for: the last 30 days, a month, a week. Others could be subtracted."""

from dataclasses import dataclass
from datetime import date, timedelta

from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.rules.figures import WEEK, monday_of
from tuntas.web.dates import say_month

THIRTY_DAYS = "30-hari"
DAY = timedelta(days=1)
BAD_PERIOD = Say(
    "Rentang waktu ini tidak dikenal. Pilih 30-hari, bulan seperti 2026-11, atau pekan seperti 2026-w46.",
    "This period is not known. Choose 30-hari, a month such as 2026-11, or a week such as 2026-w46.",
)
LAST_30, LAST_WEEK = Say("30 hari terakhir", "The last 30 days"), Say("Pekan lalu", "Last week")
WEEK_OF = Say("Pekan {week}, {year}", "Week {week}, {year}")


@dataclass(frozen=True, slots=True)
class Period:
    """Some days in a row, both ends included, and how they are called."""

    slug: str
    since: date
    until: date
    word: Say
    medians: str  # the name of the same days among the medians


def read_period(text: str, today: date) -> Period:
    """Return the period of a slug, the last 30 days where there is none. Raises Invalid."""
    if text in ("", THIRTY_DAYS):
        return Period(THIRTY_DAYS, today - 29 * DAY, today, LAST_30, "d30")
    try:
        found = _week(text) if "-w" in text else _month(text)
    except ValueError as error:
        raise Invalid.field("/periode", BAD_PERIOD) from error
    if found.slug != text or found.since > today:
        raise Invalid.field("/periode", BAD_PERIOD)
    return found


def periods_offered(today: date, first: date | None) -> list[Period]:
    """Return what the page offers at once: the last 30 days, last week, and the months there are figures of."""
    last_week = _week(_slug_of_week(monday_of(today) - WEEK))
    offered = [
        read_period("", today),
        Period(last_week.slug, last_week.since, last_week.until, LAST_WEEK, last_week.medians),
    ]
    return [*offered, *months(today, first)[:3]]


def months(today: date, first: date | None) -> list[Period]:
    """Return every month there are figures of, the newest first."""
    month, found = today.replace(day=1), list[Period]()
    while month >= (first or today).replace(day=1):
        found.append(_month(f"{month:%Y-%m}"))
        month = (month - DAY).replace(day=1)
    return found


def _month(text: str) -> Period:
    first = date.fromisoformat(f"{text}-01")
    last = (first + 31 * DAY).replace(day=1) - DAY
    return Period(f"{first:%Y-%m}", first, last, say_month(first), f"{first:%Y-%m}")


def _week(text: str) -> Period:
    year, _, week = text.partition("-w")
    monday = date.fromisocalendar(int(year), int(week), 1)
    slug = _slug_of_week(monday)
    return Period(slug, monday, monday + 6 * DAY, WEEK_OF.fill(week=int(week), year=int(year)), slug)


def _slug_of_week(monday: date) -> str:
    year, week, _ = monday.isocalendar()
    return f"{year}-w{week:02d}"
