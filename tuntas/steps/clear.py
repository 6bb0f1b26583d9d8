from datetime import datetime

from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.walk import walk


def clear(report: Report, *, by: Actor, text: str = "", now: datetime) -> Event:
    """Say that a suspected report is an ordinary one: from now on the desk sees it as it sees any other."""
    text = checked(text, may_be_empty=True)
    with begin(report, Act.CLEAR, by=by) as report:
        report.is_suspected = False
        return walk(report, Act.CLEAR, by=by, text=text, now=now)
