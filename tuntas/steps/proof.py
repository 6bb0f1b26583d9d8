"""Whether a report may be called fixed: some categories ask for a photo first."""

from tuntas.agencies.installation import installation
from tuntas.reports.models import File, Report
from tuntas.rules.life import Act, State


def lacks_proof(report: Report) -> bool:
    """Return whether the report may not be called fixed, for want of a photo that its category asks for."""
    return _needs_proof(report) and not _has_proof(report)


def _needs_proof(report: Report) -> bool:
    return report.category_id is not None and installation().categories[report.category_id].proof


def _has_proof(report: Report) -> bool:
    """Return whether an answer since the last reopening already carried a photo."""
    since = (
        report.events.filter(act__in=(Act.REOPEN, Act.RATE), to=State.IN_PROGRESS)
        .order_by("-id")
        .values_list("id", flat=True)
        .first()
        or 0
    )
    return File.objects.filter(report=report, event__act=Act.PROPOSE_ANSWER, event_id__gt=since).exists()
