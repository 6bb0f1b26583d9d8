from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act
from tuntas.rules.text import checked, has_words
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.walk import walk

NOTHING = Say("Tulis sesuatu atau tambah foto.", "Write something or add a photo.")


def supplement(report: Report, *, by: Actor, text: str = "", file_ids: Sequence[UUID] = (), now: datetime) -> Event:
    """Add words or photos while others work on the report; no clock stops for it, and the public does not see it."""
    text = checked(text, may_be_empty=True)
    if not has_words(text):
        text = ""
    if not text and not file_ids:
        raise Invalid.field("/text", NOTHING)
    with begin(report, Act.SUPPLEMENT, by=by) as report:
        return walk(report, Act.SUPPLEMENT, by=by, text=text, file_ids=file_ids, now=now)
