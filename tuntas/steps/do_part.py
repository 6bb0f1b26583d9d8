from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tuntas.agencies.installation import installation
from tuntas.reports.models import Event, Report
from tuntas.reports.side_tasks import PartState
from tuntas.rules.captured import captured
from tuntas.rules.life import Act, Told
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.parts import end_part, own_part, tell_who_asked
from tuntas.steps.walk import walk


def do_part(
    report: Report,
    *,
    by: Actor,
    part: int,
    text: str,
    file_ids: Sequence[UUID] = (),
    captured_at: datetime | None = None,
    now: datetime,
) -> Event:
    """Say that a part which was asked of one's agency is done; the reporter reads how, and sees the photos.

    The report stays where it is. Raises Invalid for a part of another agency, or one that has ended.
    """
    text = checked(text)
    with begin(report, Act.DO_PART, by=by) as report:
        done = own_part(report, part, by)
        end_part(report, done, PartState.DONE, by=by, words=text, now=now)
        data = {"part": done.pk, "to_agency": installation().slug_of(done.agency_id), **captured(captured_at, now)}
        event = walk(
            report,
            Act.DO_PART,
            by=by,
            text=text,
            data=data,
            file_ids=file_ids,
            agency_id=done.agency_id,
            tells=(Told.REPORTER,),
            now=now,
        )
        tell_who_asked(report, done, "part_done", by=by, now=now)
        return event
