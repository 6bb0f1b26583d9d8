"""The receipt as a picture: a card to keep among the photos of a phone. It never holds a word of the report."""

import struct
import unicodedata
import zlib
from collections.abc import Sequence
from functools import cache
from urllib.parse import urlsplit

from PIL import Image, ImageColor, ImageDraw, ImageFont

from tuntas.kit.qr import QUIET, qr_rows
from tuntas.kit.words import Language, Say

SIZE = (1080, 1350)
EDGE = 60
RIGHT = SIZE[0] - EDGE
INSIDE = 54  # from the ticket's edge to what stands in it
TICKET = (EDGE, 216, RIGHT, 1112)
GAP = 8  # between the symbols of the code
TEAR = 574  # above it the code, below it all else
QR_TOP, QR_SIDE = 640, 360  # of what is dark; four modules of white lie round it
FACTS = EDGE + INSIDE + QR_SIDE + 48
ADVICE = (EDGE, 1146, RIGHT, 1302)

WHITE, INK, SOFT, MARK = "#ffffff", "#10171c", "#4f5d68", "#d99a06"
BRAND, ON_BRAND, CODE_INK = "#0d293e", "#bcd3e1", "#fbd06b"
CREAM, ON_CREAM = "#fef1cf", "#5c3d00"
_BLENDS = ((WHITE, INK, 3), (BRAND, CODE_INK, 3), (BRAND, ON_BRAND, 2), (WHITE, MARK, 2), (CREAM, ON_CREAM, 2))

TITLE = Say("Tanda terima laporan", "Receipt of a report")
CODE = Say("Kode lacak", "Tracking code")
NUMBER = Say("Nomor laporan", "Report number")
RECEIVED = Say("Diterima", "Received")
DEADLINE = Say("Dijawab petugas paling lambat", "A person answers by")
SCAN = Say("Pindai, atau buka {host}", "Scan, or open {host}")
KEEP = Say("Simpan kode ini. Jangan disebar.", "Keep this code. Do not share it.")
SAFE = Say(
    "Kami tidak pernah meminta uang, PIN, atau kode OTP.",
    "We never ask for money, a PIN or an OTP code.",
)

_SPOKEN_ALIKE = str.maketrans({"–": "-", "—": "-", "×": "x", "•": "·"})  # what the built-in face cannot draw

Pen = ImageDraw.ImageDraw


def receipt_picture(
    *, city: str, code: str, number: str | None, url: str, received: str, deadline: str, language: Language
) -> bytes:
    """Draw the receipt as a PNG of 1080 × 1350.

    city                 the government's name
    code                 as shown to people: 3-3-4, or six groups of four
    number               None where the report has none
    url                  what the QR code leads to
    received, deadline   day and hour in words
    """
    picture = Image.new("RGB", SIZE, WHITE)
    pen = ImageDraw.Draw(picture)
    _draw_head(picture, pen, city, TITLE.in_(language))
    _draw_ticket(pen)
    _draw_code(pen, code.split("-"), CODE.in_(language))
    _draw_qr(pen, url)
    facts = [(NUMBER, number), (RECEIVED, received), (DEADLINE, deadline)]
    _draw_facts(pen, [(say.in_(language), told) for say, told in facts if told])
    scan = SCAN.fill(host=urlsplit(url).netloc).in_(language)
    _write_fitted(pen, (EDGE + INSIDE, QR_TOP + QR_SIDE + 44), scan, RIGHT - EDGE - 2 * INSIDE, 32, SOFT)
    _draw_advice(pen, KEEP.in_(language), SAFE.in_(language))
    return _png(picture.quantize(palette=_palette(), dither=Image.Dither.NONE))


def _png(picture: Image.Image) -> bytes:
    """Write 16 colours as a PNG, half a byte each; a sixth smaller than Pillow's own, in the same time."""
    pixels, wide = picture.tobytes("raw", "P;4"), SIZE[0] // 2
    rows = b"".join(b"\0" + pixels[at : at + wide] for at in range(0, len(pixels), wide))  # 0: no filter
    head = struct.pack(">IIBBBBB", *SIZE, 4, 3, 0, 0, 0)  # four bits, by palette
    parts = ((b"IHDR", head), (b"PLTE", bytes(picture.getpalette() or [])), (b"IDAT", zlib.compress(rows, 8)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in (*parts, (b"IEND", b"")))


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


@cache
def _palette() -> Image.Image:
    """Hold the colours and the steps between ink and ground that smooth the edges of letters: 16, half a byte each."""
    colours: dict[tuple[int, ...], None] = {}
    for ground, ink, steps in _BLENDS:
        low, high = ImageColor.getrgb(ground), ImageColor.getrgb(ink)
        for step in range(steps + 1):
            colours[tuple(a + (b - a) * step // steps for a, b in zip(low, high, strict=True))] = None
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in colours for part in colour])
    return palette


def _draw_head(picture: Image.Image, pen: Pen, city: str, title: str) -> None:
    mark = _mark(120)
    picture.paste(Image.new("RGB", mark.size, MARK), (EDGE - 4, 52), mark)
    left = EDGE + 144
    is_short = face(54).getlength(drawable(city)) <= RIGHT - left
    names, size = ([city], 54) if is_short else (_lines(city, 42, RIGHT - left)[:2], 42)
    y = 56 if is_short else 34
    for name in names:
        _write_fitted(pen, (left, y), name, RIGHT - left, size, INK, bold=1)
        y += size + 10
    _write(pen, (left, y + 6), title, 36, SOFT)


def _draw_ticket(pen: Pen) -> None:
    left, top, right, _ = TICKET
    pen.rounded_rectangle(TICKET, radius=36, fill=WHITE, outline=BRAND, width=4)
    pen.rounded_rectangle((left, top, right, TEAR), radius=36, fill=BRAND, corners=(True, True, False, False))
    for x in range(left + 12, right - 12, 24):
        pen.rectangle((x, TEAR - 3, x + 11, TEAR + 2), fill=WHITE)


@cache
def _mark(side: int) -> Image.Image:
    """Draw the thread that ends in a tick, as web/static/img/icon.svg has it, as a mask."""
    scale = side * 4 / 25  # its lines lie in 25 of the icon's 32 units; four times as large smooths the edges
    mask = Image.new("L", (side * 4, side * 4))
    pen = ImageDraw.Draw(mask)

    def at(x: float, y: float) -> tuple[float, float]:
        return (x - 3.2) * scale, (y - 3.2) * scale

    width = 3.4 * scale
    ring = 3.4 * scale + width / 2
    middle = at(8.6, 16.6)
    pen.ellipse(_round(middle, ring), outline=255, width=round(width))
    turns = [at(11.4, 19), at(16.4, 24), at(26.2, 9.5)]
    pen.line(turns, fill=255, width=round(width), joint="curve")
    for end in turns:
        pen.ellipse(_round(end, width / 2), fill=255)
    return mask.resize((side, side), Image.Resampling.LANCZOS)


def _round(middle: tuple[float, float], radius: float) -> tuple[float, float, float, float]:
    return middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius


def _draw_code(pen: Pen, groups: Sequence[str], label: str) -> None:
    _write(pen, (EDGE + INSIDE, TICKET[1] + 42), label, 42, ON_BRAND)
    lines = [groups] if len(groups) <= 3 else [groups[:3], groups[3:]]
    size, step = (124, 0) if len(lines) == 1 else (92, 112)
    size = min(_fitting("n".join(line), RIGHT - EDGE - 2 * INSIDE - GAP * len("".join(line)), size) for line in lines)
    middle = (TICKET[1] + 100 + TEAR - 24) / 2 - step * (len(lines) - 1) / 2
    for place, line in enumerate(lines):
        _draw_groups(pen, line, size, middle + step * place)


def _draw_groups(pen: Pen, groups: Sequence[str], size: int, middle: float) -> None:
    """Write symbols with room between them, so that they are read one by one; a short stroke parts the groups."""
    x, foot = float(EDGE + INSIDE), middle + size * 0.36  # capitals reach about 0.73 of the size above the foot line
    for place, group in enumerate(groups):
        if place:
            pen.rectangle((x + size * 0.08, middle - 4, x + size * 0.36, middle + 4), fill=ON_BRAND)
            x += size * 0.54
        for symbol in group:
            _write(pen, (x, foot), symbol, size, CODE_INK, anchor="ls", bold=2)
            x += face(size).getlength(symbol) + GAP


def _draw_qr(pen: Pen, url: str) -> None:
    rows = [row[QUIET:-QUIET] for row in qr_rows(url)[QUIET:-QUIET]]
    module = QR_SIDE // len(rows)
    for y, row in enumerate(rows):
        for x, is_dark in enumerate(row):
            if is_dark:
                left, top = EDGE + INSIDE + x * module, QR_TOP + y * module
                pen.rectangle((left, top, left + module - 1, top + module - 1), fill=INK)


def _draw_facts(pen: Pen, facts: Sequence[tuple[str, str]]) -> None:
    y = QR_TOP - 4
    for label, told in facts:
        for line in _lines(label, 30, RIGHT - INSIDE - FACTS):
            _write(pen, (FACTS, y), line, 30, SOFT)
            y += 40
        for line in _lines(told, 40, RIGHT - INSIDE - FACTS):
            _write(pen, (FACTS, y), line, 40, INK, bold=1)
            y += 50
        y += 24


def _draw_advice(pen: Pen, keep: str, safe: str) -> None:
    left, top, right, _ = ADVICE
    pen.rounded_rectangle(ADVICE, radius=28, fill=CREAM)
    _write_fitted(pen, (left + INSIDE, top + 30), keep, right - left - 2 * INSIDE, 42, ON_CREAM, bold=1)
    _write_fitted(pen, (left + INSIDE, top + 92), safe, right - left - 2 * INSIDE, 34, ON_CREAM)


# Letters


@cache
def face(size: int) -> ImageFont.FreeTypeFont:
    face = ImageFont.load_default(size)
    if not isinstance(face, ImageFont.FreeTypeFont):
        raise TypeError("Pillow was built without FreeType")
    return face


def _write(
    pen: Pen, at: tuple[float, float], text: str, size: int, colour: str, *, anchor: str = "la", bold: float = 0
) -> None:
    """Write one line; *bold* pixels make the one weight of the face heavier on each side."""
    pen.text(at, drawable(text), fill=colour, font=face(size), anchor=anchor, stroke_width=bold)


def _write_fitted(
    pen: Pen, at: tuple[float, float], text: str, width: float, size: int, colour: str, *, bold: float = 0
) -> None:
    """Write one line, smaller where it would not fit."""
    _write(pen, at, text, _fitting(text, width, size), colour, bold=bold)


def _fitting(text: str, width: float, size: int) -> int:
    needed = face(size).getlength(drawable(text))
    return size if needed <= width else max(12, int(size * width / needed))


def _lines(text: str, size: int, width: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face(size).getlength(drawable(longer)) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def drawable(text: str) -> str:
    """Leave out what the face has no shape for: accents fall off their letters."""
    plain = unicodedata.normalize("NFKD", text.translate(_SPOKEN_ALIKE))
    return "".join(letter for letter in plain if letter.isascii() or letter in "·°’‘“”…").strip()
