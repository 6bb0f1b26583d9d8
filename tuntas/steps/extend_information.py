from datetime import datetime

from tuntas.kit.errors import WrongState
from tuntas.kit.words import Say
from tuntas.reports.models import Deadline, Event, Report
from tuntas.rules.clock import Length, Unit, due_at, left_of
from tuntas.rules.life import Act, Promise
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.clocks import calendar_of, set_next_rung
from tuntas.steps.lights import lit
from tuntas.steps.walk import walk

BY_LAW = Length(7, Unit.WORKING_DAYS)  # UU 14/2008, article 22: once, and in writing
NOT_OWED = Say("Tidak ada permohonan informasi yang berjalan.", "There is no information request under way.")
ONLY_ONCE = Say("Waktunya sudah pernah diperpanjang.", "The time was extended already.")
TOO_LATE = Say(
    "Batas waktunya sudah lewat, jadi tidak bisa diperpanjang lagi.",
    "The time is over, so it can no longer be extended.",
)


def extend_information(report: Report, *, by: Actor, text: str, is_confirmed: bool = True, now: datetime) -> Event:
    """Put the answer to a formal request for information off by seven working days, once, and say why.

    text   the reason, for the reporter

    Raises WrongState where nothing runs, the time is over, or it was put off before.
    """
    text = checked(text)
    with begin(report, Act.EXTEND_INFORMATION, by=by) as report:
        clock = Deadline.objects.running().filter(report=report, promise=Promise.INFORMATION).first()
        if clock is None or clock.due_at is None:
            raise WrongState(NOT_OWED)
        if now > clock.due_at:
            raise WrongState(TOO_LATE)
        if report.events.filter(act=Act.EXTEND_INFORMATION, at__gte=clock.started_at).exists():
            raise WrongState(ONLY_ONCE)
        lights = lit(report, Act.EXTEND_INFORMATION, text, by=by, is_confirmed=is_confirmed, now=now)
        on = _put_off(report, clock, clock.due_at, now)
        data = {"on": calendar_of(report).day_of(on).isoformat(), **lights}
        return walk(report, Act.EXTEND_INFORMATION, by=by, text=text, data=data, now=now)


def _put_off(report: Report, clock: Deadline, due: datetime, now: datetime) -> datetime:
    """Move the clock; of its ladder it comes to the rungs it has still before it."""
    calendar = calendar_of(report)
    clock.due_at = due_at(due, BY_LAW, calendar)
    if clock.unit == BY_LAW.unit and clock.amount is not None:
        clock.amount += BY_LAW.amount
    clock.whole = left_of(clock.started_at, clock.due_at, Unit(clock.unit), calendar)
    set_next_rung(clock, now, calendar)
    clock.save()
    return clock.due_at
