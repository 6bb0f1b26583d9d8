"""Tell reporters, once, that they may go to the Ombudsman: 60 days have brought no answer that stands."""

from datetime import datetime

from django.db import transaction

from tuntas.reports.models import Report
from tuntas.rules.ombudsman import AFTER, WITHOUT_ANSWER
from tuntas.steps.tell import tell_reporter


def advise_next(*, now: datetime, most: int = 500) -> int:
    """Tell the reporters of up to *most* reports, the oldest first; return how many. Safe side by side.

    Nobody files for them: the page has the letter ready. Who left no address reads it on that page.
    """
    old = Report.objects.filter(state__in=WITHOUT_ANSWER, received_at__lte=now - AFTER, advised_at=None)
    with transaction.atomic():
        locked = old.select_for_update(of=("self",), skip_locked=True).order_by("received_at", "pk")
        reports = list(locked.only("pk", "language")[:most])
        for report in reports:
            tell_reporter(report, "ombudsman", now=now)
        Report.objects.filter(pk__in=[report.pk for report in reports]).update(advised_at=now)
    return len(reports)
