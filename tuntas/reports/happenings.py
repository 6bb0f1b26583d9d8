"""Events as the thread of a report needs them."""

from collections.abc import Iterable

from tuntas.agencies.installation import installation
from tuntas.reports.models import Event, File, FileKind, FileState
from tuntas.rules.evidence import Point, metres_between
from tuntas.rules.life import Act
from tuntas.rules.thread import Happening, Json, Shot


def happening_of(event: Event, files: Iterable[File] = (), point: Point | None = None) -> Happening:
    """Return an event with its files; *point* is where the report lies."""
    files = list(files)
    return Happening(
        act=Act(event.act),
        at=event.at,
        face=event.face,
        voice=event.voice,  # type: ignore[arg-type]  # the database refuses any other
        agency=installation().slug_of(event.agency_id),
        text=event.text,
        data=event.data,
        files=tuple(str(file.pk) for file in files if is_seen(file)),
        attachments=tuple(attached(file) for file in files if not is_seen(file)),
        redrawn=tuple(str(file.pk) for file in files if file.covers is not None),
        shots=tuple(_shot(file, point) for file in files if file.taken_at is not None or file.lat is not None),
    )


def _shot(file: File, point: Point | None) -> Shot:
    there = None if file.lat is None or file.lng is None else (file.lat, file.lng)
    return Shot(str(file.pk), file.taken_at, metres_between(there, point) if there and point else None)


def is_seen(file: File) -> bool:
    """Return whether a file is a photo that can be shown."""
    return file.kind == FileKind.PHOTO and file.state == FileState.READY


def attached(file: File) -> Json:
    """Return what is told of a file that is no photo, or none yet; "trouble" is a word of rules.file_words."""
    told = {"file_id": str(file.pk), "kind": file.kind, "name": file.name, "state": file.state}
    return {**told, "trouble": file.trouble}
