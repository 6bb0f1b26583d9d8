"""When a photo was taken, by the notes its camera left in it."""

import re
from datetime import datetime

import PIL.Image
from PIL.ExifTags import IFD, Base

_SHAPE = re.compile(r"([0-9]{4}):([0-9]{2}):([0-9]{2}) ([0-9]{2}:[0-9]{2}:[0-9]{2})")


def moment_in(exif: PIL.Image.Exif) -> datetime | None:
    """Return when the shutter opened; None where absent or broken. It has a zone only where the camera knew its own.

    exif   the notes of a photo; EXIF 2.31, 4.6.5: DateTimeOriginal, and OffsetTimeOriginal beside it
    """
    try:
        notes = exif.get_ifd(IFD.Exif)
        taken = _SHAPE.sub(r"\1-\2-\3T\4", _text(notes.get(Base.DateTimeOriginal)))
        zone = _text(notes.get(Base.OffsetTimeOriginal))
    except Exception:  # a photo with broken notes about itself is still a photo
        return None
    return _instant(taken + zone) or _instant(taken)


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if "T" in text else None
    except ValueError:
        return None


def _text(note: object) -> str:
    said = note.decode("ascii") if isinstance(note, bytes) else note
    return said.strip("\0 ") if isinstance(said, str) else ""
