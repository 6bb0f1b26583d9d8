from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.walk import walk


def note(report: Report, *, by: Actor, text: str, file_ids: Sequence[UUID] = (), now: datetime) -> Event:
    """Write an internal note; the reporter and the public never see it."""
    text = checked(text)
    with begin(report, Act.NOTE, by=by) as report:
        return walk(report, Act.NOTE, by=by, text=text, file_ids=file_ids, now=now)
