"""Photos that prove an answer: taken in with the time and place they were taken, and shown with both."""

from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from math import isfinite
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from tuntas import steps
from tuntas.kit.errors import Invalid, No
from tuntas.kit.images import MOST_BYTES
from tuntas.kit.words import Say
from tuntas.reports.queries import file_of
from tuntas.rules.evidence import Evidence, Point, metres_between
from tuntas.web.citizen.photos import MOST_PHOTOS, TOO_MANY
from tuntas.web.shots import caption_of

if TYPE_CHECKING:
    from tuntas.reports.models import File, Report

SAID = ("foto_kapan", "foto_lat", "foto_lng")  # beside each photo, empty where the phone does not know


@dataclass(frozen=True, slots=True)
class Proof:
    """One photo as it is shown: its id, and when and where it was taken, in words."""

    id: str
    caption: Say


def take_evidence(request: HttpRequest, *, now: datetime) -> tuple[list[UUID], list[Say]]:
    """Take in the photos of a form beside those an earlier try brought; return their ids and what was wrong."""
    ids, mistakes = waiting_in(request, now=now), []
    said = said_of(request)
    for n, sent in enumerate(request.FILES.getlist("foto")):
        try:
            evidence = said[n] if n < len(said) else Evidence()
            ids.append(_take(sent, evidence, room=MOST_PHOTOS - len(ids), now=now))
        except No as no:
            say = no.mistakes[0].say if isinstance(no, Invalid) and no.mistakes else no.say
            name = (sent.name or "foto")[:40]
            mistakes.append(Say(f"{name}: {say.id}", f"{name}: {say.en}"))
    return ids, mistakes


def said_of(request: HttpRequest) -> list[Evidence]:
    """Return what a phone says of the photos it sends, in their order: made smaller, they cannot say it themselves."""
    post = request.POST
    said = zip_longest(*(post.getlist(name)[:MOST_PHOTOS] for name in SAID), fillvalue="")
    return [Evidence(instant_of(at), _point(lat, lng)) for at, lat, lng in said]


def _point(lat: str, lng: str) -> Point | None:
    try:
        point = float(lat), float(lng)
    except ValueError:
        return None
    return point if all(map(isfinite, point)) else None


def _take(sent: "UploadedFile[Any]", said: Evidence, *, room: int, now: datetime) -> UUID:
    if room <= 0:
        raise Invalid.field("/foto", TOO_MANY.fill(most=MOST_PHOTOS))
    lat, lng = said.point or (None, None)
    file = steps.upload_evidence(sent.read(MOST_BYTES + 1), taken_at=said.taken_at, lat=lat, lng=lng, now=now)
    return file.pk


def waiting_in(request: HttpRequest, *, now: datetime) -> list[UUID]:
    """Return the photos that an earlier try of a form brought, as far as they wait to be attached."""
    kept: list[UUID] = []
    for text in dict.fromkeys(request.POST.getlist("foto_id")[:MOST_PHOTOS]):
        try:
            file = file_of(UUID(text))
        except ValueError:
            continue
        if file is not None and steps.is_attachable(file, now=now):
            kept.append(file.pk)
    return kept


def instant_of(text: str) -> datetime | None:
    """Return what a phone said of a moment, or None."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


def proofs_of(ids: list[UUID], report: "Report", *, now: datetime, zone: ZoneInfo) -> list[Proof]:
    """Return photos that wait with a form, as they are shown. One query each, five at most."""
    files = [file for id_ in ids if (file := file_of(id_)) is not None]
    return [Proof(str(file.pk), caption_of(file.taken_at, _metres(file, report), now=now, zone=zone)) for file in files]


def _metres(file: "File", report: "Report") -> int | None:
    if file.lat is None or file.lng is None or report.lat is None or report.lng is None:
        return None
    return metres_between((file.lat, file.lng), (report.lat, report.lng))
