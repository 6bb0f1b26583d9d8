from datetime import datetime
from typing import Any

from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act
from tuntas.rules.text import checked
from tuntas.rules.who import Actor, Role
from tuntas.steps.begin import begin
from tuntas.steps.transfer import agency_to_offer, has_had
from tuntas.steps.walk import walk

NOT_BELOW_YOU = Say(
    "Anda hanya bisa menentukan instansi di bawah Anda.", "You can only settle on an agency that stands below you."
)


def arbitrate(report: Report, *, by: Actor, agency: str, text: str, now: datetime) -> Event:
    """Settle which agency has a report that was refused three times, the one that holds it among them; this binds it.

    No clock starts anew. Raises Invalid where nobody could take it there, or it is not below the arbiter.
    """
    text = checked(text)
    with begin(report, Act.ARBITRATE, by=by) as report:
        target = agency_to_offer(agency, report, "/agency")
        if not by.has(Role.ARBITER, target.id):
            raise Invalid.field("/agency", NOT_BELOW_YOU)
        data: dict[str, Any] = {"to_agency": target.slug}
        if target.id != report.holder_id and has_had(report, target):
            data["again"] = True
        report.holder_id, report.transferred_from = target.id, ""
        report.hop_count += 1
        report.refusal_count, report.awaits_arbiter, report.is_arbitrated = 0, False, True
        return walk(report, Act.ARBITRATE, by=by, text=text, data=data, now=now)
