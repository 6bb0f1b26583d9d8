from datetime import datetime

from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act, Promise
from tuntas.rules.reasons import GIVEN_BY_SYSTEM, ArchiveReason
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.lights import lit
from tuntas.steps.walk import walk

NOT_YOURS = Say(
    "Alasan ini hanya ditulis oleh sistem atau pelapor.", "Only the system or the reporter can give this reason."
)


def archive(
    report: Report,
    *,
    by: Actor,
    reason_code: str,
    text: str,
    late_cause: str = "",
    is_confirmed: bool = True,
    now: datetime,
) -> Event:
    """End a report that is not handled, with one reason and a sentence for the reporter, who may appeal."""
    text = checked(text)
    reason = ArchiveReason(reason_code)
    if reason in GIVEN_BY_SYSTEM and not by.is_system:
        raise Invalid.field("/reason_code", NOT_YOURS)
    with begin(report, Act.ARCHIVE, by=by) as report:
        lights = lit(report, Act.ARCHIVE, text, by=by, is_confirmed=is_confirmed, now=now)
        report.reason_code, report.asked_from = reason, ""
        report.offered_to, report.transferred_from, report.awaits_arbiter = None, "", False
        return walk(
            report,
            Act.ARCHIVE,
            by=by,
            text=text,
            data={"reason_code": reason, **lights},
            late_cause=late_cause,
            without=(Promise.ANSWER,) if by.is_system else (),  # only a person's word keeps it
            now=now,
        )
