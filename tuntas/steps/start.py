from datetime import datetime

from tuntas.reports.models import Event, Report
from tuntas.rules.captured import captured
from tuntas.rules.life import Act, State
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.lights import lit
from tuntas.steps.walk import walk


def start(
    report: Report,
    *,
    by: Actor,
    text: str,
    late_cause: str = "",
    is_confirmed: bool = True,
    captured_at: datetime | None = None,
    now: datetime,
) -> Event:
    """Begin the work and tell the reporter what comes next; a restricted report goes under examination.

    captured_at   when it was written on a phone without signal; every clock goes by *now* all the same
    """
    text = checked(text)
    with begin(report, Act.START, by=by) as report:
        data = lit(report, Act.START, text, by=by, is_confirmed=is_confirmed, now=now) | captured(captured_at, now)
        to = State.UNDER_EXAMINATION if report.is_restricted else State.IN_PROGRESS
        return walk(report, Act.START, by=by, text=text, data=data, late_cause=late_cause, to=to, now=now)
