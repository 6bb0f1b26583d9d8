"""Promising a date for the work."""

from datetime import date, datetime, timedelta

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import HOUR, clock, fresh, last, on, published, refused, running, told, who_may
from tuntas import steps
from tuntas.kit.errors import Invalid, WrongState
from tuntas.rules.life import Act, Promise, State

TODAY = date(2026, 3, 6)  # in Jakarta, at the fixture's hour


def test_the_date_is_a_promise_and_bends_no_other(cast: Cast, now: datetime) -> None:
    made = make_report(now, email="sari@mail.example")
    report = bring(made, State.IN_PROGRESS, cast)
    resolve = clock(report, Promise.RESOLVE).due_at
    steps.schedule(report, by=cast.liaison, on=date(2026, 6, 10), text="Menunggu aspal.", now=now + 3 * HOUR)
    report, event = fresh(report), last(report)
    assert (report.state, report.face, event.data["on"]) == ("scheduled", "dikerjakan", "2026-06-10")
    dated = clock(report, Promise.SCHEDULED)
    assert dated.due_at == on(date(2026, 6, 10), 16), "until the office closes on that day"
    assert clock(report, Promise.RESOLVE).due_at == resolve == report.due_at
    assert running(report) == {Promise.RESOLVE, Promise.SCHEDULED}
    assert told(report, now + 3 * HOUR) == {("news", "sari@mail.example")}
    publication = published(report)
    assert publication is not None
    assert publication.thread["timeline"][-1]["on"] == "2026-06-10"
    assert publication.thread["timeline"][-1]["text"] == "Menunggu aspal."


@pytest.mark.parametrize(
    "day", [TODAY + timedelta(days=1), date(2026, 3, 21), TODAY + timedelta(days=3 * 366)], ids=str
)
def test_any_day_after_today_within_three_years_will_do(cast: Cast, now: datetime, day: date) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    steps.schedule(report, by=cast.liaison, on=day, text="Nanti.", now=now + 3 * HOUR)
    assert fresh(report).state == "scheduled"


@pytest.mark.parametrize(
    "day",
    [TODAY, TODAY - timedelta(days=1), TODAY + timedelta(days=3 * 366 + 1), date.min, date.max],
    ids=str,
)
def test_no_other_day_will(cast: Cast, now: datetime, day: date) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    with refused(Invalid, report, "/on"):
        steps.schedule(report, by=cast.liaison, on=day, text="Nanti.", now=now + 3 * HOUR)


def test_today_is_the_agencys_today(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    after_midnight = datetime.fromisoformat("2026-03-07T00:30:00+07:00")  # still the 6th in Greenwich
    with refused(Invalid, report, "/on"):
        steps.schedule(report, by=cast.liaison, on=date(2026, 3, 7), text="Nanti.", now=after_midnight)


def test_a_second_date_is_promised_after_the_first_was_taken_up(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.SCHEDULED, cast)
    steps.resume(report, by=cast.liaison, now=now + 5 * HOUR)
    steps.schedule(report, by=cast.liaison, on=date(2026, 5, 4), text="Mundur.", now=now + 6 * HOUR)
    dates = list(report.deadlines.filter(promise=Promise.SCHEDULED).order_by("id"))
    assert [d.kept_at for d in dates] == [now + 5 * HOUR, None]


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.IN_PROGRESS, cast)
    assert who_may(Act.SCHEDULE, report, cast, made, now + 9 * HOUR) == {"liaison"}


@pytest.mark.parametrize("state", [State.DISPATCHED, State.SCHEDULED, State.AWAITING_VALIDATION])
def test_not_now(cast: Cast, now: datetime, state: State) -> None:
    report = bring(make_report(now), state, cast)
    with refused(WrongState, report):
        steps.schedule(report, by=cast.liaison, on=date(2026, 6, 10), text="Nanti.", now=now + 9 * HOUR)


def test_not_without_a_sentence(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    with refused(Invalid, report, "/text"):
        steps.schedule(report, by=cast.liaison, on=date(2026, 6, 10), text="", now=now + 3 * HOUR)
