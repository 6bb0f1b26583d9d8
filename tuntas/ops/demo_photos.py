"""Photos for the demo, drawn: a road before and after the work, no two alike."""

import random
from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (640, 480)
SKIES = ("#cfdbe0", "#d8e3ea", "#e9dfcf", "#bccbd6")
WALLS = ("#efe9df", "#e3d5c3", "#d9e0d4", "#f0e0d0")


def draw_photo(dice: random.Random, *, is_mended: bool) -> bytes:
    """Return a JPEG of an invented street, with its hole or with the patch that mends it."""
    picture = Image.new("RGB", SIZE, dice.choice(SKIES))
    pen = ImageDraw.Draw(picture)
    _draw_houses(pen, dice)
    middle = dice.randint(270, 370)
    pen.rectangle((0, 250, 640, 480), fill="#8a9a6c")
    pen.polygon(((middle - 60, 250), (middle + 60, 250), (620, 480), (20, 480)), fill="#6c7073")
    for top in range(260, 480, 50):
        wide = (top - 240) // 20
        pen.rectangle((middle - wide, top, middle + wide, top + 24), fill="#e9e6da")
    _draw_spot(pen, dice, middle, is_mended=is_mended)
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def _draw_houses(pen: ImageDraw.ImageDraw, dice: random.Random) -> None:
    for left in range(-20, 640, 130):
        top, wide = dice.randint(130, 180), dice.randint(90, 120)
        pen.rectangle((left, top, left + wide, 255), fill=dice.choice(WALLS))
        pen.polygon(((left - 8, top), (left + wide // 2, top - 45), (left + wide + 8, top)), fill="#a9583c")
        pen.rectangle((left + 18, top + 24, left + 46, top + 56), fill="#6d8794")


def _draw_spot(pen: ImageDraw.ImageDraw, dice: random.Random, middle: int, *, is_mended: bool) -> None:
    x, y = middle + dice.randint(-60, 40), dice.randint(330, 400)
    wide, high = dice.randint(90, 160), dice.randint(30, 55)
    if is_mended:
        pen.polygon(((x, y), (x + wide, y - 6), (x + wide + 14, y + high), (x - 12, y + high + 6)), fill="#44494c")
        for cone in (x - 34, x + wide + 18):
            pen.polygon(((cone, y + high), (cone + 10, y - 4), (cone + 20, y + high)), fill="#e2672d")
    else:
        pen.ellipse((x, y, x + wide, y + high), fill="#2f3437")
        pen.ellipse((x + 12, y + 10, x + wide - 14, y + high - 8), fill="#7d95a0")
