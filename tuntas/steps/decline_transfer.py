from datetime import datetime

from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act, State
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.walk import walk


def decline_transfer(report: Report, *, by: Actor, reason_code: str, text: str, now: datetime) -> Event:
    """Not take a report that was offered, and say why; it stays with the sender as it was."""
    text = checked(text)
    with begin(report, Act.DECLINE_TRANSFER, by=by) as report:
        refuser, report.offered_to = report.offered_to_id or report.desk_id, None
        to, report.transferred_from = State(report.transferred_from), ""
        data = {"reason_code": reason_code}
        return walk(report, Act.DECLINE_TRANSFER, by=by, text=text, data=data, to=to, agency_id=refuser, now=now)
