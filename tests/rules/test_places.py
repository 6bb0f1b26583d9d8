"""Squares, pills and endings: small tables that pages and maps rely on."""

from datetime import UTC, datetime, timedelta

from tuntas.rules.cells import SIDE, cell_of, centre_of, rough_distance, step_of
from tuntas.rules.endings import closed_at
from tuntas.rules.faces import PILLS, Face, Pill

NOW = datetime(2026, 3, 6, 3, 0, tzinfo=UTC)


def test_a_distance_is_told_in_hundreds_of_metres_and_never_as_none() -> None:
    y, x = cell_of(-6.92, 106.93)
    centre = centre_of(y, x)
    assert rough_distance(centre["lat"], centre["lng"], y, x) == 100
    assert rough_distance(-6.92, 106.93, y + 2, x) % 100 == 0
    assert 400 <= rough_distance(centre["lat"], centre["lng"], y + 2, x) <= 700


def test_marks_get_coarser_by_halves_and_never_stand_closer_than_asked() -> None:
    for width in (0.001, 0.01, 0.1, 1.0, 40.0):
        step = step_of((106.0, -7.0, 106.0 + width, -6.99), 16)
        assert step & (step - 1) == 0
        assert width / (SIDE * step) <= 16 or step == 1
    assert step_of((106.0, -7.0, 106.001, -6.999), 16) == 1


def test_every_face_but_not_handled_stands_under_one_pill_besides_all() -> None:
    shown = [face for pill, faces in PILLS.items() if pill is not Pill.ALL for face in faces]
    assert sorted(shown) == sorted(set(Face) - {Face.DITOLAK})
    assert PILLS[Pill.ALL] == ()


def test_a_report_was_closed_when_its_story_last_turned_to_closed() -> None:
    faces = ["diterima", "dijawab", "tuntas", "dibuka", "tuntas", "tuntas"]
    timeline = [{"face": face, "after": 3600.0 * n} for n, face in enumerate(faces)]
    assert closed_at(timeline, NOW) == NOW + timedelta(hours=4)
    assert closed_at(timeline[:2], NOW) is None
    assert closed_at([], NOW) is None
