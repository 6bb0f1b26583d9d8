from datetime import datetime

from django.db import transaction

from tuntas.kit.errors import WrongState
from tuntas.kit.words import Say
from tuntas.meetings.models import MOST_WORDS, Brought
from tuntas.reports.models import OPEN_STATES, Report
from tuntas.rules.text import checked
from tuntas.rules.who import Actor, may_read
from tuntas.steps.plan_meeting import leader

NOT_THIS = Say("Laporan ini tidak dibawa ke rakor.", "This report is not taken to the meeting.")
ALREADY = Say("Laporan ini sudah ada di agenda berikutnya.", "This report stands on the next agenda already.")


def bring_to_meeting(report: Report, *, by: Actor, text: str, now: datetime) -> Brought:
    """Put a case on the agenda of the next meeting, with the reason; no act of the report, nobody outside is told.

    Raises NotAllowed, WrongState for one that is sealed, over, or on that agenda already, Invalid.
    """
    text = checked(text, most=MOST_WORDS)
    with transaction.atomic():
        report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        person_id = leader(by, report.desk_id)
        if not may_read(by, report) or report.is_restricted or report.is_suspected or report.state not in OPEN_STATES:
            raise WrongState(NOT_THIS)
        if Brought.objects.filter(report=report, item=None).exists():
            raise WrongState(ALREADY)
        return Brought.objects.create(report=report, why=text, by_id=person_id, at=now)
