"""When a clock comes to which rung, by examples; and what makes a ladder."""

import re
from datetime import datetime, timedelta

import pytest

from tests.rules.test_clock import WIB, WIT, WITA, at, office
from tuntas.ops.clock_examples import RUNGS, RUNGS_AFTER_A_PAUSE, STARTED_AGAIN, STOPPED
from tuntas.rules.clock import Length, Unit, due_after, due_at, left_of
from tuntas.rules.ladder import (
    REMINDERS,
    USUAL,
    Hears,
    Rung,
    Running,
    climbs_at,
    in_order,
    ladder_of,
    reached,
    rung_at,
    wrong_with,
    wrong_with_reminders,
)
from tuntas.rules.ladder_words import HEARS, LENGTHS, say_hearers, say_part

WORKING = Unit.WORKING_DAYS
TELLS = (Hears.HANDLER,)
INSTANT = timedelta(microseconds=1)


def clock(start: datetime, length: Length) -> Running:
    due = due_at(start, length, office())
    return Running(due, left_of(start, due, length.unit, office()), length.unit, office())


def rung(written: str) -> Rung:
    return rung_at(written, TELLS, 0)


@pytest.mark.parametrize(("start", "amount", "unit", "part", "then", "why"), RUNGS, ids=[row[5] for row in RUNGS])
def test_a_clock_comes_to_a_rung(start: str, amount: int, unit: Unit, part: str, then: str, why: str) -> None:
    begins = at(start)
    assert climbs_at(rung(part), clock(begins, Length(amount, unit)), begins) == at(then), why


@pytest.mark.parametrize(("part", "then", "why"), RUNGS_AFTER_A_PAUSE, ids=[row[0] for row in RUNGS_AFTER_A_PAUSE])
def test_a_pause_over_holidays_counts_for_nothing(part: str, then: str, why: str) -> None:
    whole = clock(at("2025-11-03 07:30"), Length(3, WORKING))
    left = left_of(at(STOPPED), whole.due, WORKING, office())
    again = at(STARTED_AGAIN)
    running = Running(due_after(again, left, WORKING, office()), whole.whole, WORKING, office())
    assert climbs_at(rung(part), running, again) == at(then), why


@pytest.mark.parametrize(("zone", "then"), [(WIB, "2025-11-04 15:09"), (WITA, "2025-11-04 15:09")])
def test_a_part_of_a_working_day_is_of_the_offices_own_day(zone: object, then: str) -> None:
    calendar = office(zone)  # type: ignore[arg-type]
    begins = at("2025-11-03 20:00", WIB)
    due = due_at(begins, Length(1, WORKING), calendar)
    running = Running(due, left_of(begins, due, WORKING, calendar), WORKING, calendar)
    assert climbs_at(rung("90%"), running, begins) == at(then, zone)  # type: ignore[arg-type]


def test_in_the_east_it_is_tomorrow_already() -> None:
    begins, calendar = at("2025-11-03 22:30", WIB), office(WIT)  # half past midnight there
    due = due_at(begins, Length(1, WORKING), calendar)
    running = Running(due, left_of(begins, due, WORKING, calendar), WORKING, calendar)
    # Two of their days lie before the end: the rest of Tuesday is all of it.
    assert running.whole == timedelta(hours=17)
    assert climbs_at(rung("50%"), running, begins) == at("2025-11-04 16:00", WIT)


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize("start", ["2025-11-03 09:14", "2025-12-24 23:59", "2025-12-31 07:30", "2026-02-16 16:00"])
def test_a_ladder_is_climbed_in_its_order_and_says_the_same_whenever_it_is_asked(start: str, unit: Unit) -> None:
    begins = at(start)
    running = clock(begins, Length(3, unit))
    first = [climbs_at(each, running, begins) for each in USUAL]
    assert first == sorted(first)
    assert begins < first[0]
    assert first[2] == running.due
    for moment in (begins + (first[0] - begins) * n / 7 for n in range(7)):
        assert [climbs_at(each, running, moment) for each in USUAL] == first


def test_what_is_behind_is_counted_and_the_next_is_named() -> None:
    begins = at("2025-11-03 09:14")
    running = clock(begins, Length(48, Unit.HOURS))
    instants = [climbs_at(each, running, begins) for each in USUAL]
    assert reached(USUAL, 1, running, instants[0]) == (1, instants[1])
    assert reached(USUAL, 1, running, instants[1]) == (2, instants[2])
    assert reached(USUAL, 1, running, instants[2]) == (2, instants[2]), "at the very instant it is not missed yet"
    assert reached(USUAL, 1, running, instants[2] + INSTANT) == (3, instants[3])
    assert reached(USUAL, 1, running, instants[3] + timedelta(days=9)) == (4, None)


def test_a_part_that_is_over_when_a_clock_starts_again_is_told_at_once() -> None:
    begins = at("2025-11-03 09:14")
    running = clock(begins, Length(48, Unit.HOURS))
    later = begins + timedelta(hours=40)
    assert climbs_at(rung("75%"), running, later) == later


@pytest.mark.parametrize(
    "written", ["75%", "1%", "100%", "+3 working_days", "+2 hours", "+10 days", "-3 days", "-1 days"]
)
def test_a_rung_is_written_as_it_is_read(written: str) -> None:
    assert rung(written).at == written
    assert ladder_of([rung(written).as_data()]) == (rung(written),)


@pytest.mark.parametrize(
    "written",
    ["", "0%", "101%", "75", "75 %", "+0 days", "+3 weeks", "3 days", "-0 days", "-3 working_days", "+ 3 days"],
)
def test_what_is_no_rung_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(written)}$"):
        rung(written)


def test_a_reminder_comes_whole_days_before_the_end() -> None:
    begins = at("2025-11-03 09:14")
    running = clock(begins, Length(10, WORKING))
    assert [climbs_at(each, running, begins) for each in REMINDERS] == [running.due - timedelta(days=n) for n in (3, 1)]
    assert in_order(reversed(REMINDERS)) == REMINDERS
    assert list(wrong_with_reminders(REMINDERS)) == []
    assert list(wrong_with(REMINDERS)) != []
    assert list(wrong_with_reminders(USUAL)) != []
    assert list(wrong_with_reminders(REMINDERS * 2)) == ["has a rung twice"]


def test_the_usual_ladder_is_that_of_the_domain() -> None:
    assert [each.at for each in USUAL] == ["75%", "90%", "100%", "+3 working_days"]
    assert list(wrong_with(USUAL)) == []
    assert in_order(reversed(USUAL)) == USUAL


@pytest.mark.parametrize(
    ("parts", "wrong"),
    [
        (["75%", "90%"], "has no rung at “100%”: nobody would hear of a missed promise"),
        (["+3 days"], "has no rung at “100%”: nobody would hear of a missed promise"),
        (["75%", "75%", "100%"], "has a rung twice"),
        (["100%", "+3 days", "+3 working_days"], "counts what is beyond in more than one unit"),
    ],
)
def test_what_makes_no_ladder_is_said(parts: list[str], wrong: str) -> None:
    assert list(wrong_with([rung(part) for part in parts])) == [wrong]


def test_every_rung_can_be_said() -> None:
    assert (set(HEARS), set(LENGTHS)) == (set(Hears), set(Unit))
    assert [say_part(each).id for each in USUAL] == ["75 %", "90 %", "100 %", "3 hari kerja"]
    assert say_hearers(USUAL[1].tells).en == "who works on it and the liaison officer"
    assert say_hearers(USUAL[2].tells).id == "yang mengerjakan, narahubung, kepala instansi dan meja aduan"
