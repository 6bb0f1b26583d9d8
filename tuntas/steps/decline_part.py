from datetime import datetime

from tuntas.agencies.installation import installation
from tuntas.reports.models import Event, Report
from tuntas.reports.side_tasks import PartState
from tuntas.rules.life import Act
from tuntas.rules.reasons import TransferReason
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.parts import end_part, own_part, tell_who_asked
from tuntas.steps.walk import walk


def decline_part(
    report: Report,
    *,
    by: Actor,
    part: int,
    text: str,
    reason_code: str = TransferReason.NOT_AUTHORITY,
    now: datetime,
) -> Event:
    """Say that one's agency does not do a part it was asked for, and why; whoever holds the report asks elsewhere.

    The reporter is told that it was declined, not in which words. Raises Invalid as ``do_part`` does.
    """
    text = checked(text)
    with begin(report, Act.DECLINE_PART, by=by) as report:
        declined = own_part(report, part, by)
        end_part(report, declined, PartState.DECLINED, by=by, words=text, now=now)
        data = {
            "part": declined.pk,
            "to_agency": installation().slug_of(declined.agency_id),
            "reason_code": TransferReason(reason_code).value,
        }
        event = walk(
            report,
            Act.DECLINE_PART,
            by=by,
            text=text,
            data=data,
            agency_id=declined.agency_id,
            tells=(),
            now=now,
        )
        tell_who_asked(report, declined, "part_declined", by=by, now=now)
        return event
