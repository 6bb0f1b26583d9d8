"""MP4, QuickTime and M4A: files made of boxes. Checks how they are built and blanks those that tell place and person.

ISO/IEC 14496-12: a box is its length, four letters, and what is in it. A box is blanked by calling it "free" and
writing noughts over what it held, so that nothing else moves.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_TOP = frozenset({b"ftyp", b"styp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"free", b"skip", b"wide"})
_TELLING = frozenset({b"udta", b"meta", b"uuid", b"cprt"})
_OPENED = frozenset({b"moov", b"trak", b"mdia", b"moof", b"traf"})
_TIMED = frozenset({b"mvhd", b"tkhd", b"mdhd"})  # each begins with when it was made
_PLAYED = frozenset({b"vide", b"soun", b"text", b"sbtl", b"subt", b"clcp"})
_MOST_BOXES = 100_000
_BLANK = bytes(64 * 1024)


@dataclass(frozen=True, slots=True)
class _Box:
    name: bytes
    start: int
    inside: int  # where what it holds begins
    end: int


def clean_boxes(file: BinaryIO, length: int) -> None:
    """Check a file of boxes to its end and blank what tells more than picture and sound. Raises ValueError."""
    top = list(_boxes(file, 0, length))
    names = [box.name for box in top]
    if not names or names[0] != b"ftyp" or b"moov" not in names or b"mdat" not in names:
        raise ValueError("not the boxes of a film")
    is_played = False
    for box in top:
        if box.name not in _TOP:
            _blank(file, box)
        elif box.name in _OPENED:
            is_played |= _clean_inside(file, box)
    if not is_played:
        raise ValueError("nothing to see or hear in it")


def _clean_inside(file: BinaryIO, outer: _Box) -> bool:
    """Blank what tells inside a box; return whether there is a track to see or hear."""
    is_played = False
    for box in list(_boxes(file, outer.inside, outer.end)):
        if box.name in _TELLING or (box.name == b"trak" and _handler_of(file, box) not in _PLAYED):
            _blank(file, box)  # a track of another kind: positions of the phone, say
            continue
        if box.name in _TIMED:
            _forget_times(file, box)
        if box.name in _OPENED:
            _clean_inside(file, box)
        is_played |= box.name == b"trak"
    return is_played


def _handler_of(file: BinaryIO, trak: _Box) -> bytes:
    media = next((box for box in _boxes(file, trak.inside, trak.end) if box.name == b"mdia"), None)
    if media is None:
        return b""
    handler = next((box for box in _boxes(file, media.inside, media.end) if box.name == b"hdlr"), None)
    if handler is None:
        return b""
    file.seek(handler.inside + 8)
    return file.read(4)


def _forget_times(file: BinaryIO, box: _Box) -> None:
    file.seek(box.inside)
    many = 16 if file.read(1) == b"\1" else 8
    if box.end - box.inside < 4 + many:
        raise ValueError("a header too short")
    file.seek(box.inside + 4)
    file.write(bytes(many))


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[_Box]:
    for _ in range(_MOST_BOXES):
        if start == end or (end - start == 4 and _is_end(file, start)):
            return
        file.seek(start)
        size, name = struct.unpack("!I4s", _exactly(file, 8))
        inside = start + 8
        if size == 1:
            (size,) = struct.unpack("!Q", _exactly(file, 8))
            inside += 8
        stop = end if size == 0 else start + size
        if stop < inside or stop > end:
            raise ValueError("a box reaches beyond its end")
        yield _Box(name, start, inside, stop)
        start = stop
    raise ValueError("too many boxes")


def _is_end(file: BinaryIO, start: int) -> bool:
    """Return whether only the nought stands there with which QuickTime ends some lists."""
    file.seek(start)
    return file.read(4) == bytes(4)


def _exactly(file: BinaryIO, many: int) -> bytes:
    data = file.read(many)
    if len(data) != many:
        raise ValueError("cut off")
    return data


def _blank(file: BinaryIO, box: _Box) -> None:
    file.seek(box.start + 4)
    file.write(b"free")
    file.seek(box.inside)
    left = box.end - box.inside
    while left > 0:
        left -= file.write(_BLANK[: min(left, len(_BLANK))])
