from datetime import datetime

from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act, State
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.walk import walk


def accept_transfer(report: Report, *, by: Actor, now: datetime) -> Event:
    """Take over a report that was offered; at the desk it waits to be sent on again."""
    with begin(report, Act.ACCEPT_TRANSFER, by=by) as report:
        to = State.DISPATCHED if report.offered_to_id else State.SUBMITTED
        report.holder_id, report.offered_to = report.offered_to_id, None
        report.transferred_from = ""
        report.hop_count += 1
        report.refusal_count, report.is_arbitrated = 0, False
        return walk(report, Act.ACCEPT_TRANSFER, by=by, to=to, now=now)
