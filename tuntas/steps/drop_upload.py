from uuid import UUID

from tuntas.kit import files
from tuntas.reports.models import Upload


def drop_upload(upload_id: UUID) -> bool:
    """Forget a file that was still coming; one that has come whole stays. Return whether there was one."""
    there = bool(Upload.objects.filter(pk=upload_id).delete()[0])
    files.drop_quarantined(str(upload_id))
    return there
