from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.walk import walk

CALLED = frozenset({"reporter", "agency"})
WHO_WAS_CALLED = Say("Pilih siapa yang ditelepon.", "Choose who was called.")


def note(
    report: Report,
    *,
    by: Actor,
    text: str,
    file_ids: Sequence[UUID] = (),
    call: str = "",
    reached: bool | None = None,
    now: datetime,
) -> Event:
    """Write an internal note; the reporter and the public never see it.

    call      who was called by phone: "reporter" or "agency"
    reached   whether they answered
    """
    text = checked(text)
    if call not in CALLED and (call or reached is not None):
        raise Invalid.field("/call", WHO_WAS_CALLED)
    data = {"call": call, "reached": reached} if call else {}
    with begin(report, Act.NOTE, by=by) as report:
        return walk(report, Act.NOTE, by=by, text=text, data=data, file_ids=file_ids, now=now)
