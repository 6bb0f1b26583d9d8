"""Draw a government's own areas as SVG paths: no tiles, no third party. Pure but for shapely."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians

from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

Bounds = tuple[float, float, float, float]  # west, south, east, north in degrees
CLOSEST = 64.0  # how far in a map can be zoomed


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
    bounds: Bounds, width: int, height: int, *, zoom: float = 1, middle: tuple[float, float] | None = None
) -> Window:
    """Return the window that shows *bounds* whole, or a part *zoom* times as close around *middle* (lat, lng)."""
    west, south, east, north = bounds
    lat, lng = middle or ((south + north) / 2, (west + east) / 2)
    lat, lng = min(max(lat, south), north), min(max(lng, west), east)
    stretch = cos(radians((south + north) / 2))  # a degree of longitude is shorter than one of latitude
    degrees = max((north - south) * 1.04 / height, (east - west) * 1.04 * stretch / width) / min(max(zoom, 1), CLOSEST)
    half_lat, half_lng = degrees * height / 2, degrees * width / 2 / stretch
    return Window(lng - half_lng, lat - half_lat, lng + half_lng, lat + half_lat, width, height)


def bounds_of(outlines: Iterable[tuple[int, BaseGeometry]]) -> Bounds:
    """Return west, south, east and north of all outlines. Raises ValueError where there are none."""
    each = [outline.bounds for _, outline in outlines]
    if not each:
        raise ValueError("no area has an outline")
    return min(b[0] for b in each), min(b[1] for b in each), max(b[2] for b in each), max(b[3] for b in each)


def draw_areas(outlines: tuple[tuple[int, BaseGeometry], ...], names: dict[int, str], window: Window) -> list[Drawn]:
    """Return the areas a window shows, simplified to what can be seen at its size."""
    return list(_drawn(outlines, tuple(sorted(names.items())), window))


@lru_cache(maxsize=64)
def _drawn(
    outlines: tuple[tuple[int, BaseGeometry], ...], names: tuple[tuple[int, str], ...], window: Window
) -> tuple[Drawn, ...]:
    called, point = dict(names), (window.east - window.west) / window.width
    found = []
    for area_id, outline in outlines:
        if not _overlaps(outline.bounds, window):
            continue
        rings = _rings(outline.simplify(point * 1.2))
        centre = outline.representative_point()
        west, _, east, _ = outline.bounds
        found.append(
            Drawn(
                area_id,
                called.get(area_id, ""),
                "".join(_path(ring, window) for ring in rings),
                window.x(centre.x),
                window.y(centre.y),
                (east - west) / point > 70,
            )
        )
    return tuple(found)


def _overlaps(bounds: Bounds, window: Window) -> bool:
    west, south, east, north = bounds
    return west < window.east and east > window.west and south < window.north and north > window.south


def _rings(shape: BaseGeometry) -> list[list[tuple[float, float]]]:
    polygons = shape.geoms if isinstance(shape, MultiPolygon) else [shape]
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
