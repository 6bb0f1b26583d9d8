from datetime import datetime

from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.reports.models import Event, Report
from tuntas.rules.captured import captured
from tuntas.rules.life import Act
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.dispatch import agency_named
from tuntas.steps.walk import walk

HAS_IT = Say("Instansi ini sudah memegang laporan ini.", "This agency holds the report already.")


def transfer(
    report: Report,
    *,
    by: Actor,
    agency: str | None,
    reason_code: str,
    text: str,
    captured_at: datetime | None = None,
    now: datetime,
) -> Event:
    """Offer a report to the agency it belongs to, or back to the desk (*agency* None).

    The sender keeps it until it is accepted, and no clock starts anew.
    """
    text = checked(text)
    with begin(report, Act.TRANSFER, by=by) as report:
        target = None if agency is None else agency_named(agency, report, "/agency")
        if target is not None and target.id == report.holder_id:
            raise Invalid.field("/agency", HAS_IT)
        report.transferred_from = report.state
        report.offered_to_id = target.id if target else None
        data = {"reason_code": reason_code, "to_agency": target.slug if target else None}
        return walk(report, Act.TRANSFER, by=by, text=text, data=data | captured(captured_at, now), now=now)
