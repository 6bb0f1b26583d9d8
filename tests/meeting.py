"""A rakor, made by the real steps."""

from datetime import date, datetime, time, timedelta
from typing import Any

from tests.cast import Cast
from tests.make import Made, bring, make_report
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.meetings.models import Decision, Item, Meeting
from tuntas.rules.life import State

PLACE = "Ruang Rapat Sekda"
DAY = timedelta(days=1)


def day_of(now: datetime) -> date:
    """Return the government's day: for seven hours of a night it is not the one of UTC."""
    return now.astimezone(installation().zone).date()


def plan(cast: Cast, now: datetime, *, held_on: date | None = None, **more: Any) -> Meeting:
    """Plan a meeting, today unless a day is given."""
    held_on = held_on or day_of(now)
    return steps.plan_meeting(by=cast.desk, held_on=held_on, begins=time(9), place=PLACE, now=now, **more)


def brought_case(cast: Cast, now: datetime, why: str = "Siapa yang memimpin?") -> Made:
    """Bring a report that PUPR works on to the next meeting."""
    made = make_report(now - DAY)
    bring(made, State.IN_PROGRESS, cast, now - DAY)
    steps.bring_to_meeting(made.report, by=cast.desk, text=why, now=now)
    return made


def run(cast: Cast, now: datetime, **more: Any) -> Meeting:
    """Begin a meeting with at least one point that a case was brought to."""
    brought_case(cast, now)
    return steps.start_meeting(plan(cast, now, **more), by=cast.desk, now=now)


def point(meeting: Meeting, kind: str = "brought") -> Item:
    return Item.objects.filter(meeting=meeting, kind=kind).order_by("position")[0]


def decided(cast: Cast, item: Item, now: datetime, **more: Any) -> Decision:
    """Decide that PUPR does something within a week, unless another is said."""
    given: dict[str, Any] = {"what": "Ukur jalannya.", "agency": "dinas-pupr", "by_when": day_of(now) + 7 * DAY}
    return steps.decide(item, by=cast.desk, now=now, **(given | more))


def held(cast: Cast, now: datetime, **more: Any) -> Decision:
    """Hold a whole meeting that decides one thing."""
    meeting = run(cast, now)
    made = decided(cast, point(meeting), now, **more)
    steps.end_meeting(meeting, by=cast.desk, present="PUPR, DLH", now=now + timedelta(hours=1))
    return Decision.objects.get(pk=made.pk)
