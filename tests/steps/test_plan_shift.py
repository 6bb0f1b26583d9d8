"""Shifts of the desk: planned, copied, dropped; who hears at night; notes from one shift to the next."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.make import T0, bring, make_report
from tests.steps.seen import DAY, HOUR
from tests.steps.test_set_leave import away
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid, NotFound
from tuntas.people.duty import on_duty, shifts_of, waiting_for
from tuntas.people.models import Person, Shift, ShiftNoteRead
from tuntas.reports.models import Report
from tuntas.rules.life import State, Told
from tuntas.rules.who import Role
from tuntas.steps.tell import staff_of

pytestmark = pytest.mark.usefixtures("city")
FRIDAY, MONDAY = date(2026, 3, 6), date(2026, 3, 9)
NIGHT = datetime.fromisoformat("2026-03-06T23:00+07:00")


@pytest.fixture
def desk_id(cast: Cast) -> int:
    return installation().desk_id


@pytest.fixture
def yuni(cast: Cast) -> Person:
    return cast.person(Role.ASSISTANT_ADMIN)


def plan(cast: Cast, desk_id: int, person: Person, on: date = FRIDAY, starts: int = 20, ends: int = 4) -> Shift:
    return steps.plan_shift(desk_id, person.pk, on=on, starts=time(starts), ends=time(ends), by=cast.desk)


def test_a_shift_that_ends_earlier_than_it_begins_ends_on_the_next_day(cast: Cast, desk_id: int, yuni: Person) -> None:
    shift = plan(cast, desk_id, yuni)
    assert shift.starts_at == datetime.fromisoformat("2026-03-06T20:00+07:00")
    assert shift.ends_at == datetime.fromisoformat("2026-03-07T04:00+07:00")
    assert on_duty(desk_id, now=NIGHT) == {yuni.pk}
    assert on_duty(desk_id, now=shift.ends_at) == frozenset()


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"on": None}, "/on"),
        ({"starts": None}, "/on"),
        ({"starts": time(6), "ends": time(23)}, "/starts"),
        ({"starts": time(8), "ends": time(8)}, "/starts"),
        ({"starts": time(23), "ends": time(5)}, "/person"),
    ],
)
def test_what_is_wrong_is_named(cast: Cast, desk_id: int, yuni: Person, given: dict[str, Any], pointer: str) -> None:
    plan(cast, desk_id, yuni)
    said: dict[str, Any] = {"on": FRIDAY, "starts": time(10), "ends": time(12), **given}
    with pytest.raises(Invalid) as no:
        steps.plan_shift(desk_id, yuni.pk, by=cast.desk, **said)
    assert [mistake.pointer for mistake in no.value.mistakes] == [pointer]
    assert Shift.objects.count() == 1


def test_only_people_of_the_desk_who_are_not_away(cast: Cast, desk_id: int, yuni: Person) -> None:
    with pytest.raises(Invalid):
        plan(cast, desk_id, cast.person(Role.LIAISON, "dlh"))
    plan(cast, desk_id, cast.person(Role.CALL_OPERATOR))
    away(yuni, cast.person(Role.AGENCY_ADMIN))
    with pytest.raises(Invalid, match="away"):
        plan(cast, desk_id, yuni)


@pytest.mark.parametrize("role", [Role.ASSISTANT_ADMIN, Role.LIAISON, Role.LEADER, Role.SYSADMIN])
def test_only_admins_of_the_desk_write_the_plan(cast: Cast, desk_id: int, yuni: Person, role: Role) -> None:
    shift, by = plan(cast, desk_id, yuni), cast.actor(role)
    with pytest.raises(NotFound):
        steps.plan_shift(desk_id, yuni.pk, on=MONDAY, starts=time(8), ends=time(12), by=by)
    with pytest.raises(NotFound):
        steps.drop_shift(shift.pk, by=by)
    with pytest.raises(NotFound):
        steps.copy_week(desk_id, MONDAY, by=by)
    assert Shift.objects.get() == shift


def test_a_week_is_copied_once_and_without_those_who_are_away(cast: Cast, desk_id: int, yuni: Person) -> None:
    operator = cast.person(Role.CALL_OPERATOR)
    plan(cast, desk_id, yuni)
    plan(cast, desk_id, operator, starts=8, ends=16)
    away(operator, cast.person(Role.AGENCY_ADMIN), first=FRIDAY + 7 * DAY, last=FRIDAY + 7 * DAY)
    assert steps.copy_week(desk_id, MONDAY, by=cast.desk) == 1
    assert steps.copy_week(desk_id, MONDAY, by=cast.desk) == 0
    begins = datetime.fromisoformat("2026-03-13T20:00+07:00")
    (copied,) = shifts_of(desk_id, begins, begins + HOUR)
    assert (copied.person, copied.starts_at, copied.ends_at - begins) == (yuni, begins, timedelta(hours=8))


def test_at_night_those_on_duty_hear_first_and_by_day_all(cast: Cast, desk_id: int, yuni: Person) -> None:
    report = make_report().report
    everybody = {p.pk for p in staff_of(report, Told.DESK)}
    assert {p.pk for p in staff_of(report, Told.DESK, now=NIGHT)} == everybody, "nobody is on duty"
    plan(cast, desk_id, yuni)
    assert {p.pk for p in staff_of(report, Told.DESK, now=NIGHT)} == {yuni.pk}
    plan(cast, desk_id, cast.person(Role.CALL_OPERATOR), starts=8, ends=16)
    assert {p.pk for p in staff_of(report, Told.DESK, now=T0)} == everybody
    assert {p.pk for p in staff_of(report, Told.DESK, now=NIGHT + 12 * HOUR)} == everybody, "an operator reads none"


def test_a_liaison_at_night_hears_as_ever(cast: Cast, desk_id: int, yuni: Person) -> None:
    report: Report = bring(make_report(), State.DISPATCHED, cast)
    plan(cast, desk_id, yuni)
    assert staff_of(report, Told.HOLDER, now=NIGHT) == [cast.person(Role.LIAISON, "dinas-pupr")]


def test_a_note_stands_above_the_inbox_of_those_on_duty_until_it_is_read(
    cast: Cast, desk_id: int, yuni: Person
) -> None:
    note = steps.leave_note(desk_id, " Pohon tumbang di Tegalsari. ", by=cast.desk, now=NIGHT - HOUR)
    assert waiting_for(yuni.pk, now=NIGHT).notes == (), "not on duty"
    plan(cast, desk_id, yuni)
    (seen,) = waiting_for(yuni.pk, now=NIGHT).notes
    assert (seen.id, seen.text) == (note.pk, "Pohon tumbang di Tegalsari.")
    assert waiting_for(cast.person(Role.AGENCY_ADMIN).pk, now=NIGHT).notes == (), "who wrote it"
    by = cast.actor(Role.ASSISTANT_ADMIN)
    for _ in range(2):
        steps.read_note(note.pk, by=by, now=NIGHT)
    assert ShiftNoteRead.objects.count() == 1
    assert waiting_for(yuni.pk, now=NIGHT).notes == ()


def test_notes_are_of_the_desk_alone(cast: Cast, desk_id: int) -> None:
    note = steps.leave_note(desk_id, "Halo.", by=cast.actor(Role.CALL_OPERATOR), now=NIGHT)
    for by in (cast.liaison, cast.validator, cast.handler):
        with pytest.raises(NotFound):
            steps.leave_note(desk_id, "Halo.", by=by, now=NIGHT)
        with pytest.raises(NotFound):
            steps.read_note(note.pk, by=by, now=NIGHT)
    with pytest.raises(Invalid):
        steps.leave_note(desk_id, "  ", by=cast.desk, now=NIGHT)
