"""Letters on paper: a PDF of A4 pages from words, tables and a QR code. The same letter gives the same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from tuntas.kit.qr import qr_rows

UNKNOWN = "¤"  # stands for a letter that the font of every PDF reader lacks
PLAIN, BOLD = "Helvetica", "Helvetica-Bold"
SIZE, SMALL, LEAD = 10.5, 8.5, 14.5
LEFT, TOP, BOTTOM = 25 * mm, 22 * mm, 22 * mm
WIDTH = A4[0] - 2 * LEFT
CODE = 26 * mm  # the side of the QR code
SIGNING = 24 * mm  # the space for a signature
INSTEAD = str.maketrans({"\u2011": "-", "\u2212": "-", "\u00a0": " ", "\u202f": " ", "\t": " "})


@dataclass(frozen=True, slots=True)
class Facts:
    """Rows of a name and what it is; a row of three or more is a line of a table, headed by the first in bold."""

    rows: Sequence[Sequence[str]]
    widths: Sequence[float] = (0.26, 0.74)  # of the line
    is_headed: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter; words in the order they stand on the paper."""

    title: str
    sender: Sequence[str]  # the first line in bold
    dated: str  # place and day, or dots where somebody writes them
    about: Facts
    to: Sequence[str]
    parts: Sequence[str | Facts]
    signed: Sequence[str]  # over the space for the signature, and the name under it
    link: str = ""  # as a QR code
    link_says: str = ""


def written(letter: Letter) -> bytes:
    """Return the letter as a PDF. Letters outside Latin are shown as ¤, never left out in silence."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, lang="id-ID")
    canvas.setTitle(letter.title)
    paper = _Paper(canvas)
    for n, line in enumerate(letter.sender):
        paper.words(line, font=BOLD if n == 0 else PLAIN, size=SIZE + 2 if n == 0 else SMALL)
    paper.rule()
    paper.words(letter.dated)
    paper.gap()
    paper.facts(letter.about)
    paper.gap()
    for line in letter.to:
        paper.words(line)
    for part in letter.parts:
        paper.gap()
        if isinstance(part, str):
            paper.words(part)
        else:
            paper.facts(part)
    paper.ending(letter)
    canvas.save()
    return out.getvalue()


class _Paper:
    """Where the next line comes; a new page begins where one is full."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas, self.y = canvas, A4[1] - TOP

    def room(self, height: float) -> None:
        if self.y - height < BOTTOM:
            self.canvas.showPage()
            self.y = A4[1] - TOP

    def gap(self, height: float = LEAD * 0.6) -> None:
        self.y -= height

    def rule(self) -> None:
        self.gap(2 * mm)
        self.canvas.line(LEFT, self.y, LEFT + WIDTH, self.y)
        self.gap(6 * mm)

    def words(self, text: str, *, font: str = PLAIN, size: float = SIZE) -> None:
        for line in _lines(text, font, size, WIDTH):
            self.room(LEAD)
            self._line(line, LEFT, font, size)
            self.y -= LEAD

    def facts(self, facts: Facts) -> None:
        for n, row in enumerate(facts.rows):
            font = BOLD if facts.is_headed and n == 0 else PLAIN
            cells = [
                _lines(cell, font, SIZE, WIDTH * width - 3 * mm) for cell, width in zip(row, facts.widths, strict=True)
            ]
            for at in range(max(len(cell) for cell in cells)):
                self.room(LEAD)
                x = LEFT
                for cell, width in zip(cells, facts.widths, strict=True):
                    if at < len(cell):
                        self._line(cell[at], x, font, SIZE)
                    x += WIDTH * width
                self.y -= LEAD

    def ending(self, letter: Letter) -> None:
        """Draw the QR code at the left and who signs at the right, on one page together."""
        self.room(max(CODE, SIGNING) + LEAD * (len(letter.signed) + 2))
        self.gap(LEAD)
        top, right = self.y, LEFT + WIDTH * 0.55
        if letter.link:
            self._code(letter.link, LEFT, top + SIZE - CODE)
            self.y = top + SIZE - CODE - LEAD
            for line in _lines(letter.link_says, PLAIN, SMALL, WIDTH * 0.5):
                self._line(line, LEFT, PLAIN, SMALL)
                self.y -= SMALL + 2
        self.y = top
        for line in letter.signed[:-1]:
            self._line(line, right, PLAIN, SIZE)
            self.y -= LEAD
        self.y -= SIGNING - LEAD
        for line in letter.signed[-1:]:
            self._line(line, right, PLAIN, SIZE)

    def _line(self, text: str, x: float, font: str, size: float) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.y, text)

    def _code(self, link: str, x: float, y: float) -> None:
        rows = qr_rows(link)
        side = CODE / len(rows)
        for n, row in enumerate(rows):
            for m, is_dark in enumerate(row):
                if is_dark:
                    self.canvas.rect(x + m * side, y + CODE - (n + 1) * side, side, side, stroke=0, fill=1)


def _lines(text: str, font: str, size: float, width: float) -> list[str]:
    lines: list[str] = simpleSplit(known(text), font, size, width)
    return [part for line in lines or [""] for part in _broken(line, font, size, width)]


def _broken(line: str, font: str, size: float, width: float) -> list[str]:
    """Return a line, in parts where a word without blanks is wider than the paper."""
    parts, at = list[str](), 0
    for n in range(1, len(line) + 1):
        if n - at > 1 and stringWidth(line[at:n], font, size) > width:
            parts.append(line[at : n - 1])
            at = n - 1
    return [*parts, line[at:]]


def known(text: str) -> str:
    """Return *text* in the letters that every reader of PDFs has, ¤ for each other one."""
    text = text.translate(INSTEAD)
    return "".join(
        letter if letter == "\n" or (letter.isprintable() and _is_latin(letter)) else UNKNOWN for letter in text
    )


def _is_latin(letter: str) -> bool:
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True
