"""Answering from the street: begun in silence where nobody had begun, so that one press is enough."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import HOUR, clock, fresh, last, photo, refused, running, told
from tuntas import steps
from tuntas.kit.errors import Invalid, NotAllowed, WrongState
from tuntas.rules.life import Act, Promise, State


@pytest.mark.parametrize(
    ("state", "before"),
    [
        (State.DISPATCHED, [Act.START]),
        (State.SCHEDULED, [Act.RESUME]),
        (State.IN_PROGRESS, []),
        (State.REPORTER_REPLIED, []),
    ],
)
def test_it_is_answered_wherever_the_work_stands(cast: Cast, now: datetime, state: State, before: list[Act]) -> None:
    report, later = bring(make_report(now), state, cast), now + 8 * HOUR
    since = last(report).pk
    steps.finish_task(report, by=cast.handler, text="Sudah ditambal.", outcome="answered", now=later)
    done = list(report.events.filter(pk__gt=since).order_by("id"))
    assert [event.act for event in done] == [*before, Act.PROPOSE_ANSWER]
    assert [event.text for event in done] == [*("" for _ in before), "Sudah ditambal."]
    assert fresh(report).state == State.AWAITING_VALIDATION


def test_nobody_is_told_of_a_silent_beginning_and_it_keeps_no_promise(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now, email="sari@mail.example"), State.DISPATCHED, cast)
    steps.finish_task(report, by=cast.handler, text="Sudah ditambal.", outcome="answered", now=now + 3 * HOUR)
    assert {Promise.ANSWER, Promise.RESPOND} <= running(report)
    assert {who for _, who in told(report, now + 3 * HOUR)} == {"ratna"}
    steps.approve(report, by=cast.validator, now=now + 4 * HOUR)
    assert clock(report, Promise.ANSWER).kept_at == now + 4 * HOUR


def test_what_is_refused_leaves_the_beginning_undone_too(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now, category="road_bridge"), State.DISPATCHED, cast)
    with refused(Invalid, report, "/file_ids"):
        steps.finish_task(report, by=cast.handler, text="Beres.", outcome="fixed", now=now + 3 * HOUR)
    with refused(NotAllowed, report):
        steps.finish_task(report, by=cast.other_liaison, text="Beres.", outcome="answered", now=now + 3 * HOUR)
    ids = [photo(now + 3 * HOUR)]
    steps.finish_task(report, by=cast.handler, text="Beres.", outcome="fixed", file_ids=ids, now=now + 3 * HOUR)


def test_not_where_nothing_is_to_be_done(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.AWAITING_VALIDATION, cast)
    with refused(WrongState, report):
        steps.finish_task(report, by=cast.liaison, text="Beres.", outcome="answered", now=now + 9 * HOUR)


def test_when_it_was_written_is_kept_and_no_clock_heeds_it(cast: Cast, now: datetime) -> None:
    report, sent = bring(make_report(now), State.IN_PROGRESS, cast), now + 9 * HOUR
    written = sent - 2 * HOUR
    steps.finish_task(report, by=cast.handler, text="Beres.", outcome="answered", captured_at=written, now=sent)
    event = last(report)
    assert (event.at, event.data["captured_at"]) == (sent, written.isoformat())
    assert clock(report, Promise.VALIDATE).started_at == sent
