from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tuntas.kit import files
from tuntas.kit.covering import covered
from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.reports.models import Event, File, FileKind, FileState, Report
from tuntas.rules.covers import checked_covers
from tuntas.rules.life import Act
from tuntas.rules.text import checked
from tuntas.rules.thread import is_reporters
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.walk import walk

NOTHING = Say("Belum ada yang diubah.", "Nothing was changed yet.")
NOT_THIS_PHOTO = Say(
    "Foto ini bukan foto pelapor atau bukti jawaban di laporan ini.",
    "This photo is neither the reporter's nor proof of an answer to this report.",
)
STAYS = Say(
    "Foto bukti tampil bersama jawabannya. Tutup bagian yang tidak boleh dilihat.",
    "Proof is shown with its answer. Cover what must not be seen.",
)
BOTH = Say("Foto ini diminta tampil dan disembunyikan sekaligus.", "This photo is to be shown and hidden at once.")


@dataclass(frozen=True, slots=True)
class PhotoToShow:
    """A photo to let out, and what must not be seen on it: x, y, width and height in hundredths of its size."""

    file_id: UUID
    covers: Sequence[Sequence[float]] = ()


def publish(
    report: Report,
    *,
    by: Actor,
    title: str | None = None,
    public_text: str | None = None,
    photos: Sequence[PhotoToShow] = (),
    hide: Sequence[UUID] = (),
    now: datetime,
) -> Event:
    """Decide what everybody reads and sees of a report. Before dispatch this prepares, and nobody sees it yet.

    title, public_text   other words than the reporter's; None leaves those that are there
    photos               of the reporter, or proof: everybody sees a copy of which the covers leave nothing
    hide                 the reporter's photos that everybody must no longer see
    """
    title = None if title is None else checked(title, "/title", most=200)
    public_text = None if public_text is None else checked(public_text, "/public_text")
    if title is None and public_text is None and not photos and not hide:
        raise Invalid.field("/public_text", NOTHING)
    covers = {photo.file_id: checked_covers(photo.covers, f"/photos/{n}/covers") for n, photo in enumerate(photos)}
    with begin(report, Act.PUBLISH, by=by) as report:
        shown, hidden = _shown(report, covers), _hidden(report, hide, covers)
        for file in (*shown, *hidden):
            file.covers = covers.get(file.pk)
            file.save(update_fields=["covers"])
        report.public_title = title or report.public_title
        report.public_text = public_text or report.public_text
        event = walk(report, Act.PUBLISH, by=by, data=_data(title, public_text, [*shown, *hidden]), now=now)
        # The files before the commit: after it, a crash could leave a less covered copy up for good.
        for file in shown:
            _draw(file)
        for file in hidden:
            _drop(file)
        return event


def _shown(report: Report, covers: Collection[UUID]) -> list[File]:
    """Return the photos to let out. Raises Invalid for one that is neither the reporter's nor proof."""
    found = _photos_of(report, covers)
    for n, file_id in enumerate(covers):
        if file_id not in found or not (_is_reporters(found[file_id]) or _is_proof(found[file_id])):
            raise Invalid.field(f"/photos/{n}/file_id", NOT_THIS_PHOTO)
    return [found[file_id] for file_id in covers]


def _hidden(report: Report, hide: Collection[UUID], shown: Collection[UUID]) -> list[File]:
    """Return the photos to take back. Raises Invalid for one that is not the reporter's, or is to be shown as well."""
    found = _photos_of(report, hide)
    for n, file_id in enumerate(hide):
        if file_id in shown:
            raise Invalid.field(f"/hide/{n}", BOTH)
        if file_id not in found or not _is_reporters(found[file_id]):
            is_proof = file_id in found and _is_proof(found[file_id])
            raise Invalid.field(f"/hide/{n}", STAYS if is_proof else NOT_THIS_PHOTO)
    return list(found.values())


def _photos_of(report: Report, ids: Collection[UUID]) -> dict[UUID, File]:
    ready = File.objects.filter(report=report, state=FileState.READY, kind=FileKind.PHOTO, pk__in=ids)
    return {file.pk: file for file in ready.select_related("event")}


def _is_reporters(file: File) -> bool:
    return file.event is not None and is_reporters(file.event.act, file.event.voice)


def _is_proof(file: File) -> bool:
    return file.event is not None and file.event.act == Act.PROPOSE_ANSWER


def _data(title: str | None, public_text: str | None, photos: Sequence[File]) -> dict[str, Any]:
    """Return who-let-out-what for the record: the words and covers as they are from now on."""
    told = {"title": title, "public_text": public_text, "covers": {str(file.pk): file.covers for file in photos}}
    return {name: value for name, value in told.items() if value}


def _draw(file: File) -> None:
    copy = covered(files.get(f"{file.pk}.jpg"), file.covers or [])
    files.put(f"{file.pk}.public.jpg", copy.bytes)
    files.put(f"{file.pk}.public.small.jpg", copy.small)


def _drop(file: File) -> None:
    files.drop(f"{file.pk}.public.jpg")
    files.drop(f"{file.pk}.public.small.jpg")
