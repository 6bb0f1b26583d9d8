from datetime import datetime

from tuntas.agencies.installation import installation
from tuntas.reports.models import Event, Report
from tuntas.reports.side_tasks import PartState
from tuntas.rules.life import Act
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.parts import end_part, open_part
from tuntas.steps.walk import walk


def withdraw_part(report: Report, *, by: Actor, part: int, now: datetime) -> Event:
    """Ask no longer for a part that waits; its agency is told, and stops reading the report. Raises Invalid."""
    with begin(report, Act.WITHDRAW_PART, by=by) as report:
        withdrawn = open_part(report, part)
        end_part(report, withdrawn, PartState.WITHDRAWN, by=by, now=now)
        data = {"part": withdrawn.pk, "to_agency": installation().slug_of(withdrawn.agency_id)}
        return walk(report, Act.WITHDRAW_PART, by=by, data=data, now=now)
