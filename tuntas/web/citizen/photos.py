"""Photos that come with a form: each is taken in or gets its own sentence; the others stay."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.errors import Invalid, No
from tuntas.kit.problems import TooOften
from tuntas.kit.time import current_time
from tuntas.kit.words import Say
from tuntas.reports.queries import file_of
from tuntas.steps.limit import FILES_AN_HOUR
from tuntas.web.photo_answers import stored_photo
from tuntas.web.posts import seconds_to_rest

if TYPE_CHECKING:
    from tuntas.reports.models import File

MOST_PHOTOS = 5
TOO_MANY = Say("Paling banyak {most} foto. Foto ini tidak ikut.", "{most} photos at most. This one was left out.")
SLOWER = Say(
    "Banyak foto dari jaringan ini. Tunggu {seconds} detik, lalu tambah lagi. Tulisan Anda tidak hilang.",
    "Many photos come from this network. Wait {seconds} seconds, then add it again. Your text is not lost.",
)
Kept = list[dict[str, Any]]  # id, name, size of each photo


@dataclass
class Taken:
    """What became of the photos of one form."""

    files: Kept  # all that stay, the earlier ones first
    mistakes: list[Say] = field(default_factory=list)  # the photo's name, and what to do about it
    place: list[float] | None = None  # where the first of them was taken that says so


def take_photos(request: HttpRequest, earlier: Kept, *, now: datetime, field: str = "foto") -> Taken:
    """Take in the photos of a form beside the *earlier* ones."""
    taken = Taken(list(earlier))
    for sent in request.FILES.getlist(field):
        try:
            _take(request, sent, taken, now)
        except No as no:
            say = no.mistakes[0].say if isinstance(no, Invalid) and no.mistakes else no.say
            name = (sent.name or "foto")[:40]
            taken.mistakes.append(Say(f"{name}: {say.id}", f"{name}: {say.en}"))
    return taken


def _take(request: HttpRequest, sent: "UploadedFile[Any]", taken: Taken, now: datetime) -> None:
    if len(taken.files) >= MOST_PHOTOS:
        raise Invalid.field("/foto", TOO_MANY.fill(most=MOST_PHOTOS))
    if wait := seconds_to_rest(request, "files", FILES_AN_HOUR):
        raise TooOften(SLOWER.fill(seconds=wait), wait)
    file, place = steps.upload_file(sent, name=sent.name or "", now=now)  # type: ignore[arg-type]  # a stream by duck
    taken.files.append(_kept(file, sent.name or ""))
    if place is not None and taken.place is None:
        taken.place = [place[0], place[1]]


def waiting_photos(ids: list[str], *, now: datetime) -> Kept:
    """Return those of *ids* that wait to be attached: what a form that keeps no draft brings along."""
    kept: Kept = []
    for text in dict.fromkeys(ids[:MOST_PHOTOS]):
        try:
            file = file_of(UUID(text))
        except ValueError:
            continue
        if file is not None and file.state != "rejected" and steps.is_attachable(file, now=now):
            kept.append(_kept(file, file.name))
    return kept


def _kept(file: "File", name: str) -> dict[str, Any]:
    """Return what a form remembers of a file; one that is no photo, or none yet, is shown by its name."""
    is_seen = file.kind == "photo" and file.state == "ready"
    kept: dict[str, Any] = {"id": str(file.pk), "name": name[:60], "size": file.size}
    return kept if is_seen else kept | {"kind": str(file.kind), "state": str(file.state)}


def unsent_photo(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Return a photo that waits in a draft, small; its random id is the right to it, for a day. Raises Http404."""
    file = file_of(file_id)
    if file is None or file.state != "ready" or file.kind != "photo":
        raise Http404
    if not steps.is_attachable(file, now=current_time()):
        raise Http404
    return stored_photo(f"{file.pk}.small.jpg")
