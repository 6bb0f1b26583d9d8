"""Charts as small drawings of our own: what the templates need to draw bars, weeks and areas. Pure but for shapely."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from tuntas.agencies.installation import Installation
from tuntas.kit.words import Say
from tuntas.web.dates import MONTHS_EN, MONTHS_ID
from tuntas.web.drawn_map import draw_areas, window_of

LEFT, TOP, WIDTH, HEIGHT = 36, 12, 720, 190  # points of the chart of weeks, without its labels
BAR, GAP = 0.36, 0.02  # of the width of a week
MAP_WIDTH, MAP_HEIGHT = 400, 300
CLASSES = 5


def bars_of(cells: Iterable[tuple[Say, int | None, str, str]], *, most: int | None = None) -> list[dict[str, Any]]:
    """Return lying bars, each (word, number, colour, link), as wide in hundredths as of the largest, or of *most*."""
    told = list(cells)
    largest = max([most or 0, *(n or 0 for _, n, _, _ in told)])
    return [
        {"word": word, "n": n, "colour": colour, "link": link, "width": round(100 * (n or 0) / largest, 1) if n else 0}
        for word, n, colour, link in told
    ]


def week_chart(weeks: Sequence[tuple[date, int | None, int | None]]) -> dict[str, Any] | None:
    """Return pairs of standing bars, received and closed, with lines to read them by; None where nothing came in."""
    largest = max((n or 0 for _, received, closed in weeks for n in (received, closed)), default=0)
    if not largest:
        return None
    top = _round_up(largest)
    wide, floor = WIDTH / len(weeks), TOP + HEIGHT
    bars = [
        {
            "starts_on": starts_on,
            "received": received,
            "closed": closed,
            "label": _short(starts_on) if at % 2 == 0 else None,
            "x": f"{LEFT + wide * (at + 0.5):.1f}",  # text: a template would write numbers with a comma
            "drawn": [
                _standing(LEFT + wide * (at + 0.5) + side, wide * BAR, n, top)
                for side, n in ((-wide * (BAR + GAP), received), (wide * GAP, closed))
            ],
        }
        for at, (starts_on, received, closed) in enumerate(weeks)
    ]
    lines = [{"n": top * part // 2, "y": floor - HEIGHT * part // 2} for part in range(3)]
    return {"bars": bars, "lines": lines, "left": LEFT, "right": LEFT + WIDTH, "floor": floor, "top": top}


def _standing(x: float, wide: float, n: int | None, top: int) -> dict[str, str]:
    high = HEIGHT * (n or 0) / top
    places = {"x": x, "y": TOP + HEIGHT - high, "width": wide, "height": high}
    return {name: f"{place:.1f}" for name, place in places.items()}


def _round_up(number: int) -> int:
    """Return the next number that reads well and has a whole half: 10, 20, 50, 100 …"""
    step = 10
    while True:
        for factor in (1, 2, 5):
            if number <= step * factor:
                return step * factor
        step *= 10


def _short(day: date) -> Say:
    return Say(f"{day.day} {MONTHS_ID[day.month - 1][:3]}", f"{day.day} {MONTHS_EN[day.month - 1][:3]}")


def area_map(cells: Mapping[str, int | None], here: Installation) -> dict[str, Any] | None:
    """Return the areas, each in one of five tones by how many came in from it; None where nothing can be drawn."""
    if (bounds := here.places.bounds) is None:
        return None
    window = window_of(bounds, MAP_WIDTH, MAP_HEIGHT)
    drawn = draw_areas(here.places, window)
    inside = _inside(cells, {area.area_id for area in drawn}, here)
    if not (largest := max((n or 0 for n in inside.values()), default=0)):
        return None
    areas = [
        {"area": area, "n": inside.get(area.area_id, 0), "tone": _tone(inside.get(area.area_id, 0), largest)}
        for area in drawn
    ]
    return {"window": window, "areas": areas, "tones": range(1, CLASSES + 1)}


def _inside(cells: Mapping[str, int | None], drawn: Collection[int], here: Installation) -> dict[int, int | None]:
    """Return the numbers by the areas that are drawn; one that is hidden hides nothing that is shown beside it."""
    found: dict[int, int | None] = {}
    for code, n in cells.items():
        if code not in here.areas:
            continue
        area_id = next((id_ for id_ in here.places.line_up(here.areas[code]) if id_ in drawn), None)
        if area_id is not None:
            before = found.get(area_id)
            found[area_id] = n if before is None else before + (n or 0)
    return found


def _tone(n: int | None, largest: int) -> int:
    """Return the tone of a number, 1 to 5 in equal steps; a hidden one has the tone of few."""
    return 1 if not n else min(CLASSES, 1 + CLASSES * n // (largest + 1))
