"""Saying how satisfied one is."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import DAY, HOUR, INSTANT, clock, fresh, last, published, refused, running, told, who_may
from tuntas import steps
from tuntas.kit.errors import Invalid, WrongState
from tuntas.rules.life import Act, Promise, State
from tuntas.rules.who import SYSTEM


@pytest.mark.parametrize(("rating", "fixed"), [(2, None), (3, None), (4, None), (2, True), (4, True)])
def test_2_to_4_closes_it(cast: Cast, now: datetime, rating: int, fixed: bool | None) -> None:
    made = make_report(now)
    report = bring(made, State.ANSWERED, cast)
    steps.rate(report, by=made.reporter, rating=rating, fixed=fixed, text="Terima kasih.", now=now + 5 * HOUR)
    report = fresh(report)
    assert (report.state, report.face, report.rating, report.closed_by) == ("closed", "tuntas", rating, "reporter")
    assert (report.close_outcome, report.reopen_count) == ("answered", 0)
    assert (last(report).data["rating"], last(report).voice) == (rating, "reporter")
    assert running(report) == {Promise.REOPEN_WINDOW}
    assert clock(report, Promise.REPORTER_WINDOW).kept_at == now + 5 * HOUR
    assert clock(report, Promise.REOPEN_WINDOW).due_at == now + 5 * HOUR + 30 * DAY
    assert told(report, now + 5 * HOUR) == {("work", "rudi")}
    publication = published(report)
    assert publication is not None
    assert (publication.rating, publication.closed_by) == (rating, "reporter")
    assert "Terima kasih" not in str(publication.thread)


@pytest.mark.parametrize(("rating", "fixed"), [(1, None), (1, True), (1, False), (2, False), (3, False), (4, False)])
@pytest.mark.parametrize("state", [State.ANSWERED, State.CLOSED])
def test_1_or_not_fixed_takes_it_up_again(
    cast: Cast, now: datetime, rating: int, fixed: bool | None, state: State
) -> None:
    made = make_report(now)
    report = bring(made, state, cast)
    steps.rate(report, by=made.reporter, rating=rating, fixed=fixed, now=now + 6 * HOUR)
    report = fresh(report)
    assert (report.state, report.face, report.reopen_count, report.rating) == ("in_progress", "dibuka", 1, rating)
    assert (report.closed_by, report.close_outcome) == ("", "")
    assert running(report) == {Promise.RESOLVE}
    assert clock(report, Promise.RESOLVE).started_at == now + 6 * HOUR


def test_a_closed_one_may_be_rated_for_thirty_days_and_no_longer(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.CLOSED, cast)
    end = clock(report, Promise.REOPEN_WINDOW).due_at
    assert end == now + 5 * HOUR + 30 * DAY
    with refused(WrongState, report):
        steps.rate(report, by=made.reporter, rating=1, now=end + INSTANT)
    with refused(WrongState, report):
        steps.rate(report, by=made.reporter, rating=4, now=end + INSTANT)
    steps.rate(report, by=made.reporter, rating=1, now=end)
    assert fresh(report).state == "in_progress"


def test_rating_it_again_does_not_lengthen_the_window(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.CLOSED, cast)
    end = clock(report, Promise.REOPEN_WINDOW).due_at
    steps.rate(report, by=made.reporter, rating=4, now=now + 29 * DAY)
    assert (fresh(report).rating, clock(report, Promise.REOPEN_WINDOW).due_at) == (4, end)


def test_one_closed_by_the_system_becomes_the_reporters_when_rated(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.ANSWERED, cast)
    steps.close(report, by=SYSTEM, outcome="no_reply_from_reporter", text="Waktu habis.", now=now + 20 * DAY)
    steps.rate(report, by=made.reporter, rating=4, now=now + 21 * DAY)
    assert (fresh(report).closed_by, fresh(report).rating) == ("reporter", 4)


def test_a_later_answer_is_rated_in_its_own_time(cast: Cast, now: datetime) -> None:
    """Reopened in time, answered long after the first closing's thirty days: the reporter still has the word."""
    made = make_report(now)
    report = bring(made, State.CLOSED, cast)
    steps.reopen(report, by=made.reporter, text="Rusak lagi.", now=now + 20 * DAY)
    steps.propose_answer(report, by=cast.liaison, text="Diganti baru.", outcome="answered", now=now + 40 * DAY)
    steps.approve(report, by=cast.validator, now=now + 41 * DAY)
    steps.rate(report, by=made.reporter, rating=4, now=now + 42 * DAY)
    assert fresh(report).state == "closed"
    assert clock(report, Promise.REOPEN_WINDOW).due_at == now + 72 * DAY


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.ANSWERED, cast)
    assert who_may(Act.RATE, report, cast, made, now + 9 * HOUR) == {"reporter"}


@pytest.mark.parametrize("state", [State.IN_PROGRESS, State.REPORTER_REPLIED, State.ARCHIVED])
def test_not_now(cast: Cast, now: datetime, state: State) -> None:
    made = make_report(now)
    report = bring(made, state, cast)
    with refused(WrongState, report):
        steps.rate(report, by=made.reporter, rating=4, now=now + 9 * HOUR)


def test_the_words_beside_it_must_be_storable(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.ANSWERED, cast)
    with refused(Invalid, report, "/text"):
        steps.rate(report, by=made.reporter, rating=4, text="\x00", now=now + 5 * HOUR)
