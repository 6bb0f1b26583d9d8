"""Laws of the clock that hold for every calendar and every instant."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tuntas.rules.clock import Calendar, Length, Unit, due_after, due_at, left_of, worked, working_days_between

MINUTE = timedelta(minutes=1)
ZONES = [ZoneInfo(name) for name in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")]

calendars = st.builds(
    Calendar,
    zone=st.sampled_from(ZONES),
    opens=st.times(time(0), time(10)).map(lambda t: t.replace(second=0, microsecond=0)),
    closes=st.times(time(10, 1), time(23, 59)).map(lambda t: t.replace(second=0, microsecond=0)),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    holidays=st.frozensets(st.dates(date(2025, 12, 1), date(2026, 3, 31)), max_size=20),
)
instants = st.builds(
    lambda seconds, zone: datetime(2025, 12, 1, tzinfo=UTC).astimezone(zone) + timedelta(seconds=seconds),
    st.floats(0, 90 * 86_400),
    st.sampled_from([UTC, *ZONES]),
)
minutes = instants.map(lambda t: t.replace(second=0, microsecond=0))
units = st.sampled_from(list(Unit))
lengths = st.builds(Length, st.integers(1, 70), units)
spans = st.timedeltas(timedelta(0), timedelta(hours=90))


@given(instants, lengths, calendars)
def test_a_due_instant_lies_after_the_start_and_at_closing_time(s: datetime, n: Length, c: Calendar) -> None:
    due = due_at(s, n, c)
    assert due > s
    if n.unit is Unit.WORKING_DAYS:
        local = due.astimezone(c.zone)
        assert c.is_open_on(local.date())
        assert local.time() == c.closes


@given(instants, instants, lengths, calendars)
def test_who_starts_later_is_not_due_earlier(s: datetime, t: datetime, n: Length, c: Calendar) -> None:
    assert due_at(min(s, t), n, c) <= due_at(max(s, t), n, c)


@given(instants, lengths, calendars)
def test_a_longer_promise_is_due_later(s: datetime, n: Length, c: Calendar) -> None:
    assert due_at(s, n, c) < due_at(s, Length(n.amount + 1, n.unit), c)


@given(instants, st.integers(1, 40), st.integers(1, 40), units, calendars)
def test_promises_add_up(s: datetime, a: int, b: int, unit: Unit, c: Calendar) -> None:
    assert due_at(due_at(s, Length(a, unit), c), Length(b, unit), c) == due_at(s, Length(a + b, unit), c)


@given(instants, instants, lengths, calendars)
def test_a_pause_of_no_time_changes_nothing(s: datetime, t: datetime, n: Length, c: Calendar) -> None:
    due = due_at(s, n, c)
    assume(t <= due)
    assert due_after(t, left_of(t, due, n.unit, c), n.unit, c) == due


@given(instants, st.timedeltas(timedelta(microseconds=1), timedelta(hours=90)), instants, units, calendars)
def test_a_pause_of_no_time_changes_nothing_for_any_due_in_office_hours(
    s: datetime, left: timedelta, t: datetime, unit: Unit, c: Calendar
) -> None:
    due = due_after(s, left, unit, c)
    assume(t <= due)
    assert due_after(t, left_of(t, due, unit, c), unit, c) == due


@given(instants, st.timedeltas(timedelta(microseconds=1), timedelta(hours=90)), calendars)
def test_time_left_ends_in_office_hours(s: datetime, left: timedelta, c: Calendar) -> None:
    due = due_after(s, left, Unit.WORKING_DAYS, c)
    local = due.astimezone(c.zone)
    opens, closes = c.hours_of(local.date())
    assert c.is_open_on(local.date())
    assert opens < due <= closes
    assert worked(s, due, c) == left


@given(instants, spans, spans, units, calendars)
def test_time_left_adds_up(s: datetime, a: timedelta, b: timedelta, unit: Unit, c: Calendar) -> None:
    assert due_after(due_after(s, a, unit, c), b, unit, c) == due_after(s, a + b, unit, c)


@given(instants, instants, units, calendars)
def test_what_is_left_is_never_negative_and_never_more_than_the_wall_clock(
    s: datetime, due: datetime, unit: Unit, c: Calendar
) -> None:
    assert timedelta(0) <= left_of(s, due, unit, c) <= max(timedelta(0), due - s)


@given(instants, st.integers(1, 70), calendars)
def test_all_promised_days_are_counted_when_it_is_due(s: datetime, n: int, c: Calendar) -> None:
    due = due_at(s, Length(n, Unit.WORKING_DAYS), c)
    assert working_days_between(s, due, c) == n
    assert working_days_between(s, due - timedelta(days=1), c) < n


@settings(deadline=None)
@given(minutes, st.integers(0, 3 * 24 * 60), calendars)
def test_worked_time_agrees_with_a_slow_watch(s: datetime, length: int, c: Calendar) -> None:
    assert worked(s, s.astimezone(UTC) + length * MINUTE, c) == sum(map(int, _ticks(s, length, c))) * MINUTE


@settings(deadline=None)
@given(minutes, st.integers(1, 3), calendars)
def test_working_days_agree_with_a_slow_watch(s: datetime, n: int, c: Calendar) -> None:
    assert due_at(s, Length(n, Unit.WORKING_DAYS), c) == _slow_due(s, n, c)


def _ticks(start: datetime, length: int, c: Calendar) -> list[bool]:
    """Look at the office once a minute: is it open in the minute that begins now?"""
    first = start.astimezone(UTC)
    return [_is_open(first + n * MINUTE, c) for n in range(length)]


def _is_open(instant: datetime, c: Calendar) -> bool:
    local = instant.astimezone(c.zone)
    return local.weekday() in c.weekdays and local.date() not in c.holidays and c.opens <= local.time() < c.closes


def _slow_due(start: datetime, n: int, c: Calendar) -> datetime:
    """Wait in front of the office, minute by minute, until it has closed on n days after the first."""
    now = start.astimezone(UTC)
    first = now.astimezone(c.zone).date()
    while n:
        now += MINUTE
        n -= _is_open(now - MINUTE, c) and not _is_open(now, c) and now.astimezone(c.zone).date() > first
        assume(now - start < timedelta(days=12))
    return now
