from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act, Promise
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.walk import walk
from tuntas.steps.windows import refuse_after_window


def appeal(report: Report, *, by: Actor, text: str, file_ids: Sequence[UUID] = (), now: datetime) -> Event:
    """Object to a report not being handled; it goes back to the desk, which must look again."""
    text = checked(text)
    with begin(report, Act.APPEAL, by=by) as report:
        refuse_after_window(report, Promise.APPEAL_WINDOW, now)
        report.reason_code, report.holder = "", None
        return walk(report, Act.APPEAL, by=by, text=text, file_ids=file_ids, now=now)
