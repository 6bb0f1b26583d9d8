from datetime import datetime

from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.walk import walk


def approve(report: Report, *, by: Actor, now: datetime) -> Event:
    """Let an answer out to the reporter and the public, as a second person who did not write it."""
    with begin(report, Act.APPROVE, by=by) as report:
        proposal = report.events.filter(act=Act.PROPOSE_ANSWER).order_by("-id")[0]
        report.is_reopened = False
        report.close_outcome = proposal.data["outcome"]
        return walk(report, Act.APPROVE, by=by, data={"outcome": report.close_outcome}, now=now)
