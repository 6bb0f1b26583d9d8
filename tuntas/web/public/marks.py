"""Public reports as marks on a drawn map of our own areas."""

from dataclasses import dataclass
from math import cos, radians
from typing import Any
from urllib.parse import urlencode

from tuntas.agencies.areas import Bounds
from tuntas.agencies.installation import installation
from tuntas.kit.words import Say
from tuntas.publications.map import Cluster, Marks, map_cells
from tuntas.rules.cells import SIDE, step_of
from tuntas.rules.faces import Face
from tuntas.web.drawn_map import Window, draw_areas, window_of
from tuntas.web.public.asked import Asked

# The shape a lone report has on the map; whoever cannot tell the colours tells them by it.
SHAPES: dict[Face, str] = {
    Face.TUNTAS: "tuntas",
    Face.DIRUJUK: "dirujuk",
    Face.DIBUKA: "dibuka",
    Face.DITOLAK: "ditolak",
}
UNFINISHED = "berjalan"
KEY: tuple[tuple[str, Say], ...] = (
    (UNFINISHED, Say("Berjalan", "Under way")),
    ("tuntas", Say("Tuntas", "Closed")),
    ("dirujuk", Say("Dirujuk", "Referred")),
    ("dibuka", Say("Dibuka lagi", "Reopened")),
    ("ditolak", Say("Tidak diproses", "Not handled")),
)
SMALLEST, LARGEST, ROUND = 18, 24, 500  # points of a cluster's circle, and the number that makes it largest
CLOSEST = 8 * SIDE  # degrees of latitude a window shows at least: nothing finer than a square is known


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of the drawing: a lone report with its shape, or a number in a circle."""

    x: float
    y: float
    n: int
    shape: str
    size: int
    link: str


def drawn(asked: Asked, window: Window, *, across: int) -> dict[str, Any]:
    """Return what the template draws of the reports a filter chooses; ``across`` marks lie side by side at most."""
    here = installation()
    edges = (window.west, window.south, window.east, window.north)
    marks, closest = map_cells(asked.wanted, edges, across=across), step_of(edges, across) == 1
    query = {name: text for name, text in asked.typed.items() if name != "bbox"}
    return {
        "window": window,
        "areas": draw_areas(here.places, window),
        "marks": marks_of(marks, window, path="/peta", query=query, closest=closest),
        "unplaced": marks.unplaced,
        "is_cut": marks.is_cut,
        "key": KEY,
    }


def whole_window(width: int, height: int) -> Window:
    """Return the window that shows the whole government. Raises ValueError where no area has an outline."""
    if (bounds := installation().places.bounds) is None:
        raise ValueError("no area has an outline")
    return window_of(bounds, width, height)


def window_around(asked: Bounds | None, width: int, height: int) -> Window:
    """Return the window of the drawing's own shape that holds what was asked for, or everything."""
    if asked is None:
        return whole_window(width, height)
    west, south, east, north = asked
    lat, lng = (south + north) / 2, (west + east) / 2
    stretch = cos(radians(lat))
    high = max(north - south, (east - west) * stretch * height / width, CLOSEST)
    wide = high * width / height / stretch
    return Window(lng - wide / 2, lat - high / 2, lng + wide / 2, lat + high / 2, width, height)


def marks_of(marks: Marks, window: Window, *, path: str, query: dict[str, str], closest: bool) -> list[Mark]:
    """Return the clusters where they are drawn, each with the link behind it.

    path      the map, where a cluster leads closer
    query     the filter that such a link keeps
    closest   the window cannot get closer: a cluster leads to its list
    """
    return [_mark(cluster, window, path, query, closest) for cluster in marks.clusters]


def _mark(cluster: Cluster, window: Window, path: str, query: dict[str, str], closest: bool) -> Mark:
    size = SMALLEST + round((LARGEST - SMALLEST) * min(1.0, (cluster.n / ROUND) ** 0.5))
    shape = SHAPES.get(Face(cluster.face), UNFINISHED) if cluster.n == 1 else ""
    if cluster.number is not None:
        link = f"/laporan/{cluster.number}"
    else:
        half = (SIDE / 4, SIDE / 4) if closest else _quarter(window)
        link = f"{'/laporan' if closest else path}?{urlencode({**query, 'bbox': _around(cluster, *half)})}"
    return Mark(window.x(cluster.lng), window.y(cluster.lat), cluster.n, shape, size, link)


def _quarter(window: Window) -> tuple[float, float]:
    return (window.north - window.south) / 4, (window.east - window.west) / 4


def _around(cluster: Cluster, lat: float, lng: float) -> str:
    edges = (cluster.lng - lng, cluster.lat - lat, cluster.lng + lng, cluster.lat + lat)
    return ",".join(f"{edge:.5f}" for edge in edges)
