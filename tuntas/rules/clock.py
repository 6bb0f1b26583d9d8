"""Promised time. Pure: the caller brings the hours, the holidays and the instant."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from zoneinfo import ZoneInfo

_ONE_DAY = timedelta(days=1)
_LONGEST_CLOSURE = 400  # days


class Unit(StrEnum):
    """What a promise is counted in; hours and days run by the wall clock, nights and holidays too."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True)
class Length:
    """How long a promise runs, such as 2×24 hours or 14 working days; a day is 24 hours."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError(f"a promise of {self.amount} {self.unit} is none")


@dataclass(frozen=True, slots=True)
class Calendar:
    """When an agency is open: the same hours on each working day, in its own zone.

    weekdays   0 is Monday
    holidays   national holidays and joint leave, and the agency's own closed days

    Raises ValueError where the office would close before it opens.
    """

    zone: ZoneInfo
    opens: time
    closes: time
    weekdays: frozenset[int]
    holidays: frozenset[date]

    def __post_init__(self) -> None:
        if self.closes <= self.opens:
            raise ValueError(f"closes at {self.closes}, before it opens at {self.opens}")

    def is_open_on(self, day: date) -> bool:
        """Tell whether the agency works on *day*, a date in its own zone."""
        return day.weekday() in self.weekdays and day not in self.holidays

    def hours_of(self, day: date) -> tuple[datetime, datetime]:
        """Return when the office opens and closes on *day*, in UTC, whether it is open or not."""
        return self._in_utc(day, self.opens), self._in_utc(day, self.closes)

    def day_of(self, instant: datetime) -> date:
        """Return the date that the agency's wall calendar shows at *instant*."""
        return instant.astimezone(self.zone).date()

    def _in_utc(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)


class Unreachable(ValueError):
    """The calendar has no opening for 400 days."""


def due_at(start: datetime, length: Length, calendar: Calendar) -> datetime:
    """Return the instant by which something promised at *start* has to be done.

    start      aware datetime, any zone
    length     hours and days are added as they are; working days count from the working day after
               the start's date at the agency, and end when the office closes on the last of them

    Returns UTC. Raises Unreachable if the calendar stays closed for 400 days, ValueError on a naive start.
    Worked examples: tests/rules/test_clock.py. Source: DOMAIN.md 1.3.
    """
    start = _utc(start)
    if length.unit is not Unit.WORKING_DAYS:
        return start + _wall_time(length)
    days = _open_days(calendar.day_of(start) + _ONE_DAY, calendar)
    last = next(islice(days, length.amount - 1, None))
    return calendar.hours_of(last)[1]


def left_of(now: datetime, due: datetime, unit: Unit, calendar: Calendar) -> timedelta:
    """Return what is left of a promise when its clock is paused at *now*.

    Wall-clock time for hours and days, open-office time for working days; zero once *due* has passed.
    Raises ValueError on a naive datetime.
    """
    if unit is Unit.WORKING_DAYS:
        return worked(now, due, calendar)
    return max(timedelta(0), _utc(due) - _utc(now))


def due_after(now: datetime, left: timedelta, unit: Unit, calendar: Calendar) -> datetime:
    """Return the instant by which what was *left* has run, when the clock starts again at *now*.

    Undoes left_of: ``due_after(t, left_of(t, due, u, c), u, c) == due`` for each t up to *due*, where
    *due* lies in office hours (the closing time is inside, the opening time is not).

    left       as left_of gave it, not negative; nothing left is due at once

    Returns UTC. Raises Unreachable if the calendar stays closed for 400 days, ValueError on a naive datetime.
    """
    now = _utc(now)
    if left < timedelta(0):
        raise ValueError(f"less than nothing left: {left}")
    if unit is not Unit.WORKING_DAYS or not left:
        return now + left
    return _after_open_time(now, left, calendar)


def worked(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """Return how long the office was open between two instants; zero if *end* is not after *start*.

    Raises ValueError on a naive datetime.
    """
    start, end = _utc(start), _utc(end)
    total, last = timedelta(0), calendar.day_of(end)
    day = calendar.day_of(start)
    while day <= last:
        if calendar.is_open_on(day):
            opens, closes = calendar.hours_of(day)
            total += max(timedelta(0), min(closes, end) - max(opens, start))
        day += _ONE_DAY
    return total


def working_days_between(start: datetime, end: datetime, calendar: Calendar) -> int:
    """Count the working days begun since *start*, as in "2 of 5 working days"; its own day does not count.

    start, end   aware datetimes, any zone; the dates are the agency's

    ``working_days_between(s, due_at(s, Length(n, WORKING_DAYS), c), c) == n``.
    """
    day, last = calendar.day_of(_utc(start)), calendar.day_of(_utc(end))
    count = 0
    while (day := day + _ONE_DAY) <= last:
        count += calendar.is_open_on(day)
    return count


def _utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:  # Python would read it in the machine's own zone, silently
        raise ValueError(f"no time zone: {instant}")
    return instant.astimezone(UTC)


def _wall_time(length: Length) -> timedelta:
    return timedelta(hours=length.amount) if length.unit is Unit.HOURS else timedelta(days=length.amount)


def _after_open_time(start: datetime, left: timedelta, calendar: Calendar) -> datetime:
    for day in _open_days(calendar.day_of(start), calendar):
        opens, closes = calendar.hours_of(day)
        begins = max(opens, start)
        if begins + left <= closes:
            return begins + left
        left -= max(timedelta(0), closes - begins)
    raise AssertionError("unreachable: open days never end")


def _open_days(day: date, calendar: Calendar) -> Iterator[date]:
    closed = 0
    while closed < _LONGEST_CLOSURE:
        if calendar.is_open_on(day):
            closed = 0
            yield day
        else:
            closed += 1
        day += _ONE_DAY
    raise Unreachable(f"no opening in the {_LONGEST_CLOSURE} days before {day}")
