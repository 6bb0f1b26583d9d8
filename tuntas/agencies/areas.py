"""All places of a government, held in memory: a city has some dozens, a nation 90,000.

Names are read at once. The outlines of many areas are read when a point or a map first asks for them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

import shapely
from django.db.models import TextField
from django.db.models.functions import Cast
from shapely import STRtree
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from tuntas.agencies.models import Area
from tuntas.agencies.roads import Roads

OWN, IMPORT = "profile", "import"  # where an area comes from: the profile names it itself, or a list brought it
NEAR_BORDER = 0.002  # degrees, about 200 m: phones miss by that much
FEW = 1000  # areas whose outlines are read with their names

Bounds = tuple[float, float, float, float]  # west, south, east, north in degrees
Outline = tuple[int, BaseGeometry]


class Areas:
    """The places of one government, as they were when they last changed."""

    def __init__(self, version: int) -> None:
        rows = list(Area.objects.order_by("code").values_list("id", "code", "name", "parent_id", "is_active"))
        self.version = version
        self.ids: Mapping[str, int] = {code: id_ for id_, code, *_, is_active in rows if is_active}
        # One that is gone keeps its name, because old reports lie in it.
        self.names: Mapping[int, tuple[str, str]] = {id_: (code, name) for id_, code, name, *_ in rows}
        self.above: Mapping[int, int | None] = {id_: parent_id for id_, _, _, parent_id, _ in rows}
        inside: dict[int | None, list[int]] = defaultdict(list)
        for id_, *_, parent_id, is_active in rows:
            if is_active:
                inside[parent_id].append(id_)
        self.inside: Mapping[int | None, tuple[int, ...]] = {key: tuple(ids) for key, ids in inside.items()}
        if len(rows) <= FEW:
            _ = self._shapes

    def line_up(self, area_id: int) -> Iterator[int]:
        """Yield the area and each one above it, up to the whole."""
        current: int | None = area_id
        while current is not None:
            yield current
            current = self.above[current]

    def below(self, code: str, most: int) -> list[int] | None:
        """Return an area and all in it; None where they are more than *most*."""
        found = [self.ids[code]]
        for area_id in found:  # grows while it is walked
            found.extend(self.inside.get(area_id, ()))
            if len(found) > most:
                return None
        return found

    def is_within(self, code: str, above: str) -> bool:
        """Return whether an area that is there lies in another one, or is it."""
        return code in self.ids and above in self.ids and self.ids[above] in self.line_up(self.ids[code])

    def at(self, lat: float, lng: float) -> int | None:
        """Return the finest area at a point, or the nearest within the error of a phone; None is outside.

        The finest layer counts: 1 to 4 % of a village lies outside the simplified outline of its own city.
        """
        point = Point(lng, lat)
        inside = [self._drawn[int(at)] for at in self._tree.query(point, predicate="intersects")]
        found = min(inside, key=self._finest_first, default=None)
        if found is not None and not self._drawn_inside.get(found):
            return found
        near = self._tree.query(point, predicate="dwithin", distance=NEAR_BORDER)
        close = {
            id_: self._shapes[id_].distance(point)
            for id_ in (self._drawn[int(at)] for at in near)
            if found is None or (id_ != found and found in self.line_up(id_))  # a gap between two of its own
        }
        return min(close, key=lambda id_: (-self._depth[id_], close[id_])) if close else found

    @cached_property
    def roads(self) -> Roads:
        """The roads whose keepers are known, read when first asked for."""
        return Roads()

    @cached_property
    def outlines(self) -> tuple[Outline, ...]:
        """The finest outlines: those with none inside."""
        return tuple((id_, self._shapes[id_]) for id_ in self._drawn if not self._drawn_inside.get(id_))

    def all_outlines(self) -> Iterator[Outline]:
        """Yield every outline there is, coarse and fine."""
        yield from self._shapes.items()

    @cached_property
    def bounds(self) -> Bounds | None:
        """West, south, east and north of everything; None where nothing has an outline."""
        if not self._drawn:
            return None
        west, south, east, north = shapely.total_bounds(list(self._shapes.values()))
        return float(west), float(south), float(east), float(north)

    def box(self, area_id: int) -> Bounds | None:
        """West, south, east and north of one area; None where it has no outline."""
        return self._boxes.get(area_id)

    def in_window(self, window: Bounds, most: int) -> tuple[Outline, ...]:
        """Return the outlines a window shows: as fine as they come while there are *most* of them, at least the roots.

        An area gives way to those inside it where they are drawn, so that a map never shows two for one place.
        """
        shown = self._seen(self._drawn_inside.get(None, ()), window)
        while True:
            finer = [
                each for id_ in shown for each in self._seen(self._drawn_inside.get(id_, ()), window) or self._same(id_)
            ]
            if finer == shown or len(finer) > most:
                return tuple((id_, self._shapes[id_]) for id_ in sorted(shown))
            shown = finer

    def _seen(self, ids: tuple[int, ...], window: Bounds) -> list[int]:
        west, south, east, north = window
        boxes = ((id_, self._boxes[id_]) for id_ in ids)
        return [id_ for id_, (w, s, e, n) in boxes if w < east and e > west and s < north and n > south]

    def _same(self, id_: int) -> list[int]:
        return [] if self._drawn_inside.get(id_) else [id_]

    def _finest_first(self, id_: int) -> tuple[int, int]:
        return -self._depth[id_], id_

    @cached_property
    def _shapes(self) -> Mapping[int, BaseGeometry]:
        drawn = Area.objects.filter(is_active=True, outline__isnull=False).order_by("id")
        rows = drawn.annotate(text=Cast("outline", TextField())).values_list("id", "text")
        known = [(id_, text) for id_, text in rows if id_ in self.names]  # made since: read with the next version
        shapes = shapely.from_geojson([text for _, text in known])
        return dict(zip((id_ for id_, _ in known), shapes, strict=True))

    @cached_property
    def _drawn(self) -> list[int]:
        return list(self._shapes)

    @cached_property
    def _tree(self) -> STRtree:
        return STRtree(list(self._shapes.values()))

    @cached_property
    def _boxes(self) -> Mapping[int, Bounds]:
        bounds = shapely.bounds(list(self._shapes.values())).tolist() if self._shapes else []
        return {id_: (w, s, e, n) for id_, (w, s, e, n) in zip(self._drawn, bounds, strict=True)}

    @cached_property
    def _depth(self) -> Mapping[int, int]:
        return {id_: sum(1 for _ in self.line_up(id_)) for id_ in self._drawn}

    @cached_property
    def _drawn_inside(self) -> Mapping[int | None, tuple[int, ...]]:
        """For each drawn area those drawn next below it; under None those with no drawn area above them."""
        found: dict[int | None, list[int]] = defaultdict(list)
        for id_ in self._drawn:
            above = (each for each in self.line_up(id_) if each != id_ and each in self._shapes)
            found[next(above, None)].append(id_)
        return {key: tuple(ids) for key, ids in found.items()}
