"""The roads whose keepers are known, held in memory: some hundreds of sections a regency, thousands a province."""

import math

import shapely
from django.db.models import TextField
from django.db.models.functions import Cast
from shapely import STRtree
from shapely.affinity import scale

from tuntas.agencies.models import Road
from tuntas.rules.roads import RoadHere, RoadStatus

NEAR = 40.0  # metres: half of a wide road, and by how much a phone misses
METRES = 111_320.0  # in a degree of latitude


class Roads:
    """All roads of one government, as they were when they last changed."""

    def __init__(self) -> None:
        rows = Road.objects.annotate(text=Cast("line", TextField())).order_by("id")
        told = list(rows.values_list("keeper_id", "name", "status", "text"))
        self._roads = [RoadHere(keeper, name, RoadStatus(status)) for keeper, name, status, _ in told]
        self.keepers = frozenset(road.keeper for road in self._roads)
        shapes = shapely.from_geojson([text for *_, text in told])
        # A degree of longitude is shorter the farther a place is from the equator; by the middle of all is near enough.
        middle = math.radians(float(shapely.total_bounds(shapes)[[1, 3]].mean())) if told else 0.0
        self._narrow = math.cos(middle)
        self._lines = [scale(shape, xfact=self._narrow, origin=(0, 0)) for shape in shapes]
        self._tree = STRtree(self._lines)

    def at(self, lat: float, lng: float) -> RoadHere | None:
        """Return the nearest road within 40 metres; of several as near, the one of the highest status."""
        point = shapely.Point(lng * self._narrow, lat)
        near = self._tree.query(point, predicate="dwithin", distance=NEAR / METRES)
        order = list(RoadStatus)
        found = min(
            near,
            key=lambda at: (round(self._lines[at].distance(point) * METRES), order.index(self._roads[at].status)),
            default=None,
        )
        return None if found is None else self._roads[int(found)]
