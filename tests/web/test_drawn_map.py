"""Our own areas as drawings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, box

from tuntas.web.drawn_map import bounds_of, draw_areas, window_of

LEFT, RIGHT = (
    box(106.9, -6.95, 106.95, -6.9),
    MultiPolygon([box(106.95, -6.95, 107, -6.9), box(107.1, -7, 107.2, -6.9)]),
)
OUTLINES = ((1, LEFT), (2, RIGHT))


@given(st.floats(0, 288), st.floats(0, 216), st.floats(1, 64))
def test_a_point_of_the_drawing_is_a_place_and_back(x: float, y: float, zoom: float) -> None:
    window = window_of(bounds_of(OUTLINES), 288, 216, zoom=zoom)
    lat, lng = window.place(x, y)
    assert window.x(lng) == pytest.approx(x, abs=0.15 * zoom + 0.2)
    assert window.y(lat) == pytest.approx(y, abs=0.15 * zoom + 0.2)


def test_everything_is_shown_whole_and_nearer_less() -> None:
    bounds = bounds_of(OUTLINES)
    window = window_of(bounds, 288, 216)
    assert window.west < bounds[0] < bounds[2] < window.east
    assert window.south < bounds[1] < bounds[3] < window.north
    near = window_of(bounds, 288, 216, zoom=16, middle=(-6.92, 106.92))
    assert [area.area_id for area in draw_areas(OUTLINES, {}, near)] == [1]


def test_an_area_of_two_parts_is_one_path() -> None:
    drawn = draw_areas(OUTLINES, {1: "Kiri", 2: "Kanan"}, window_of(bounds_of(OUTLINES), 288, 216))
    assert [(area.name, area.path.count("M")) for area in drawn] == [("Kiri", 1), ("Kanan", 2)]


def test_the_middle_cannot_leave_the_map() -> None:
    window = window_of(bounds_of(OUTLINES), 288, 216, zoom=4, middle=(80, -170))
    assert window.middle == pytest.approx((-6.9, 106.9))


def test_without_outlines_there_is_no_map() -> None:
    with pytest.raises(ValueError, match="no area"):
        bounds_of(())
