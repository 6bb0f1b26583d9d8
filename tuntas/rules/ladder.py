"""The ladder a clock climbs while it runs: who hears of it at which part of its time, and how high a report rises.

A rung changes no state and no instant that was promised. Pure. Source: DOMAIN.md 1.7.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from tuntas.rules.clock import Calendar, Length, Unit, due_after, due_at, left_of

HIGHEST = 4  # level
WHOLE = 100  # percent
_PERCENT = re.compile(r"([1-9][0-9]?|100)%")
_BEFORE = re.compile(r"-([1-9][0-9]?) days")
_BEYOND = re.compile(r"\+([1-9][0-9]{0,3}) ([a-z_]+)")


class Hears(StrEnum):
    """Who hears of a rung."""

    HANDLER = (
        "handler"  # whoever has to keep the promise: the desk, the agency that is offered it, who checks, who works
    )
    LIAISON = "liaison"  # the secretary of the agency that holds it
    AGENCY_HEAD = "agency_head"
    DESK = "desk"
    LEADER = "leader"  # of the whole government
    INSPECTORATE = "inspectorate"
    REPORTER = "reporter"  # of a window that is theirs, and of nothing else


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: at a part of the promised time, or *beyond* it; of a window, whole days *before* its end.

    level   what the report rises to, where it stands lower; 0 leaves it
    """

    percent: int
    tells: tuple[Hears, ...]
    level: int = 0
    beyond: Length | None = None
    before: int = 0  # days

    @property
    def at(self) -> str:
        """Return when, as a profile writes it: ``75%``, ``+3 working_days`` or ``-3 days``."""
        if self.before:
            return f"-{self.before} days"
        return f"{self.percent}%" if self.beyond is None else f"+{self.beyond.amount} {self.beyond.unit}"

    def as_data(self) -> dict[str, Any]:
        return {"at": self.at, "tells": list(self.tells), "level": self.level}


Ladder = tuple[Rung, ...]
USUAL: Ladder = (
    Rung(75, (Hears.HANDLER,)),
    Rung(90, (Hears.HANDLER, Hears.LIAISON)),
    Rung(WHOLE, (Hears.HANDLER, Hears.LIAISON, Hears.AGENCY_HEAD, Hears.DESK), 1),
    Rung(WHOLE, (Hears.LEADER, Hears.INSPECTORATE), 2, Length(3, Unit.WORKING_DAYS)),
)
# The reporter is reminded that a window of theirs ends. Source: DOMAIN.md 6, N3 and N10.
REMINDERS: Ladder = tuple(Rung(WHOLE, (Hears.REPORTER,), before=days) for days in (3, 1))


def rung_at(at: str, tells: Iterable[Hears], level: int) -> Rung:
    """Return the rung that a profile writes as *at*. Raises ValueError."""
    if found := _PERCENT.fullmatch(at):
        return Rung(int(found[1]), tuple(tells), level)
    if found := _BEFORE.fullmatch(at):
        return Rung(WHOLE, tuple(tells), level, before=int(found[1]))
    found = _BEYOND.fullmatch(at)
    if found is None or found[2] not in tuple(Unit):
        raise ValueError(at)
    return Rung(WHOLE, tuple(tells), level, Length(int(found[1]), Unit(found[2])))


def ladder_of(data: Iterable[Mapping[str, Any]]) -> Ladder:
    """Return the ladder that was kept as data."""
    known = set(map(str, Hears))  # newer code may tell others, too
    return tuple(
        rung_at(row["at"], [Hears(hears) for hears in row["tells"] if hears in known], row["level"]) for row in data
    )


def wrong_with(ladder: Sequence[Rung]) -> Iterator[str]:
    """Yield what makes no ladder of these rungs, in the words of a profile's mistakes."""
    if any(rung.before or Hears.REPORTER in rung.tells for rung in ladder):
        yield "reminds the reporter, or counts days before its end: only a window of the reporter does"
    beyond = [rung.beyond for rung in ladder if rung.beyond is not None]
    if not any(rung.percent == WHOLE and rung.beyond is None and not rung.before for rung in ladder):
        yield "has no rung at “100%”: nobody would hear of a missed promise"
    if len({length.unit for length in beyond}) > 1:
        yield "counts what is beyond in more than one unit"
    if len({rung.at for rung in ladder}) < len(ladder):
        yield "has a rung twice"


def wrong_with_reminders(ladder: Sequence[Rung]) -> Iterator[str]:
    """Yield what makes no reminders of a window of these rungs, in the words of a profile's mistakes."""
    if any(not rung.before or rung.tells != (Hears.REPORTER,) or rung.level for rung in ladder):
        yield "should tell the reporter alone, some days before its end, such as “-3 days”"
    if len({rung.at for rung in ladder}) < len(ladder):
        yield "has a rung twice"


def in_order(rungs: Iterable[Rung]) -> Ladder:
    """Return rungs as they are climbed."""
    return tuple(sorted(rungs, key=lambda rung: (rung.percent, rung.beyond.amount if rung.beyond else -rung.before)))


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that runs, as it is looked at.

    whole   the time that was promised, pauses aside: open-office time for working days, else wall-clock time
    """

    due: datetime
    whole: timedelta
    unit: Unit
    calendar: Calendar


def climbs_at(rung: Rung, clock: Running, now: datetime) -> datetime:
    """Return the instant at which a clock that runs at *now* comes to a rung; *now* where it has passed that part.

    Raises Unreachable if the calendar stays closed for 400 days, ValueError on a naive datetime.
    """
    if rung.before:
        return max(now, clock.due - timedelta(days=rung.before))
    if rung.beyond is not None:
        return due_at(clock.due, rung.beyond, clock.calendar)
    if rung.percent == WHOLE:
        return clock.due
    stays = clock.whole * (WHOLE - rung.percent) / WHOLE
    to_go = left_of(now, clock.due, clock.unit, clock.calendar) - stays
    return now if to_go <= timedelta(0) else due_after(now, to_go, clock.unit, clock.calendar)


def reached(ladder: Sequence[Rung], behind: int, clock: Running, now: datetime) -> tuple[int, datetime | None]:
    """Return how many rungs are behind a clock, of which the first *behind* surely are, and when it comes to the next.

    At the very instant of 100 % a promise is still kept; a part of the time is over at its instant.
    """
    for number, rung in enumerate(ladder[behind:], behind):
        at = climbs_at(rung, clock, now)
        if at > now or (at == now and rung.percent == WHOLE and not rung.before):
            return number, at
    return len(ladder), None
