"""Asking the reporter for what is missing."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import HOUR, WHOLE_DESK, clock, fresh, last, published, refused, running, told, who_may
from tuntas import steps
from tuntas.kit.errors import Invalid, WrongState
from tuntas.rules.life import OPEN, OURS, Act, Promise, State

ANYWHERE = sorted(OPEN - {State.NEEDS_INFO, State.UNDER_EXAMINATION})


def test_the_reporter_is_asked_and_our_clocks_stop(cast: Cast, now: datetime) -> None:
    made = make_report(now, email="sari@mail.example")
    steps.ask(made.report, by=cast.desk, text="Di sebelah mana?", now=now + HOUR)
    report, event = fresh(made.report), last(made.report)
    assert (report.state, report.asked_from, report.ask_count, report.face) == (
        "needs_info",
        "submitted",
        1,
        "menunggu",
    )
    assert (event.act, event.frm, event.to, event.voice) == ("ask", "submitted", "needs_info", "desk")
    answer = clock(report, Promise.ANSWER)
    assert (answer.due_at, answer.left, answer.kept_at) == (None, 47 * HOUR, None)
    assert report.due_at is None, "while the reporter is asked the government owes nothing"
    assert running(report) == {Promise.ANSWER, Promise.VERIFY, Promise.NEEDS_INFO_WINDOW}
    assert told(report, now + HOUR) == {("needs_you", "sari@mail.example")}
    assert report.thread["messages"][-1]["text"] == "Di sebelah mana?"
    publication = published(report)
    assert publication is not None
    assert "Di sebelah mana?" not in str(publication.thread)


@pytest.mark.parametrize("state", ANYWHERE)
def test_it_works_from_every_open_state_and_completing_returns_there(cast: Cast, now: datetime, state: State) -> None:
    made = make_report(now)
    report = bring(made, state, cast)
    asker = cast.desk
    owed = running(report)
    steps.ask(report, by=asker, text="Apa maksudnya?", now=now + 6 * HOUR)
    paused = {c.promise for c in report.deadlines.running() if c.due_at is None}
    assert paused == owed & {*OURS, Promise.REPORTER_WINDOW}
    steps.complete(report, by=made.reporter, text="Ini.", now=now + 7 * HOUR)
    report = fresh(report)
    assert (report.state, report.asked_from) == (state, "")
    assert running(report) == owed
    assert all(c.due_at is not None for c in report.deadlines.running())


def test_one_round_before_the_first_answer_and_two_in_all(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = made.report
    steps.ask(report, by=cast.desk, text="Di mana?", now=now + HOUR)
    steps.complete(report, by=made.reporter, text="Di sini.", now=now + 2 * HOUR)
    with refused(WrongState, report):
        steps.ask(report, by=cast.desk, text="Kapan?", now=now + 3 * HOUR)
    steps.inform(report, by=cast.desk, text="Kami cek.", now=now + 4 * HOUR)
    steps.ask(report, by=cast.desk, text="Kapan?", now=now + 5 * HOUR)
    steps.complete(report, by=made.reporter, text="Kemarin.", now=now + 6 * HOUR)
    with refused(WrongState, report):
        steps.ask(report, by=cast.desk, text="Siapa?", now=now + 7 * HOUR)


def test_the_answer_in_between_may_be_any_that_keeps_the_promise(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.IN_PROGRESS, cast)
    steps.ask(report, by=cast.liaison, text="Di mana?", now=now + 3 * HOUR)
    steps.complete(report, by=made.reporter, text="Di sini.", now=now + 4 * HOUR)
    steps.ask(report, by=cast.desk, text="Kapan?", now=now + 5 * HOUR)
    assert fresh(report).ask_count == 2


def test_a_question_is_no_answer(cast: Cast, now: datetime) -> None:
    report = make_report(now).report
    steps.ask(report, by=cast.desk, text="Di mana?", now=now + HOUR)
    assert clock(report, Promise.ANSWER).kept_at is None


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.DISPATCHED, cast)
    assert who_may(Act.ASK, report, cast, made, now + 9 * HOUR) == WHOLE_DESK | {"liaison"}


@pytest.mark.parametrize("state", [State.NEEDS_INFO, State.CLOSED, State.ARCHIVED])
def test_not_now(cast: Cast, now: datetime, state: State) -> None:
    report = bring(make_report(now), state, cast)
    with refused(WrongState, report):
        steps.ask(report, by=cast.desk, text="Di mana?", now=now + 9 * HOUR)


@pytest.mark.parametrize("text", ["", " \n", "x" * 10_001, "\x00"])
def test_a_question_has_words(cast: Cast, now: datetime, text: str) -> None:
    report = make_report(now).report
    with refused(Invalid, report, "/text"):
        steps.ask(report, by=cast.desk, text=text, now=now)
