"""The plan of a desk that never closes: which hours nobody is on duty. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from tuntas.rules.clock import Calendar

LOOKED_AHEAD = timedelta(hours=24)
LONGEST = timedelta(hours=16)  # of one shift

Span = tuple[datetime, datetime]


def gaps_in(shifts: Iterable[Span], since: datetime, until: datetime) -> list[Span]:
    """Return the spans between two instants in which nobody is on duty, the earliest first."""
    found, covered = list[Span](), since
    for starts, ends in sorted(shifts):
        if starts >= until:
            break
        if starts > covered:
            found.append((covered, starts))
        covered = max(covered, ends)
    if covered < until:
        found.append((covered, until))
    return found


def is_open(calendar: Calendar, now: datetime) -> bool:
    """Return whether an office is open at an instant: outside its hours those on duty hear first."""
    here = now.astimezone(calendar.zone)
    return calendar.is_open_on(here.date()) and calendar.opens <= here.time() < calendar.closes
