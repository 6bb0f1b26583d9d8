"""Our own areas as drawings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, box
from shapely.geometry.base import BaseGeometry

from tuntas.agencies.areas import Bounds
from tuntas.web.drawn_map import Drawn, Window, draw, window_of

LEFT, RIGHT = (
    box(106.9, -6.95, 106.95, -6.9),
    MultiPolygon([box(106.95, -6.95, 107, -6.9), box(107.1, -7, 107.2, -6.9)]),
)
BOUNDS: Bounds = (106.9, -7, 107.2, -6.9)


def drawn(shape: BaseGeometry, window: Window) -> Drawn:
    return draw(1, "Kanan", shape, window)


@given(st.floats(0, 288), st.floats(0, 216), st.floats(1, 64))
def test_a_point_of_the_drawing_is_a_place_and_back(x: float, y: float, zoom: float) -> None:
    window = window_of(BOUNDS, 288, 216, zoom=zoom)
    lat, lng = window.place(x, y)
    assert window.x(lng) == pytest.approx(x, abs=0.15 * zoom + 0.2)
    assert window.y(lat) == pytest.approx(y, abs=0.15 * zoom + 0.2)


def test_everything_is_shown_whole_and_nearer_less() -> None:
    window = window_of(BOUNDS, 288, 216)
    assert window.west < BOUNDS[0] < BOUNDS[2] < window.east
    assert window.south < BOUNDS[1] < BOUNDS[3] < window.north
    near = window_of(BOUNDS, 288, 216, zoom=16, middle=(-6.92, 106.92))
    assert near.east < RIGHT.bounds[0]


def test_an_area_of_two_parts_is_one_path() -> None:
    window = window_of(BOUNDS, 288, 216)
    assert [drawn(shape, window).path.count("M") for shape in (LEFT, RIGHT)] == [1, 2]


def test_islands_smaller_than_can_be_seen_are_left_out_but_never_the_last() -> None:
    window = window_of(BOUNDS, 288, 216)
    island, rock = box(107.15, -6.9, 107.1501, -6.8999), box(107.16, -6.9, 107.16005, -6.8999)
    assert drawn(MultiPolygon([LEFT, island]), window).path == drawn(LEFT, window).path
    assert drawn(MultiPolygon([rock, island]), window).path.count("M") == 1


def test_what_lies_far_outside_the_window_is_cut_off_unseen() -> None:
    near = window_of(BOUNDS, 288, 216, zoom=16, middle=(-6.95, 107.15))
    whole = LEFT.union(box(106.95, -6.96, 107.2, -6.94)).segmentize(0.0005)
    assert 0 < len(drawn(whole, near).path) < len(drawn(whole, window_of(BOUNDS, 288, 216)).path)


def test_the_middle_cannot_leave_the_map() -> None:
    window = window_of(BOUNDS, 288, 216, zoom=4, middle=(80, -170))
    assert window.middle == pytest.approx((-6.9, 106.9))


def test_a_larger_government_may_be_looked_at_closer() -> None:
    nation: Bounds = (95, -11, 141, 6)
    far, near = (window_of(nation, 288, 216, zoom=9000, closest=closest) for closest in (64, 9000))
    assert (far.east - far.west) / (near.east - near.west) == pytest.approx(9000 / 64)
