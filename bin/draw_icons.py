"""Draw the icons of the web app from the mark in static/img/icon.svg: ``.venv/bin/python bin/draw_icons.py``.

The drawn files are kept in the repository; run this again only when the mark changes.
"""

from pathlib import Path

import PIL.Image
from PIL.ImageDraw import Draw, ImageDraw

FOLDER = Path(__file__).parents[1] / "tuntas" / "web" / "static" / "img"
GRID = 32  # the mark is drawn on a square of 32, as in icon.svg
FINER = 4  # times larger while drawing, so that edges are smooth
GROUND, THREAD = "#0d293e", "#f6b92b"
STROKE, CORNER = 3.4, 7.0
RING, RADIUS = (8.6, 16.6), 3.4
TICK = ((11.4, 19.0), (16.4, 24.0), (26.2, 9.5))
COLOURS = 24  # enough for two colours and the edge between them


def draw(size: int, *, is_maskable: bool) -> PIL.Image.Image:
    """Return the icon; a maskable one fills its square and keeps the mark in the middle, where no phone cuts."""
    side = size * FINER
    image = PIL.Image.new("RGBA", (side, side))
    pen = Draw(image)
    pen.rounded_rectangle((0, 0, side - 1, side - 1), radius=0 if is_maskable else side * CORNER / GRID, fill=GROUND)
    _mark(pen, side, 0.68 if is_maskable else 1.0)
    small = image.resize((size, size), PIL.Image.Resampling.LANCZOS)
    return small.quantize(COLOURS, method=PIL.Image.Quantize.FASTOCTREE)


def _mark(pen: ImageDraw, side: int, share: float) -> None:
    middle = (15.7, 16.75)  # of the mark, not of the square
    to = GRID / 2 if share < 1 else None

    def place(x: float, y: float) -> tuple[float, float]:
        if to is not None:
            x, y = to + (x - middle[0]) * share, to + (y - middle[1]) * share
        return x * side / GRID, y * side / GRID

    half, reach = STROKE * share * side / GRID / 2, RADIUS * share * side / GRID
    x, y = place(*RING)
    pen.ellipse(
        (x - reach - half, y - reach - half, x + reach + half, y + reach + half), outline=THREAD, width=round(2 * half)
    )
    points = [place(*point) for point in TICK]
    pen.line(points, fill=THREAD, width=round(2 * half))
    for x, y in points:
        pen.ellipse((x - half, y - half, x + half, y + half), fill=THREAD)


if __name__ == "__main__":
    for name, size, is_maskable in (
        ("icon-192", 192, False),
        ("icon-512", 512, False),
        ("icon-512-maskable", 512, True),
    ):
        draw(size, is_maskable=is_maskable).save(FOLDER / f"{name}.png", optimize=True)
