"""Photos that come with a form: each is taken in or gets its own sentence; the others stay."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.errors import Invalid, No
from tuntas.kit.images import MOST_BYTES
from tuntas.kit.problems import TooOften
from tuntas.kit.time import current_time
from tuntas.kit.words import Say
from tuntas.reports.queries import file_of
from tuntas.steps.limit import FILES_AN_HOUR
from tuntas.web.photo_answers import photo_answer
from tuntas.web.posts import seconds_to_rest

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
    # One byte more than is taken, so that a photo that is too large is refused without being read whole
    file, place = steps.upload_with_place(sent.read(MOST_BYTES + 1), now=now)
    taken.files.append({"id": str(file.pk), "name": (sent.name or "")[:60], "size": file.size})
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
        if file is not None and steps.is_attachable(file, now=now):
            kept.append({"id": str(file.pk), "name": "", "size": file.size})
    return kept


def unsent_photo(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Return a photo that waits in a draft, small; its random id is the right to it, for a day. Raises Http404."""
    file = file_of(file_id)
    if file is None or not steps.is_attachable(file, now=current_time()):
        raise Http404
    return photo_answer(f"{file.pk}.small.jpg")
