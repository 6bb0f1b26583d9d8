"""The parts of a photo that nobody outside may see, as somebody marked them by hand. Pure."""

from collections.abc import Sequence
from math import isfinite

from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say

MOST_COVERS = 50
_ROUNDING = 0.5  # what a pointer's whole pixels may reach over the edge

NO_SQUARE = Say(
    "Tulis tiap penutup sebagai x, y, lebar, dan tinggi, dari 0 sampai 100.",
    "Write each cover as x, y, width and height, from 0 to 100.",
)
TOO_MANY = Say("Paling banyak {most} penutup untuk satu foto.", "{most} covers at most for one photo.")


def checked_covers(covers: Sequence[Sequence[float]], pointer: str) -> list[list[float]]:
    """Return covers as they are kept: hundredths of width and height, none over the edge. Raises Invalid."""
    if len(covers) > MOST_COVERS:
        raise Invalid.field(pointer, TOO_MANY.fill(most=MOST_COVERS))
    return [_checked(cover, pointer) for cover in covers]


def _checked(cover: Sequence[float], pointer: str) -> list[float]:
    if len(cover) != 4 or not all(isfinite(number) and 0 <= number <= 100 for number in cover):
        raise Invalid.field(pointer, NO_SQUARE)
    x, y, width, height = cover
    if not width or not height or max(x + width, y + height) > 100 + _ROUNDING or max(x, y) >= 100:
        raise Invalid.field(pointer, NO_SQUARE)
    return [round(side, 3) for side in (x, y, min(width, 100 - x), min(height, 100 - y))]
