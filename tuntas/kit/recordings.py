"""Videos and recordings of sound: checked for how they are built, and freed of what tells place and person.

The film itself is not made anew. Out of reach stay: words inside an Ogg file, and what a camera wrote between the
pictures. So they are never shown on a page, only handed over to be kept (Content-Disposition: attachment).
"""

import struct
from pathlib import Path

from tuntas.kit.boxes import clean_boxes
from tuntas.kit.sounds import clean_aac, clean_mp3, clean_ogg, clean_wav
from tuntas.kit.webm import clean_webm

_CLEANERS = {
    "mp4": clean_boxes,
    "mov": clean_boxes,
    "m4a": clean_boxes,
    "webm": clean_webm,
    "mp3": clean_mp3,
    "aac": clean_aac,
    "ogg": clean_ogg,
    "wav": clean_wav,
}


class Damaged(Exception):
    """The file is not built as its kind must be."""


def clean_recording(path: Path, ending: str) -> None:
    """Clean a file where it lies; may be done twice. Raises Damaged, FileNotFoundError."""
    with path.open("r+b") as file:
        try:
            _CLEANERS[ending](file, path.stat().st_size)
        except (ValueError, IndexError, struct.error, RecursionError) as error:
            raise Damaged from error
