"""WebM: files made of nested elements (EBML, RFC 8794). Checks how they are built and blanks what tells of the maker.

An element is blanked by making it a "Void" of the same length, so that nothing else moves.
"""

from dataclasses import dataclass
from typing import BinaryIO

_EBML, _DOCTYPE, _SEGMENT = 0x1A45DFA3, 0x4282, 0x18538067
_INFO, _TRACKS, _CLUSTER, _VOID = 0x1549A966, 0x1654AE6B, 0x1F43B675, 0xEC
_SEEK, _CUES, _CHECK = 0x114D9B74, 0x1C53BB6B, 0xBF
_IN_SEGMENT = frozenset({_INFO, _TRACKS, _CLUSTER, _VOID, _SEEK, _CUES, _CHECK})
# What stands in a cluster: read on the way through one whose length nobody wrote, as browsers record.
_IN_CLUSTER = frozenset({0xE7, 0xA7, 0xAB, 0xA3, 0xA0, 0x5854})
_TELLING = frozenset({0x4461, 0x7BA9, 0x7384, 0x3C83AB, 0x3E83BB, _CHECK})  # date, title, names of files; its sum
_MOST = 2_000_000  # elements
_BLANK = bytes(64 * 1024)


@dataclass(frozen=True, slots=True)
class _Element:
    id: int
    start: int
    inside: int
    end: int | None  # None: nobody wrote its length


def clean_webm(file: BinaryIO, length: int) -> None:
    """Check a WebM file to its end and blank its tags, dates, titles and attachments. Raises ValueError."""
    head = _element(file, 0, length)
    if head.id != _EBML or head.end is None or not _is_webm(file, head):
        raise ValueError("not WebM")
    segment = _element(file, head.end, length)
    if segment.id != _SEGMENT or segment.end not in (None, length):
        raise ValueError("not one segment")
    at, seen = segment.inside, set[int]()
    for _ in range(_MOST):
        if at == length:
            break
        element = _element(file, at, length)
        seen.add(element.id)
        at = _cleaned(file, element)
    if at != length or not seen >= {_INFO, _TRACKS, _CLUSTER}:
        raise ValueError("not the parts of a recording")


def _cleaned(file: BinaryIO, element: _Element) -> int:
    """Blank an element or what tells in it; return where the next one begins."""
    if element.end is None:
        if element.id != _CLUSTER:
            raise ValueError("an element without a length")
        return element.inside
    if element.id == _INFO:
        at = element.inside
        while at < element.end:
            inner = _element(file, at, element.end)
            if inner.end is None:
                raise ValueError("an element without a length")
            if inner.id in _TELLING:
                _blank(file, inner, inner.end)
            at = inner.end
    elif element.id not in _IN_SEGMENT | _IN_CLUSTER:
        _blank(file, element, element.end)
    return element.end


def _is_webm(file: BinaryIO, head: _Element) -> bool:
    at = head.inside
    while head.end is not None and at < head.end:
        inner = _element(file, at, head.end)
        if inner.end is None:
            return False
        if inner.id == _DOCTYPE:
            file.seek(inner.inside)
            return file.read(min(16, inner.end - inner.inside)).rstrip(b"\0") == b"webm"
        at = inner.end
    return False


def _element(file: BinaryIO, start: int, end: int) -> _Element:
    file.seek(start)
    id_, width = _number(file, 4, keeps_mark=True)
    size, more = _number(file, 8, keeps_mark=False)
    inside = start + width + more
    if size == (1 << 7 * more) - 1:
        return _Element(id_, start, inside, None)
    if inside + size > end:
        raise ValueError("an element reaches beyond its end")
    return _Element(id_, start, inside, inside + size)


def _number(file: BinaryIO, widest: int, *, keeps_mark: bool) -> tuple[int, int]:
    """Read a number whose first byte says how many follow; return it and its width."""
    first = file.read(1)
    width = 9 - first[0].bit_length() if first else 9
    rest = file.read(width - 1)
    if width > widest or len(rest) != width - 1:
        raise ValueError("no number")
    lead = first[0] if keeps_mark else first[0] - (1 << 8 - width)
    return int.from_bytes(bytes([lead]) + rest, "big"), width


def _blank(file: BinaryIO, element: _Element, end: int) -> None:
    whole = end - element.start
    width = min(8, element.inside - element.start - 1)  # of the new length; the old header may have been longer
    left = whole - 1 - width
    file.seek(element.start)
    file.write(bytes([_VOID]) + (left | 1 << 7 * width).to_bytes(width, "big"))
    while left > 0:
        left -= file.write(_BLANK[: min(left, len(_BLANK))])
