"""Hours in which nobody is on duty."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tuntas.rules.clock import Calendar
from tuntas.rules.shifts import gaps_in, is_open

T = datetime(2026, 3, 6, tzinfo=UTC)


def at(hour: float) -> datetime:
    return T + timedelta(hours=hour)


@pytest.mark.parametrize(
    ("shifts", "gaps"),
    [
        ([], [(0, 24)]),
        ([(0, 24)], []),
        ([(-4, 8), (8, 16), (16, 30)], []),
        ([(16, 24), (0, 9), (8, 12)], [(12, 16)]),
        ([(2, 20), (4, 6)], [(0, 2), (20, 24)]),
        ([(25, 30)], [(0, 24)]),
        ([(-9, -1)], [(0, 24)]),
    ],
)
def test_gaps_of_a_day(shifts: list[tuple[float, float]], gaps: list[tuple[float, float]]) -> None:
    spans = [(at(a), at(b)) for a, b in shifts]
    assert gaps_in(spans, at(0), at(24)) == [(at(a), at(b)) for a, b in gaps]


@pytest.mark.parametrize(
    ("moment", "answer"),
    [("2026-03-06T08:00", True), ("2026-03-06T07:59", False), ("2026-03-06T16:00", False), ("2026-03-07T10:00", False)],
)
def test_an_office_is_open_in_its_own_hours(moment: str, answer: bool) -> None:
    zone = ZoneInfo("Asia/Jakarta")
    office = Calendar(zone, time(8), time(16), frozenset(range(5)), frozenset())
    assert is_open(office, datetime.fromisoformat(moment).replace(tzinfo=zone)) is answer
