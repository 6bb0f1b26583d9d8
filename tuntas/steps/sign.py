from datetime import datetime
from typing import Any

from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.lights import lit
from tuntas.steps.walk import walk


def sign(report: Report, *, by: Actor, text: str | None = None, is_confirmed: bool = True, now: datetime) -> Event:
    """Stand by a handler's answer as the agency's liaison; from now on it waits for the second person.

    text   the answer in better words; without it, the answer stays as it was written
    """
    text = checked(text or "", may_be_empty=True)
    with begin(report, Act.SIGN, by=by) as report:
        data = _judged(report, text, by=by, is_confirmed=is_confirmed, now=now) if text else {}
        report.awaits_signature = False
        return walk(report, Act.SIGN, by=by, text=text, data=data, now=now)


def _judged(report: Report, text: str, *, by: Actor, is_confirmed: bool, now: datetime) -> dict[str, Any]:
    """Hold other words to what the handler's were held to, with the same photos. Raises Invalid."""
    proposal = report.events.filter(act=Act.PROPOSE_ANSWER).order_by("-id")[0]
    return lit(
        report,
        Act.PROPOSE_ANSWER,
        text,
        by=by,
        file_ids=list(proposal.files.values_list("pk", flat=True)),
        outcome=proposal.data["outcome"],
        is_confirmed=is_confirmed,
        now=now,
    )
