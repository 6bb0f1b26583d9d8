from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from tuntas.kit import files
from tuntas.kit.queue import Job, later
from tuntas.reports.models import File, FileState, Upload
from tuntas.steps.add_piece import HOURS_TO_FINISH
from tuntas.steps.clean_file import ASKS_ITSELF

KEEP_LOST = timedelta(hours=48)  # in quarantine, without anything that says why
MOST = 1000


def tidy_uploads(*, now: datetime, real_now: datetime) -> None:
    """Forget uploads that were never finished, and ask again for files that wait too long. Safe to repeat."""
    for pk in Upload.objects.filter(at__lt=now - timedelta(hours=HOURS_TO_FINISH)).values_list("pk", flat=True)[:MOST]:
        Upload.objects.filter(pk=pk).delete()
        files.drop_quarantined(str(pk))
    waiting = File.objects.filter(state=FileState.QUARANTINED, received_at__lt=now - ASKS_ITSELF)
    for pk in waiting.values_list("pk", flat=True)[:MOST]:
        later(Job.CLEAN_FILE, file_id=str(pk))
    for path in files.all_quarantined():
        if _is_lost(path, real_now):
            path.unlink(missing_ok=True)


def _is_lost(path: Path, real_now: datetime) -> bool:
    """Return whether a file in quarantine belongs to nothing: a crash left it there."""
    try:
        if path.stat().st_mtime > (real_now - KEEP_LOST).timestamp():
            return False
        pk = UUID(path.name)
    except FileNotFoundError:
        return False
    except ValueError:
        return True
    is_held = File.objects.filter(pk=pk, state=FileState.QUARANTINED).exists()
    return not is_held and not Upload.objects.filter(pk=pk).exists()
