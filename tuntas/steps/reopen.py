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


def reopen(report: Report, *, by: Actor, text: str, file_ids: Sequence[UUID] = (), now: datetime) -> Event:
    """Take up an answered or closed report again because it is not fixed; the work clock starts anew."""
    text = checked(text)
    with begin(report, Act.REOPEN, by=by) as report:
        refuse_after_window(report, Promise.REOPEN_WINDOW, now)
        take_up_again(report)
        return walk(report, Act.REOPEN, by=by, text=text, file_ids=file_ids, now=now)


def take_up_again(report: Report) -> None:
    """Set what reopening changes besides the state."""
    report.reopen_count += 1
    report.is_reopened = True
    report.closed_by, report.close_outcome = "", ""
