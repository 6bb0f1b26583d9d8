from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.lights import lit
from tuntas.steps.walk import walk


def inform(
    report: Report,
    *,
    by: Actor,
    text: str,
    file_ids: Sequence[UUID] = (),
    late_cause: str = "",
    is_confirmed: bool = True,
    now: datetime,
) -> Event:
    """Tell the reporter, in the desk's or holder's own words, who has it and what comes next; keeps the answer."""
    text = checked(text)
    with begin(report, Act.INFORM, by=by) as report:
        lights = lit(report, Act.INFORM, text, by=by, file_ids=file_ids, is_confirmed=is_confirmed, now=now)
        return walk(
            report, Act.INFORM, by=by, text=text, data=lights, file_ids=file_ids, late_cause=late_cause, now=now
        )
