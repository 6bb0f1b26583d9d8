from datetime import datetime
from typing import Any

from tuntas.agencies.installation import installation
from tuntas.kit.errors import WrongState
from tuntas.kit.words import Say
from tuntas.reports.models import Event, Report
from tuntas.rules.hops import ARBITER_AT
from tuntas.rules.life import Act, Promise, State
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.walk import walk

NOBODY_IS_ASKED = Say(
    "Laporan ini sedang tidak ditawarkan. Sekretaris Daerah yang menentukan.",
    "Nobody is offered this report now. The regional secretary decides.",
)


def decline_transfer(report: Report, *, by: Actor, reason_code: str, text: str, now: datetime) -> Event:
    """Not take a report that was offered, and say why; it stays with the sender as it was.

    The third refusal in a row leaves it pending, offered to nobody: the arbiter decides. The system refuses where an
    offer was not answered in time, without words.
    """
    text = checked(text, may_be_empty=by.is_system)
    with begin(report, Act.DECLINE_TRANSFER, by=by) as report:
        if report.awaits_arbiter:
            raise WrongState(NOBODY_IS_ASKED)
        refuser, report.offered_to = report.offered_to_id or report.desk_id, None
        report.refusal_count += 1
        data: dict[str, Any] = {"reason_code": reason_code, "refusals": report.refusal_count}
        if by.is_system:
            data["to_agency"] = installation().slug_of(refuser)
            report.deadlines.running().filter(promise=Promise.TRANSFER).update(ended_at=now, rung_at=None)
        to = _destination(report)
        return walk(report, Act.DECLINE_TRANSFER, by=by, text=text, data=data, to=to, agency_id=refuser, now=now)


def _destination(report: Report) -> State:
    """Return where it stands after a refusal: where it was, or before the arbiter."""
    if report.refusal_count >= ARBITER_AT:
        report.awaits_arbiter = True
        return State.TRANSFER_PENDING
    to, report.transferred_from = State(report.transferred_from), ""
    return to
