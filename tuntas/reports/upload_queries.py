"""Files that still come, or were taken in just now."""

from datetime import datetime, timedelta
from uuid import UUID

from tuntas.kit.errors import NOT_FOUND, NotFound
from tuntas.reports.files import File, FileState, Upload

KEPT = timedelta(hours=24)


def upload_of(upload_id: UUID, *, now: datetime) -> Upload:
    """Return an upload of the last day, with its file. Raises NotFound."""
    found = Upload.objects.select_related("file").filter(pk=upload_id, at__gt=now - KEPT).first()
    if found is None:
        raise NotFound(NOT_FOUND)
    return found


def count_waiting(before: datetime) -> int:
    """Return how many files came before an instant and were not checked yet."""
    return File.objects.filter(state=FileState.QUARANTINED, received_at__lt=before).count()
