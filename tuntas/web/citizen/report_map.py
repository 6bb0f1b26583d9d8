"""The map of step 2: our own areas, moved by buttons and tapped like a picture, with or without a script."""

from dataclasses import dataclass
from math import isfinite
from typing import Any

from django.http import HttpRequest

from tuntas.agencies.areas import Bounds
from tuntas.agencies.installation import Installation, installation
from tuntas.web.citizen.drafted import Drafted
from tuntas.web.drawn_map import CLOSEST, Window, draw_areas, window_of

WIDTH, HEIGHT = 288, 216  # points; fits a screen of 320 whole, so that a tap needs no script to be understood
STEP = 0.35  # of the window, for each press of an arrow
MOVES = {"atas": (STEP, 0), "bawah": (-STEP, 0), "kiri": (0, -STEP), "kanan": (0, STEP)}
MOST_ZOOM = 100_000
NEAR = 8.0  # how close the map of a city goes to a point that is known
NEAR_DEGREES, CLOSEST_DEGREES = 0.05, 0.005  # how wide the map of something larger is then, and at the closest


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
    if view is None or here.places.bounds is None:
        return None
    window = _window(here.places.bounds, view)
    point = None if said.lat is None or said.lng is None else (window.x(said.lng), window.y(said.lat))
    return {
        "view": view.text,
        "width": WIDTH,
        "height": HEIGHT,
        "areas": draw_areas(here.places, window),
        "chosen": here.areas.get(said.area),
        "point": point,
    }


def moved(here: Installation, posted: Any, said: Drafted) -> View | None:
    """Return the view after what was pressed; at first all, or close to the point or the area that is known."""
    bounds, action = here.places.bounds, posted.get("aksi", "")
    if bounds is None:
        return None
    view = _read(posted.get("peta", ""))
    if action in ("lokasi", "foto") or view is None:
        if said.lat is not None and said.lng is not None:
            return near_view(here, said.lat, said.lng)
        return View((bounds[1] + bounds[3]) / 2, (bounds[0] + bounds[2]) / 2, 1)
    if action in ("perbesar", "perkecil"):
        zoom = min(max(view.zoom * (2 if action == "perbesar" else 0.5), 1), _closest(bounds))
        return View(view.lat, view.lng, zoom)
    window, (up, right) = _window(bounds, view), MOVES.get(action, (0, 0))
    lat, lng = view.lat + up * (window.north - window.south), view.lng + right * (window.east - window.west)
    west, south, east, north = bounds
    return View(min(max(lat, south), north), min(max(lng, west), east), view.zoom)


def near_view(here: Installation, lat: float, lng: float) -> View:
    """Return the view of what lies around a point."""
    return View(lat, lng, max(NEAR, _wide(here.places.bounds) / NEAR_DEGREES))


def view_of_area(here: Installation, code: str) -> View | None:
    """Return the view that shows a whole area; None where it has no outline."""
    bounds, box = here.places.bounds, here.places.box(here.areas[code])
    if bounds is None or box is None:
        return None
    west, south, east, north = box
    share = max((east - west) / (bounds[2] - bounds[0]), (north - south) / (bounds[3] - bounds[1]))
    return View((south + north) / 2, (west + east) / 2, min(max(1 / share, 1), _closest(bounds)))


def tapped(request: HttpRequest) -> tuple[float, float] | None:
    """Return the point that was tapped or put in the middle; a key pressed on the picture taps nowhere (0, 0)."""
    bounds, view = installation().places.bounds, _read(request.POST.get("peta", ""))
    if view is None or bounds is None:
        return None
    window = _window(bounds, view)
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


def _window(bounds: Bounds, view: View) -> Window:
    return window_of(bounds, WIDTH, HEIGHT, zoom=view.zoom, middle=(view.lat, view.lng), closest=_closest(bounds))


def _closest(bounds: Bounds) -> float:
    return max(CLOSEST, _wide(bounds) / CLOSEST_DEGREES)


def _wide(bounds: Bounds | None) -> float:
    return bounds[2] - bounds[0] if bounds else 0


def _read(text: str) -> View | None:
    """Return the view a form names; None for anything else."""
    try:
        lat, lng, zoom = (float(part) for part in text[:60].split(","))
    except ValueError:
        return None
    is_sane = isfinite(lat) and isfinite(lng) and abs(lat) <= 90 and abs(lng) <= 180 and 1 <= zoom <= MOST_ZOOM
    return View(lat, lng, zoom) if is_sane else None
