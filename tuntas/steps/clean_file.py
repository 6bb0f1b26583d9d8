from datetime import datetime, timedelta
from hashlib import file_digest, sha256
from pathlib import Path
from uuid import UUID

from django.db import transaction

from tuntas.kit import documents, files
from tuntas.kit.clamd import NotScanned
from tuntas.kit.errors import Invalid, TooLarge
from tuntas.kit.images import clean_image
from tuntas.kit.likeness import Likeness
from tuntas.kit.queue import Job, later
from tuntas.kit.recordings import Damaged, clean_recording
from tuntas.reports.models import File, FileKind, FileState, Report
from tuntas.reports.print_queries import print_of_photo
from tuntas.rules.file_words import Trouble
from tuntas.steps.scanning import IN_A_JOB, is_infected
from tuntas.steps.story import retell
from tuntas.steps.upload import draw

SOONEST, LATEST = timedelta(seconds=30), timedelta(minutes=10)
ASKS_ITSELF = timedelta(hours=1)  # afterwards the hourly tidying asks
TROUBLES: dict[type[Exception], Trouble] = {
    documents.Locked: Trouble.LOCKED,
    documents.TooLong: Trouble.TOO_MANY_PAGES,
    documents.Unreadable: Trouble.DAMAGED,
    Damaged: Trouble.DAMAGED,
    Invalid: Trouble.DAMAGED,
    TooLarge: Trouble.DAMAGED,
    FileNotFoundError: Trouble.DAMAGED,  # nothing lies in quarantine: another run of this job was first, or it is lost
}


class AttachedMeanwhile(Exception):
    """The file was attached while it was settled; the job tries again."""


def clean_file(file_id: UUID, *, now: datetime) -> None:
    """Scan and clean one file that waits in quarantine, then let it be seen or reject it. Safe to repeat.

    Where a scanner is set and does not answer, the file goes on waiting. What came is deleted in the end.
    """
    file = File.objects.filter(pk=file_id, state=FileState.QUARANTINED).first()
    if file is None:
        return
    try:
        file.trouble, look = _cleaned(file, files.quarantined(str(file.pk)))
    except NotScanned:
        _wait(file, now)
        return
    if file.trouble:
        file.state = FileState.REJECTED
    _settle(file, look)
    if file.state == FileState.REJECTED:
        for name in (f"{file.pk}.jpg", f"{file.pk}.small.jpg", f"{file.pk}.{file.ending}"):
            files.drop(name)
    files.drop_quarantined(str(file.pk))


def _cleaned(file: File, path: Path) -> tuple[str, Likeness | None]:
    """Make the clean file out of the one in quarantine; return what is wrong with it, and what a photo looks like.

    Raises NotScanned.
    """
    try:
        with path.open("rb") as source:
            if is_infected(source, seconds=IN_A_JOB):
                return Trouble.INFECTED, None
        look = _clean(file, path)
    except tuple(TROUBLES) as error:
        return TROUBLES[type(error)], None
    file.state = FileState.READY
    return "", look


def _clean(file: File, path: Path) -> Likeness | None:
    if file.kind == FileKind.PHOTO:
        image = clean_image(path.read_bytes())
        draw(image, file)
        return image.likeness
    if file.kind == FileKind.DOCUMENT:
        clean = documents.clean_document(path.read_bytes())
        files.put(f"{file.pk}.{file.ending}", clean)
        file.sha256, file.size = sha256(clean).hexdigest(), len(clean)
        return None
    clean_recording(path, file.ending)
    with path.open("rb") as source:
        file.sha256 = file_digest(source, "sha256").hexdigest()
    file.size = path.stat().st_size
    files.release(str(file.pk), f"{file.pk}.{file.ending}")
    return None


def _settle(file: File, look: Likeness | None) -> None:
    """Write down what became of a file, and tell its report's story anew where it has one."""
    with transaction.atomic():
        # The report first, as every act locks it before it attaches a file
        report = Report.objects.select_for_update(of=("self",)).filter(files=file.pk).first()
        fresh = File.objects.select_for_update(of=("self",)).get(pk=file.pk)
        if fresh.state != FileState.QUARANTINED:  # another run was first: its word stands
            file.state = fresh.state
            return
        if fresh.report_id != (report and report.pk):
            raise AttachedMeanwhile
        file.save(update_fields=["state", "trouble", "sha256", "size", "width", "height", "hints"])
        if look is not None:
            print_of_photo(file, look).save(force_insert=True)
        if report is not None:
            retell(report)
            report.save(update_fields=["thread"])


def _wait(file: File, now: datetime) -> None:
    File.objects.filter(pk=file.pk, state=FileState.QUARANTINED).update(trouble=Trouble.WAITS)
    age = now - file.received_at
    if age < ASKS_ITSELF:
        later(Job.CLEAN_FILE, after=min(max(age, SOONEST), LATEST), file_id=str(file.pk))
