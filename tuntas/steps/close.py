from datetime import datetime

from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act
from tuntas.rules.reasons import ClosedBy
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.walk import walk


def close(report: Report, *, by: Actor, outcome: str, text: str, now: datetime) -> Event:
    """End an answered report with its outcome and a sentence; the reporter may still open it again for 30 days."""
    text = checked(text)
    with begin(report, Act.CLOSE, by=by) as report:
        report.closed_by = ClosedBy.SYSTEM if by.is_system else ClosedBy.AGENCY_ADMIN
        report.close_outcome = outcome
        return walk(report, Act.CLOSE, by=by, text=text, data={"outcome": outcome}, now=now)
