"""What meetings forget of a case that is moved into the sealed room."""

from tuntas.meetings.models import Brought, Decision
from tuntas.reports.models import Report


def forget_case(report: Report) -> None:
    """Take the case off agendas and decisions; what a decision says stays, it was said by those who met."""
    Brought.objects.filter(report=report).delete()
    Decision.objects.filter(report=report).update(report=None)
