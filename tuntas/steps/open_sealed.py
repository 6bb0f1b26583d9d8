from datetime import datetime, timedelta

from django.db import transaction

from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.reports.models import Report
from tuntas.rules.sealed_purposes import PURPOSES, Purpose, SealedLook
from tuntas.rules.who import Actor
from tuntas.sealed.models import Opening
from tuntas.steps.look_at_sealed import record, refuse_not_appointed

STAYS_OPEN = timedelta(minutes=15)
CHOOSE = Say("Pilih untuk apa segel ini dibuka.", "Choose what this seal is opened for.")


def open_sealed(report: Report, *, by: Actor, purpose: str, now: datetime) -> Opening:
    """Open a sealed report to one appointed reader for a quarter of an hour; it is recorded, and the reporter sees it.

    Whoever calls this has asked for a second factor. Raises NotAllowed, Invalid.
    """
    with transaction.atomic():
        report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        refuse_not_appointed(report, by=by)
        if purpose not in set(Purpose):
            raise Invalid.field("/purpose", CHOOSE)
        report.fetched_at = report.fetched_at or now
        record(report, by=by, what=SealedLook.OPENED, why=PURPOSES[Purpose(purpose)].id, now=now)
        return Opening.objects.create(
            person_id=by.person_id or 0, report_id=report.pk, purpose=purpose, at=now, ends_at=now + STAYS_OPEN
        )
