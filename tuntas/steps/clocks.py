"""Turn the clocks of a report as its act says. Every change is an instant kept, never a count of days."""

from collections.abc import Collection
from datetime import datetime, timedelta

from tuntas.agencies.installation import installation
from tuntas.reports.models import Deadline, Report
from tuntas.rules.clock import Calendar, Unit, due_after, due_at, left_of
from tuntas.rules.ladder import Running, climbs_at, reached
from tuntas.rules.life import ENDS_BY_ITSELF, LIVES_IN, Arrow, Promise, State

INSTANT = timedelta(microseconds=1)


def turn_clocks(
    report: Report, arrow: Arrow, clocks: list[Deadline], *, now: datetime, without: Collection[Promise] = ()
) -> list[Deadline]:
    """Stop, pause, resume, start and drop the running *clocks*; return those of *without* untouched.

    The report already stands in its new state. Returns all clocks of the report, new ones included, and sets the
    report's nearest ``due_at``. Nothing is saved twice; the caller saves the report.
    """
    known = [clock for clock in clocks if clock.promise in set(Promise)]  # the others are newer code's to turn
    running = {Promise(clock.promise): clock for clock in known if clock.kept_at is None and clock.ended_at is None}
    calendar = calendar_of(report)
    for promise, clock in list(running.items()):
        if clock.started_at == now and clock.ladder_id is None:  # begun by the step itself, such as a promised day
            _put_on_ladder(clock, calendar)
            clock.save()
        if promise in arrow.stops and promise not in without:
            keep(clock, now)
        elif State(report.state) not in LIVES_IN[promise]:
            clock.ended_at = now
        elif promise in arrow.pauses:
            _pause(clock, now, calendar)
        elif promise in arrow.resumes:
            _resume(clock, now, calendar)
        else:
            continue
        if clock.kept_at is not None or clock.ended_at is not None:
            del running[promise]
        set_next_rung(clock, now, calendar)
        clock.save()
    fresh = new_clocks(report, [p for p in arrow.starts if p not in running and p not in without], now=now)
    Deadline.objects.bulk_create(fresh)
    everything = [*clocks, *fresh]
    report.due_at = nearest_due(everything)
    return everything


def new_clocks(report: Report, promises: Collection[Promise], *, now: datetime) -> list[Deadline]:
    """Return unsaved clocks for those of *promises* that make sense where the report stands and have a length."""
    here, calendar, made = installation(), calendar_of(report), []
    for promise in promises:
        length = here.length_of(
            promise,
            now,
            category_id=report.category_id,
            classification=report.classification,
            agency_id=report.holder_id or report.desk_id,
        )
        if length is None or State(report.state) not in LIVES_IN[promise]:
            continue
        made.append(
            Deadline(
                report=report,
                promise=promise,
                unit=length.unit,
                amount=length.amount,
                started_at=now,
                due_at=due_at(now, length, calendar),
            )
        )
        _put_on_ladder(made[-1], calendar)
    return made


def nearest_due(clocks: Collection[Deadline]) -> datetime | None:
    """Return the nearest instant at which the government owes something, or None."""
    owed = [c.due_at for c in clocks if c.due_at and c.kept_at is None and c.ended_at is None and c.is_ours]
    return min(owed, default=None)


def keep(clock: Deadline, now: datetime) -> None:
    """Stop a clock: kept if it had not run out, kept late if it had."""
    mark_if_missed(clock, now)
    clock.kept_at = now if clock.missed_at is None else max(now, clock.missed_at + INSTANT)
    clock.rung_at = None


def mark_if_missed(clock: Deadline, now: datetime) -> bool:
    """Mark a clock that has run out, once; the mark is the instant it ran out. Return whether it was marked now."""
    if clock.missed_at is not None or clock.due_at is None or now <= clock.due_at:
        return False
    clock.missed_at = clock.due_at
    return True


def set_next_rung(clock: Deadline, now: datetime, calendar: Calendar) -> None:
    """Set when a clock that was turned comes to the next rung of its ladder: never, while it does not run."""
    clock.rung_at, running = None, seen_running(clock, calendar)
    if running is None or clock.ladder_id is None:
        return
    ladder = installation().ladder(clock.ladder_id)
    if clock.rung < len(ladder):
        clock.rung_at = climbs_at(ladder[clock.rung], running, now)


def seen_running(clock: Deadline, calendar: Calendar) -> Running | None:
    """Return a clock as its ladder looks at it; None while it does not run."""
    if clock.due_at is None or clock.whole is None or clock.kept_at is not None or clock.ended_at is not None:
        return None
    return Running(clock.due_at, clock.whole, Unit(clock.unit), calendar)


def _put_on_ladder(clock: Deadline, calendar: Calendar) -> None:
    """Let a new clock climb the ladder of its promise as the profile has it now; windows have none."""
    clock.ladder_id = installation().ladder_ids.get(clock.promise)
    if clock.ladder_id is not None and clock.due_at is not None:
        unit = Unit(clock.unit)
        clock.whole = left_of(clock.started_at, clock.due_at, unit, calendar)
        running = Running(clock.due_at, clock.whole, unit, calendar)
        # A window shorter than its reminders is not reminded of when it begins.
        clock.rung, clock.rung_at = reached(installation().ladder(clock.ladder_id), 0, running, clock.started_at)


def _pause(clock: Deadline, now: datetime, calendar: Calendar) -> None:
    if clock.due_at is not None:
        if Promise(clock.promise) not in ENDS_BY_ITSELF:  # those the job ends, once they run again
            mark_if_missed(clock, now)
        clock.left, clock.due_at = left_of(now, clock.due_at, Unit(clock.unit), calendar), None


def _resume(clock: Deadline, now: datetime, calendar: Calendar) -> None:
    if clock.left is not None:
        clock.due_at, clock.left = due_after(now, clock.left, Unit(clock.unit), calendar), None


def calendar_of(report: Report) -> Calendar:
    """Return the calendar that counts for a report: of the agency that holds it, else of the desk."""
    return installation().calendar_of(report.holder_id or report.desk_id)
