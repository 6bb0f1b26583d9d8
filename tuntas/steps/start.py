from datetime import datetime

from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act, State
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.walk import walk


def start(report: Report, *, by: Actor, text: str, late_cause: str = "", now: datetime) -> Event:
    """Begin the work and tell the reporter what comes next; a restricted report goes under examination."""
    text = checked(text)
    with begin(report, Act.START, by=by) as report:
        to = State.UNDER_EXAMINATION if report.is_restricted else State.IN_PROGRESS
        return walk(report, Act.START, by=by, text=text, late_cause=late_cause, to=to, now=now)
