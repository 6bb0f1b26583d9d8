from datetime import datetime

from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.walk import walk


def resume(report: Report, *, by: Actor, text: str = "", now: datetime) -> Event:
    """Go on with work that waited for its date."""
    text = checked(text, may_be_empty=True)
    with begin(report, Act.RESUME, by=by) as report:
        return walk(report, Act.RESUME, by=by, text=text, now=now)
