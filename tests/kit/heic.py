"""HEIC photos for tests, put together box by box around one still of our own: 128 × 64, in three flat colours.

The still is white at the top left, red below that, blue on the right; a larger one is all grey. Both were drawn and
encoded for these tests.
"""

import struct
from base64 import b64decode
from dataclasses import dataclass

SIZE = (128, 64)
LARGE = (2048, 2048)

_HOW_TO_DECODE = b64decode(
    "AQNwAAAAAAAAAAAAHvAA/P34+AAADwMgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQCEAAQArQgEBA3AAAAMAkAAAAwAA"
    "AwAeoBAgQWW6kkprm4EBAwIAAAMAAgAAAwACECIAAQAHRAHBcrAiQA=="
)
_HOW_TO_DECODE_LARGE = b64decode(
    "AQNwAAAAAAAAAAAAlvAA/P34+AAADwMgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAlroCQCEAAQAtQgEBA3AAAAMAkAAAAwAA"
    "AwCWoAEAIAIAWW6kkprm4EBAwIAAAAMAgAAAAwCEIgABAAdEAcFysCJA"
)
_LARGE_STILL = bytes.fromhex("000003b92801af0518fd2123f8a151409c09315e84") + b"\0\0\3" * 311 + bytes.fromhex("000322")
_STILL = b64decode("AAAAJSgBrwQY/B3XPpvVl8FN//q2IflCldsUglUEv+jF+dwTPfdPcHM=")


def box(name: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + name + body


def full_box(name: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    return box(name, struct.pack(">I", version << 24 | flags), *parts)


@dataclass(frozen=True)
class Item:
    """One thing in the file: a picture, a grid of pictures, EXIF or XMP."""

    kind: bytes
    data: bytes
    properties: tuple[bytes, ...] = ()
    points: bytes = b""  # what kind of reference
    to: tuple[int, ...] = ()


def size_box(size: tuple[int, int]) -> bytes:
    return full_box(b"ispe", 0, 0, struct.pack(">II", *size))


def still(*more: bytes, size: tuple[int, int] = SIZE) -> Item:
    return Item(b"hvc1", _STILL, (box(b"hvcC", _HOW_TO_DECODE), size_box(size), *more))


def large_still() -> Item:
    """2048 × 2048 in a thousand bytes: some hundredths of a second to decode."""
    return Item(b"hvc1", _LARGE_STILL, (box(b"hvcC", _HOW_TO_DECODE_LARGE), size_box(LARGE)))


def grid(columns: int, rows: int, size: tuple[int, int], tiles: tuple[int, ...], *more: bytes) -> Item:
    """A large picture made of tiles, as phones write it."""
    data = struct.pack(">BBBBII", 0, 1, rows - 1, columns - 1, *size)
    return Item(b"grid", data, (size_box(size), *more), b"dimg", tiles)


def exif_item(tiff: bytes, of: int = 1) -> Item:
    return Item(b"Exif", struct.pack(">I", 6) + b"Exif\0\0" + tiff, (), b"cdsc", (of,))


def xmp_item(data: bytes, of: int = 1) -> Item:
    return Item(b"mime", data, (), b"cdsc", (of,))


def container(*items: Item, primary: int = 1, brand: bytes = b"heic") -> bytes:
    """Write the file; items are numbered from 1."""
    head = box(b"ftyp", brand, struct.pack(">I", 0), b"mif1", b"heic")
    start = len(head) + len(_meta(items, primary, 0)) + 8
    return head + _meta(items, primary, start) + box(b"mdat", *_kept_once(items))


def _kept_once(items: tuple[Item, ...]) -> dict[bytes, None]:
    return dict.fromkeys(item.data for item in items)


def heic(
    *more: bytes,
    size: tuple[int, int] = SIZE,
    tiff: bytes | None = None,
    xmp: bytes | None = None,
    pictures: int = 1,
    brand: bytes = b"heic",
) -> bytes:
    """Return a photo as a phone writes it, its parts as wished.

    more       further properties of the picture: turn(), mirror()
    size       what the header claims
    tiff       EXIF notes
    pictures   how many lie in the file
    """
    items = [still(*more, size=size) for _ in range(pictures)]
    items += [] if tiff is None else [exif_item(tiff)]
    items += [] if xmp is None else [xmp_item(xmp)]
    return container(*items, brand=brand)


def turn(quarters: int) -> bytes:
    """A quarter turn against the clock, so many times."""
    return box(b"irot", bytes([quarters]))


def mirror(axis: int) -> bytes:
    """Top and bottom change places (0), or left and right (1)."""
    return box(b"imir", bytes([axis]))


def _meta(items: tuple[Item, ...], primary: int, start: int) -> bytes:
    return full_box(
        b"meta",
        0,
        0,
        full_box(b"hdlr", 0, 0, bytes(4), b"pict", bytes(13)),
        full_box(b"pitm", 0, 0, struct.pack(">H", primary)),
        _locations(items, start),
        _kinds(items),
        _references(items),
        _properties(items),
    )


def _locations(items: tuple[Item, ...], start: int) -> bytes:
    places = {}
    for data in _kept_once(items):
        places[data] = start
        start += len(data)
    rows = [
        struct.pack(">HHHII", number, 0, 1, places[item.data], len(item.data)) for number, item in enumerate(items, 1)
    ]
    return full_box(b"iloc", 0, 0, b"\x44\x00", struct.pack(">H", len(items)), *rows)


def _kinds(items: tuple[Item, ...]) -> bytes:
    rows = []
    for number, item in enumerate(items, 1):
        names = b"\0application/rdf+xml\0" if item.kind == b"mime" else b"\0"
        hidden = 1 if item.points == b"cdsc" else 0
        rows.append(full_box(b"infe", 2, hidden, struct.pack(">HH", number, 0), item.kind, names))
    return full_box(b"iinf", 0, 0, struct.pack(">H", len(items)), *rows)


def _references(items: tuple[Item, ...]) -> bytes:
    rows = []
    for number, item in enumerate(items, 1):
        if item.points:
            to = struct.pack(f">{len(item.to)}H", *item.to)
            rows.append(box(item.points, struct.pack(">HH", number, len(item.to)), to))
    return full_box(b"iref", 0, 0, *rows) if rows else b""


def _properties(items: tuple[Item, ...]) -> bytes:
    held = list(dict.fromkeys(prop for item in items for prop in item.properties))
    rows = []
    for number, item in enumerate(items, 1):
        if item.properties:
            marks = bytes(0x80 | (held.index(prop) + 1) for prop in item.properties)
            rows.append(struct.pack(">HB", number, len(marks)) + marks)
    return box(b"iprp", box(b"ipco", *held), full_box(b"ipma", 0, 0, struct.pack(">I", len(rows)), *rows))
