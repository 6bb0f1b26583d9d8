"""Whether a report may be called fixed: some categories ask for a photo first."""

from collections.abc import Sequence
from uuid import UUID

from tuntas.agencies.installation import installation
from tuntas.reports.models import File, FileKind, FileState, Report
from tuntas.reports.print_queries import last_reopening
from tuntas.rules.life import Act


def lacks_proof(report: Report) -> bool:
    """Return whether the report may not be called fixed, for want of a photo that its category asks for."""
    return _needs_proof(report) and not _has_proof(report)


def brings_photo(file_ids: Sequence[UUID]) -> bool:
    """Return whether a photo is among files that were sent along; no query where there are none."""
    return bool(file_ids) and File.objects.filter(pk__in=file_ids, kind=FileKind.PHOTO).exists()


def _needs_proof(report: Report) -> bool:
    return report.category_id is not None and installation().categories[report.category_id].proof


def _has_proof(report: Report) -> bool:
    """Return whether an answer since the last reopening already carried a photo."""
    since = last_reopening(report)
    photos = File.objects.filter(report=report, kind=FileKind.PHOTO).exclude(state=FileState.REJECTED)
    return photos.filter(event__act=Act.PROPOSE_ANSWER, event_id__gt=since).exists()
