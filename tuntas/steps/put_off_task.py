from datetime import date, datetime

from django.db import transaction

from tuntas.reports.models import Event, Report
from tuntas.rules.captured import captured
from tuntas.rules.life import Act, State, can
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.lights import lit
from tuntas.steps.schedule import schedule
from tuntas.steps.take_up import take_up
from tuntas.steps.walk import walk


def put_off_task(
    report: Report,
    *,
    by: Actor,
    on: date,
    text: str,
    late_cause: str = "",
    is_confirmed: bool = True,
    captured_at: datetime | None = None,
    now: datetime,
) -> Event:
    """Name a date for the work, wherever it stands: from the street nobody presses "start" first, or "resume".

    Where the work had not begun, the words stand with its beginning, which keeps the promise to answer; the reporter
    is told once, of the date.
    """
    text = checked(text)
    with transaction.atomic():
        is_new = can(Act.START, State(Report.objects.values_list("state", flat=True).get(pk=report.pk)))
        if is_new:
            with begin(report, Act.START, by=by) as fresh:
                data = lit(fresh, Act.START, text, by=by, is_confirmed=is_confirmed, now=now)
                data |= captured(captured_at, now)
                to, told = State.IN_PROGRESS, ()
                walk(fresh, Act.START, by=by, text=text, data=data, late_cause=late_cause, to=to, tells=told, now=now)
        else:
            take_up(report, by=by, now=now)
        said = "" if is_new else text
        return schedule(
            report,
            by=by,
            on=on,
            text=said,
            is_confirmed=is_confirmed,
            is_said=is_new,
            captured_at=captured_at,
            now=now,
        )
