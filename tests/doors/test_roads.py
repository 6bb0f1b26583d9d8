"""The desk is told whose road a report lies on, before it sends the report to somebody else."""

from collections.abc import Iterator

import pytest
from shapely.geometry import LineString

from tests.cast import Cast
from tests.office import at_work
from tuntas import steps
from tuntas.agencies.installation import forget_installation
from tuntas.agencies.road_files import RoadRow
from tuntas.kit.time import current_time
from tuntas.ops.static_files import collect_static
from tuntas.rules.roads import RoadStatus
from tuntas.rules.who import STRANGER, Role
from tuntas.steps.submit import Story

LAT, LNG = -6.926, 106.928


@pytest.fixture
def roads(cast: Cast) -> Iterator[None]:
    """A road of the province beside one of the city, 200 metres apart."""
    collect_static()
    for name, lat, status, keeper in (
        ("Jalan Raya Wangi", LAT, RoadStatus.PROVINCE, "dishub"),
        ("Jalan Mawar", LAT + 0.002, RoadStatus.CITY, "dinas-pupr"),
    ):
        row = RoadRow(name, "", "", status, "", LineString([(LNG - 0.01, lat), (LNG + 0.01, lat)]))
        steps.import_roads([row], keeper=keeper, told=lambda n: None)
    yield
    forget_installation()


def case_of(cast: Cast, category: str, lat: float) -> str:
    story = Story(body="Ada lubang besar di jalan.", category=category, lat=lat, lng=LNG)
    made = steps.submit(story, by=STRANGER, now=current_time())
    return at_work(cast, Role.AGENCY_ADMIN).get(f"/meja/kasus/{made.report.number}").text


def test_a_hole_in_a_road_of_another_keeper_names_the_road_and_warns(cast: Cast, roads: None) -> None:
    page = case_of(cast, "road_bridge", LAT)
    assert "Letaknya di Jalan Raya Wangi, jalan provinsi" in page
    assert "Jalan di sini bukan miliknya" in page


def test_off_the_roads_nothing_is_said_of_them(cast: Cast, roads: None) -> None:
    page = case_of(cast, "road_bridge", LAT + 0.001)
    assert "Letaknya di Jalan" not in page
    assert "bukan miliknya" not in page
