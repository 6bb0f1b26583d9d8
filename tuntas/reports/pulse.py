"""How the reports are, in a few numbers for those who run the machine: no report is named."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from tuntas.reports.models import OPEN_STATES, Notice, NoticeState, Report


@dataclass(frozen=True, slots=True)
class Pulse:
    """Counts of now."""

    open: int
    overdue: int  # open ones whose next promise has run out
    notices_waiting: int
    notices_dead: int


def pulse(*, now: datetime) -> Pulse:
    """Count what is open, late, waiting and dead; three statements, each by an index of its own."""
    counted = Report.objects.filter(state__in=OPEN_STATES).aggregate(
        open=Count("pk"), overdue=Count("pk", filter=Q(due_at__lt=now))
    )
    waiting = Notice.objects.filter(state=NoticeState.WAITING).count()
    dead = Notice.objects.filter(state=NoticeState.DEAD).count()
    return Pulse(**counted, notices_waiting=waiting, notices_dead=dead)
