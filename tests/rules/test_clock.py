"""What "within n working days" means, by examples; examples and holidays stand in ops.clock_examples, to be printed."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tuntas.ops.clock_examples import DUE, HOLIDAYS, PAUSES, ZONES
from tuntas.rules.clock import (
    Calendar,
    Length,
    Unit,
    Unreachable,
    due_after,
    due_at,
    left_of,
    worked,
    working_days_between,
)

WIB, WITA, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar"), ZoneInfo("Asia/Jayapura")
HOURS, DAYS, WORKING = Unit.HOURS, Unit.DAYS, Unit.WORKING_DAYS


def office(zone: ZoneInfo = WIB, weekdays: frozenset[int] = frozenset(range(5))) -> Calendar:
    return Calendar(zone, time(7, 30), time(16), weekdays, frozenset(HOLIDAYS))


def at(text: str, zone: ZoneInfo = WIB) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=zone)


@pytest.mark.parametrize(("start", "amount", "unit", "due", "why"), DUE, ids=[row[4] for row in DUE])
def test_a_promise_is_due(start: str, amount: int, unit: Unit, due: str, why: str) -> None:
    assert due_at(at(start), Length(amount, unit), office()) == at(due), why


@pytest.mark.parametrize(("short", "name", "due"), ZONES)
def test_the_office_counts_and_closes_by_its_own_zone(short: str, name: str, due: str) -> None:
    evening_in_the_west, zone = at("2025-11-03 22:30", WIB), ZoneInfo(name)
    assert due_at(evening_in_the_west, Length(1, WORKING), office(zone)) == at(due, zone)
    assert at(due, zone).tzname() == short


@pytest.mark.parametrize("zone", [WIB, WITA, WIT, ZoneInfo("UTC")])
def test_the_zone_in_which_a_start_is_written_does_not_matter(zone: ZoneInfo) -> None:
    start = at("2025-11-03 22:30", WIB).astimezone(zone)
    assert due_at(start, Length(1, WORKING), office()) == at("2025-11-04 16:00")


@pytest.mark.parametrize("unit", list(Unit))
def test_results_are_in_utc(unit: Unit) -> None:
    start, calendar = at("2025-11-03 09:00"), office()
    assert due_at(start, Length(1, unit), calendar).tzinfo is UTC
    assert due_after(start, timedelta(hours=30), unit, calendar).tzinfo is UTC


def test_an_answer_within_48_hours_is_kept_at_47_59_and_missed_at_48_01() -> None:
    start = at("2025-11-07 09:14")  # a Friday
    due = due_at(start, Length(48, HOURS), office())
    assert start + timedelta(hours=47, minutes=59) <= due
    assert start + timedelta(hours=48) <= due
    assert not start + timedelta(hours=48, minutes=1) <= due


def test_a_six_day_week_counts_saturday() -> None:
    six = office(weekdays=frozenset(range(6)))
    assert due_at(at("2025-11-07 09:14"), Length(1, WORKING), six) == at("2025-11-08 16:00")


@pytest.mark.parametrize(("paused", "due", "hours", "again", "then", "why"), PAUSES, ids=[row[5] for row in PAUSES])
def test_a_pause_keeps_the_open_time_left(paused: str, due: str, hours: float, again: str, then: str, why: str) -> None:
    left = left_of(at(paused), at(due), WORKING, office())
    assert left == timedelta(hours=hours), why
    assert due_after(at(again), left, WORKING, office()) == at(then), why


@pytest.mark.parametrize("unit", [HOURS, DAYS])
def test_a_pause_of_wall_clock_time_keeps_nights_and_weekends(unit: Unit) -> None:
    left = left_of(at("2025-11-07 14:00"), at("2025-11-09 09:14"), unit, office())
    assert left == timedelta(hours=43, minutes=14)
    assert due_after(at("2025-12-24 00:00"), left, unit, office()) == at("2025-12-25 19:14")


def test_nothing_is_left_of_a_missed_promise() -> None:
    assert left_of(at("2025-11-10 09:00"), at("2025-11-09 09:14"), HOURS, office()) == timedelta(0)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2025-11-03 09:00", "2025-11-03 11:30", 2.5),
        ("2025-11-03 05:00", "2025-11-03 23:00", 8.5),
        ("2025-11-07 15:00", "2025-11-10 08:30", 2),
        ("2025-11-08 00:00", "2025-11-09 23:59", 0),
        ("2025-11-04 09:00", "2025-11-03 09:00", 0),
    ],
)
def test_only_open_hours_are_worked(start: str, end: str, hours: float) -> None:
    assert worked(at(start), at(end), office()) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("end", "count"),
    [
        ("2025-12-19 16:00", 0),
        ("2025-12-20 12:00", 0),
        ("2025-12-22 00:00", 1),
        ("2025-12-24 09:00", 3),
        ("2025-12-28 23:59", 3),
        ("2025-12-29 07:00", 4),
        ("2025-12-01 09:00", 0),
    ],
)
def test_days_gone_are_counted_as_promised(end: str, count: int) -> None:
    assert working_days_between(at("2025-12-19 09:00"), at(end), office()) == count


def test_summer_time_elsewhere_moves_the_wall_clock_not_the_length() -> None:
    amsterdam = Calendar(ZoneInfo("Europe/Amsterdam"), time(0, 30), time(8), frozenset(range(7)), frozenset())
    start = datetime(2026, 3, 28, 23, 0, tzinfo=UTC)  # the night in which 02:00 becomes 03:00
    assert worked(start, start + timedelta(hours=23), amsterdam) == timedelta(hours=6, minutes=30)


def test_a_calendar_that_never_opens_is_said() -> None:
    never = office(weekdays=frozenset())
    with pytest.raises(Unreachable):
        due_at(at("2025-11-03 09:00"), Length(1, WORKING), never)
    with pytest.raises(Unreachable):
        due_after(at("2025-11-03 09:00"), timedelta(hours=1), WORKING, never)


def test_a_year_of_working_days_is_reached() -> None:
    assert due_at(at("2025-11-03 09:00"), Length(500, WORKING), office()) == at(
        "2027-10-08 16:00"
    )  # 100 weeks and four holidays


@pytest.mark.parametrize("amount", [0, -1])
def test_a_promise_has_a_length(amount: int) -> None:
    with pytest.raises(ValueError, match="is none"):
        Length(amount, WORKING)


def test_an_office_opens_before_it_closes() -> None:
    with pytest.raises(ValueError, match="before it opens"):
        Calendar(WIB, time(16), time(8), frozenset(range(5)), frozenset())


def test_what_is_left_is_never_negative() -> None:
    with pytest.raises(ValueError, match="nothing left"):
        due_after(at("2025-11-03 09:00"), timedelta(seconds=-1), HOURS, office())


def test_an_instant_without_a_zone_is_refused() -> None:
    naive, aware = datetime(2025, 11, 3, 9), at("2025-11-03 09:00")  # noqa: DTZ001
    for unit in Unit:
        with pytest.raises(ValueError, match="no time zone"):
            due_at(naive, Length(1, unit), office())
        with pytest.raises(ValueError, match="no time zone"):
            left_of(aware, naive, unit, office())
        with pytest.raises(ValueError, match="no time zone"):
            due_after(naive, timedelta(hours=1), unit, office())
