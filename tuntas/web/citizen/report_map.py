"""The map of step 2: our own areas, moved by buttons and tapped like a picture, with or without a script."""

from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from typing import Any

from django.http import HttpRequest

from tuntas.agencies.installation import Installation, installation
from tuntas.web.citizen.drafted import Drafted
from tuntas.web.drawn_map import Bounds, Drawn, Window, bounds_of, draw_areas, window_of

WIDTH, HEIGHT = 288, 216  # points; fits a screen of 320 whole, so that a tap needs no script to be understood
STEP = 0.35  # of the window, for each press of an arrow
MOVES = {"atas": (STEP, 0), "bawah": (-STEP, 0), "kiri": (0, -STEP), "kanan": (0, STEP)}
NEAR = 8.0  # how close the map goes to a point that is known


@dataclass(frozen=True, slots=True)
class View:
    """What the map shows now: its middle and how close."""

    lat: float
    lng: float
    zoom: float

    @property
    def text(self) -> str:
        return f"{self.lat:.5f},{self.lng:.5f},{self.zoom:g}"


def map_of(here: Installation, view: View | None, said: Drafted) -> dict[str, Any] | None:
    """Return what the template draws; None for a government without outlines."""
    if view is None:
        return None
    window = _window(here, view)
    areas: list[Drawn] = draw_areas(here.outlines, {key: name for key, (_, name) in here.area_names.items()}, window)
    point = None if said.lat is None or said.lng is None else (window.x(said.lng), window.y(said.lat))
    return {
        "view": view.text,
        "width": WIDTH,
        "height": HEIGHT,
        "areas": areas,
        "chosen": here.areas.get(said.area),
        "point": point,
    }


def moved(here: Installation, posted: Any, said: Drafted) -> View | None:
    """Return the view after what was pressed; at first the whole government, or close to the point that is known."""
    if not here.outlines:
        return None
    bounds, action = _bounds(here), posted.get("aksi", "")
    view = _read(posted.get("peta", ""))
    if action in ("lokasi", "foto") or view is None:
        if said.lat is not None and said.lng is not None:
            return View(said.lat, said.lng, NEAR)
        return View((bounds[1] + bounds[3]) / 2, (bounds[0] + bounds[2]) / 2, 1)
    if action in ("perbesar", "perkecil"):
        zoom = min(max(view.zoom * (2 if action == "perbesar" else 0.5), 1), 64)
        return View(view.lat, view.lng, zoom)
    window, (up, right) = _window(here, view), MOVES.get(action, (0, 0))
    lat, lng = view.lat + up * (window.north - window.south), view.lng + right * (window.east - window.west)
    west, south, east, north = bounds
    return View(min(max(lat, south), north), min(max(lng, west), east), view.zoom)


def tapped(request: HttpRequest) -> tuple[float, float] | None:
    """Return the point that was tapped or put in the middle; a key pressed on the picture taps nowhere (0, 0)."""
    here, view = installation(), _read(request.POST.get("peta", ""))
    if view is None or not here.outlines:
        return None
    window = _window(here, view)
    if request.POST.get("aksi") == "tengah":
        return window.place(WIDTH / 2, HEIGHT / 2)
    try:
        x, y = int(request.POST["titik.x"]), int(request.POST["titik.y"])
    except (KeyError, ValueError):
        return None
    return window.place(x, y) if 0 <= x <= WIDTH and 0 <= y <= HEIGHT and (x or y) else None


def is_move(request: HttpRequest) -> bool:
    """Return whether the map was tapped, which is not yet the end of the step."""
    return "titik.x" in request.POST


def _window(here: Installation, view: View) -> Window:
    return window_of(_bounds(here), WIDTH, HEIGHT, zoom=view.zoom, middle=(view.lat, view.lng))


def _bounds(here: Installation) -> Bounds:
    return _bounds_of(here.version) if installation() is here else bounds_of(here.outlines)


@lru_cache(maxsize=2)
def _bounds_of(version: int) -> Bounds:
    return bounds_of(installation().outlines)


def _read(text: str) -> View | None:
    """Return the view a form names; None for anything else."""
    try:
        lat, lng, zoom = (float(part) for part in text[:60].split(","))
    except ValueError:
        return None
    is_sane = isfinite(lat) and isfinite(lng) and abs(lat) <= 90 and abs(lng) <= 180 and 1 <= zoom <= 64
    return View(lat, lng, zoom) if is_sane else None
