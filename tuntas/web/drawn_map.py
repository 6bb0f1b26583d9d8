"""Draw a government's own areas as SVG paths: no tiles, no third party. Pure but for shapely."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from tuntas.agencies.areas import Areas, Bounds

CLOSEST = 64.0  # how far in a map of a city can be zoomed
MOST = 160  # areas drawn at once, where there are coarser ones to draw instead
SPECK = 2  # points: smaller islands are left out
WIDE = 70  # points an area is wide that has room for its name


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the world a drawing shows, and its size in points."""

    west: float
    south: float
    east: float
    north: float
    width: int
    height: int

    def x(self, lng: float) -> float:
        return round((lng - self.west) / (self.east - self.west) * self.width, 1)

    def y(self, lat: float) -> float:
        return round((self.north - lat) / (self.north - self.south) * self.height, 1)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return latitude and longitude of a point of the drawing."""
        lng = self.west + x / self.width * (self.east - self.west)
        return round(self.north - y / self.height * (self.north - self.south), 6), round(lng, 6)

    @property
    def middle(self) -> tuple[float, float]:
        return (self.south + self.north) / 2, (self.west + self.east) / 2


@dataclass(frozen=True, slots=True)
class Drawn:
    """One area: the path to draw, and where its name goes."""

    area_id: int
    name: str
    path: str
    x: float
    y: float
    is_wide: bool  # wide enough for its name


def window_of(
    bounds: Bounds,
    width: int,
    height: int,
    *,
    zoom: float = 1,
    middle: tuple[float, float] | None = None,
    closest: float = CLOSEST,
) -> Window:
    """Return the window that shows *bounds* whole, or a part *zoom* times as close around *middle* (lat, lng)."""
    west, south, east, north = bounds
    lat, lng = middle or ((south + north) / 2, (west + east) / 2)
    lat, lng = min(max(lat, south), north), min(max(lng, west), east)
    stretch = cos(radians((south + north) / 2))  # a degree of longitude is shorter than one of latitude
    degrees = max((north - south) * 1.04 / height, (east - west) * 1.04 * stretch / width) / min(max(zoom, 1), closest)
    half_lat, half_lng = degrees * height / 2, degrees * width / 2 / stretch
    return Window(lng - half_lng, lat - half_lat, lng + half_lng, lat + half_lat, width, height)


def draw_areas(areas: Areas, window: Window) -> list[Drawn]:
    """Return the areas a window shows, as fine as fit in it, simplified to what can be seen at its size."""
    return list(_drawn(areas, window))


@lru_cache(maxsize=64)
def _drawn(areas: Areas, window: Window) -> tuple[Drawn, ...]:
    shown = areas.in_window((window.west, window.south, window.east, window.north), MOST)
    return tuple(draw(id_, areas.names[id_][1], outline, window) for id_, outline in shown)


def draw(area_id: int, name: str, outline: BaseGeometry, window: Window) -> Drawn:
    """Return one area as it is drawn."""
    point = (window.east - window.west) / window.width
    parts = _visible(_cut(outline, window), point)
    west, _, east, _ = outline.bounds
    centre = max(parts, key=lambda part: part.area).representative_point()
    path = "".join(_path(ring, window) for ring in _rings(shapely.simplify(parts, point * 1.2)))
    return Drawn(area_id, name, path, window.x(centre.x), window.y(centre.y), (east - west) / point > WIDE)


def _cut(outline: BaseGeometry, window: Window) -> BaseGeometry:
    """Leave out what lies far outside the window: a line a hundred points long is not sent to draw ten of them."""
    wide, high = window.east - window.west, window.north - window.south
    edges = window.west - wide, window.south - high, window.east + wide, window.north + high
    west, south, east, north = outline.bounds
    if west >= edges[0] and south >= edges[1] and east <= edges[2] and north <= edges[3]:
        return outline
    cut = shapely.clip_by_rect(outline, *edges)
    return outline if cut.is_empty else cut


def _visible(outline: BaseGeometry, point: float) -> list[BaseGeometry]:
    """Return the polygons of an outline that are larger than a point of the drawing; at least the largest."""
    parts = shapely.get_parts(outline)
    bounds = shapely.bounds(parts)
    sizes = (bounds[:, 2:] - bounds[:, :2]).max(axis=1)
    kept: list[BaseGeometry] = parts[sizes > SPECK * point].tolist()
    return kept or [parts[sizes.argmax()]]


def _rings(polygons: Iterable[BaseGeometry]) -> list[list[tuple[float, float]]]:
    return [[(x, y) for x, y, *_ in polygon.exterior.coords] for polygon in polygons if isinstance(polygon, Polygon)]


def _path(ring: list[tuple[float, float]], window: Window) -> str:
    points = [(round(window.x(lng)), round(window.y(lat))) for lng, lat in ring]
    kept = [point for at, point in enumerate(points) if at == 0 or point != points[at - 1]]
    (x, y), rest = kept[0], kept[1:-1]
    said = [f"M{x} {y}l"]
    for new_x, new_y in rest:
        said.append(f"{new_x - x} {new_y - y} ")
        x, y = new_x, new_y
    return "".join(said).rstrip() + "z"
