"""Who hears of a rung of a clock's ladder: roles of the profile become people of the report."""

from datetime import datetime

from tuntas.people.models import Person
from tuntas.people.queries import nearest_with, people_with
from tuntas.reports.models import Report
from tuntas.rules.ladder import Hears
from tuntas.rules.life import Promise, Told
from tuntas.rules.who import Role
from tuntas.steps.tell import staff_of

KEEPS: dict[Promise, Told] = {
    # Who has to keep a promise, where it is not whoever works on the report.
    Promise.VERIFY: Told.DESK,
    Promise.TRANSFER: Told.OFFERED,
    Promise.ARBITRATE: Told.ARBITER,
    Promise.VALIDATE: Told.VALIDATOR,
    Promise.OUTSIDE_NEWS: Told.DESK,
    Promise.AUDIENCE: Told.DESK,
}


class Hearing:
    """Who hears, each question asked of the database once: many clocks of an office run out together."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._known: dict[object, list[Person]] = {}

    def of(self, report: Report, promise: Promise, hears: Hears) -> list[Person]:
        """Return the people; of a restricted or suspected report those alone who may open it."""
        place = (report.is_restricted, report.is_suspected, report.holder_id, report.offered_to_id, report.desk_id)
        key = (*place, promise, hears)
        if key not in self._known:
            self._known[key] = _people(report, promise, hears, self._now)
        return self._known[key]


def _people(report: Report, promise: Promise, hears: Hears, now: datetime) -> list[Person]:
    if report.is_restricted or report.is_suspected:
        return staff_of(report, Told.HOLDER, now=now)
    if hears is Hears.DESK:
        return staff_of(report, Told.DESK, now=now)
    if hears is Hears.LEADER:
        return people_with({Role.LEADER}, report.desk_id, now=now)
    if hears is Hears.INSPECTORATE:
        return people_with({Role.INSPECTORATE}, report.desk_id, now=now)
    if hears is Hears.HANDLER:
        return _who_keeps(report, promise, now)
    if report.holder_id is None:
        return []  # it is the desk's: no agency has a liaison or a head to answer for it
    if hears is Hears.AGENCY_HEAD:
        return nearest_with(Role.LEADER, report.holder_id, below_root=True, now=now)
    return staff_of(report, Told.HOLDER, now=now)


def _who_keeps(report: Report, promise: Promise, now: datetime) -> list[Person]:
    """Return who has to keep a promise; where nobody has that post, the liaison, and at last the desk."""
    found = staff_of(report, KEEPS[promise], now=now) if promise in KEEPS else []
    if promise not in KEEPS and report.holder_id is not None:
        found = nearest_with(Role.UNIT_HANDLER, report.holder_id, now=now)
    return found or staff_of(report, Told.HOLDER, now=now) or staff_of(report, Told.DESK, now=now)
