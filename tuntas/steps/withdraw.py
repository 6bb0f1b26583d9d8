from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act
from tuntas.rules.reasons import ArchiveReason
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.walk import walk


def withdraw(report: Report, *, by: Actor, text: str, file_ids: Sequence[UUID] = (), now: datetime) -> Event:
    """Take one's own report back; everything owed on it ends."""
    text = checked(text)
    with begin(report, Act.WITHDRAW, by=by) as report:
        report.reason_code, report.asked_from = ArchiveReason.BY_REPORTER, ""
        report.offered_to, report.transferred_from, report.awaits_arbiter = None, "", False
        data = {"reason_code": ArchiveReason.BY_REPORTER}
        return walk(report, Act.WITHDRAW, by=by, text=text, file_ids=file_ids, data=data, now=now)
