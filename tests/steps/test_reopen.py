"""Taking up an answered or closed report again."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import (
    DAY,
    DESK_ADMINS,
    HOUR,
    INSTANT,
    clock,
    fresh,
    last,
    published,
    refused,
    running,
    told,
    who_may,
)
from tuntas import steps
from tuntas.kit.errors import Invalid, WrongState
from tuntas.rules.life import Act, Promise, State


@pytest.mark.parametrize("state", [State.ANSWERED, State.CLOSED])
def test_the_work_clock_starts_anew(cast: Cast, now: datetime, state: State) -> None:
    made = make_report(now, email="sari@mail.example")
    report = bring(made, state, cast)
    steps.reopen(report, by=cast.validator, text="Fotonya lokasi lain.", now=now + 6 * HOUR)
    report = fresh(report)
    assert (report.state, report.face, report.reopen_count, report.is_reopened) == ("in_progress", "dibuka", 1, True)
    assert (report.closed_by, report.close_outcome) == ("", "")
    assert running(report) == {Promise.RESOLVE}
    assert clock(report, Promise.RESOLVE).started_at == now + 6 * HOUR
    assert {template for template, _ in told(report, now + 6 * HOUR)} == {"news", "work"}
    assert {name for _, name in told(report, now + 6 * HOUR)} == {
        *("sari@mail.example", "rudi", "dewi", "hendra", "yuni", "bagas")
    }
    publication = published(report)
    assert publication is not None
    assert publication.face == "dibuka"
    assert last(report).text not in str(publication.thread)


def test_each_time_is_counted(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.CLOSED, cast)
    for times in (1, 2, 3):
        later = now + times * DAY
        steps.reopen(report, by=made.reporter, text="Rusak lagi.", now=later)
        assert fresh(report).reopen_count == times
        steps.propose_answer(report, by=cast.liaison, text="Beres.", outcome="answered", now=later + HOUR)
        steps.approve(report, by=cast.validator, now=later + 2 * HOUR)


@pytest.mark.parametrize("who", ["reporter", "validator"])
def test_within_thirty_days_of_closing_and_no_later(cast: Cast, now: datetime, who: str) -> None:
    made = make_report(now)
    report = bring(made, State.CLOSED, cast)
    by = made.reporter if who == "reporter" else cast.validator
    end = clock(report, Promise.REOPEN_WINDOW).due_at
    assert end is not None
    with refused(WrongState, report):
        steps.reopen(report, by=by, text="Rusak lagi.", now=end + INSTANT)
    steps.reopen(report, by=by, text="Rusak lagi.", now=end)
    assert fresh(report).state == "in_progress"


def test_nor_once_the_window_was_marked_as_over(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.CLOSED, cast)
    end = clock(report, Promise.REOPEN_WINDOW).due_at
    assert end is not None
    while steps.miss_next(now=end + INSTANT):
        pass
    assert fresh(report).state == "closed", "a window that ends changes nothing by itself"
    with refused(WrongState, fresh(report)):
        steps.reopen(report, by=made.reporter, text="Jam saya mundur.", now=end - HOUR)


def test_an_old_window_does_not_count_against_a_later_answer(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.CLOSED, cast)
    steps.reopen(report, by=made.reporter, text="Rusak lagi.", now=now + 20 * DAY)
    steps.propose_answer(report, by=cast.liaison, text="Diganti.", outcome="answered", now=now + 40 * DAY)
    steps.approve(report, by=cast.validator, now=now + 41 * DAY)
    steps.reopen(report, by=made.reporter, text="Tetap rusak.", now=now + 42 * DAY)
    assert fresh(report).reopen_count == 2


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.CLOSED, cast)
    assert who_may(Act.REOPEN, report, cast, made, now + 9 * HOUR) == DESK_ADMINS | {"reporter", "validator", "leader"}


@pytest.mark.parametrize("state", [State.IN_PROGRESS, State.REPORTER_REPLIED, State.ARCHIVED])
def test_not_now(cast: Cast, now: datetime, state: State) -> None:
    made = make_report(now)
    report = bring(made, state, cast)
    with refused(WrongState, report):
        steps.reopen(report, by=cast.desk, text="Lagi.", now=now + 9 * HOUR)


def test_one_says_why(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.CLOSED, cast)
    with refused(Invalid, report, "/text"):
        steps.reopen(report, by=made.reporter, text="", now=now + 6 * HOUR)
