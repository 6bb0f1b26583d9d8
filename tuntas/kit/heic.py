"""HEIC and AVIF photos, as newer phones write them, decoded in a process of their own.

Such a file can name one tile many hundred times: a few kilobytes then keep a processor busy for minutes. And their
decoders are large, young and written in C. So the decoder runs beside the server, knows no secret, and is stopped
when it takes too long or too much; whatever happens there, the server goes on.
"""

import base64
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import PIL.Image

_READER = Path(__file__).with_name("heic_reader.py")
_MOVING = frozenset({b"hevc", b"hevx", b"hevm", b"hevs", b"msf1", b"avis"})
_STILL = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"avif"})
_SEATS = BoundedSemaphore(2)  # each may fill some hundred megabytes
_MOST_SECONDS = 10  # of computing: 40 megapixels take 2 to 5
_LONGEST_WAIT = 20.0  # seconds, for a seat and then for the photo


class Unreadable(Exception):
    """The photo is broken, of a kind we do not decode, or took too long."""


class Moving(Exception):
    """More than one picture, to be seen in turn."""


class TooManyPixels(Exception):
    """More pixels than asked for, by what the header says."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The picture, its EXIF notes as bytes, and whether it stands upright already."""

    picture: PIL.Image.Image
    notes: bytes
    is_upright: bool


def is_heic(data: bytes) -> bool:
    """Say whether a file begins as a HEIC or AVIF photo or moving picture does."""
    return data[4:8] == b"ftyp" and data[8:12] in _MOVING | _STILL


def read_heic(data: bytes, *, most_pixels: int, longest_side: int, most_seconds: int = _MOST_SECONDS) -> Decoded:
    """Decode a photo and shrink it, after judging the number of its pixels by its header.

    most_seconds   of computing, after which it counts as unreadable

    Raises TooManyPixels, Moving, Unreadable.
    """
    if data[8:12] in _MOVING:
        raise Moving
    line, _, pixels = _printed(data, most_pixels, longest_side, most_seconds).partition(b"\n")
    try:
        told: dict[str, Any] = json.loads(line)
        _raise_refusal(told.get("refused"))
        width, height = told["size"]
        picture = PIL.Image.frombytes(told["mode"], (width, height), pixels)
        return Decoded(picture, base64.b64decode(told["exif"]), told["is_upright"] is True)
    except (ValueError, KeyError, TypeError) as error:  # stopped in the middle of a word
        raise Unreadable from error


def _raise_refusal(word: object) -> None:
    if word is not None:
        raise {"pixels": TooManyPixels, "moving": Moving}.get(str(word), Unreadable)


def _printed(data: bytes, *limits: int) -> bytes:
    if not _SEATS.acquire(timeout=_LONGEST_WAIT):
        raise Unreadable
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_READER), *map(str, limits)],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            timeout=_LONGEST_WAIT,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise Unreadable from error
    finally:
        _SEATS.release()
    return done.stdout
