"""Sending an answer back to its author."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import DESK_ADMINS, HOUR, clock, fresh, last, published, refused, running, told, who_may
from tuntas import steps
from tuntas.kit.errors import Invalid, WrongState
from tuntas.rules.life import Act, Promise, State


def test_the_work_goes_on_and_the_reporter_sees_none_of_it(cast: Cast, now: datetime) -> None:
    made = make_report(now, email="sari@mail.example")
    report = bring(made, State.AWAITING_VALIDATION, cast)
    resolve, thread = clock(report, Promise.RESOLVE).due_at, report.thread
    steps.return_answer(report, by=cast.validator, text="Fotonya gelap.", now=now + 4 * HOUR)
    report, event = fresh(report), last(report)
    assert (report.state, event.text) == ("in_progress", "Fotonya gelap.")
    assert clock(report, Promise.VALIDATE).kept_at == now + 4 * HOUR
    assert clock(report, Promise.RESOLVE).due_at == resolve
    assert running(report) == {Promise.RESOLVE}
    assert told(report, now + 4 * HOUR) == {("work", "rudi")}
    for part in ("timeline", "messages", "answers"):
        assert report.thread[part] == thread[part]
    publication = published(report)
    assert publication is not None
    assert "gelap" not in str(publication.thread)


def test_each_answer_is_checked_in_its_own_time(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.AWAITING_VALIDATION, cast)
    steps.return_answer(report, by=cast.validator, text="Kurang.", now=now + 4 * HOUR)
    steps.propose_answer(report, by=cast.liaison, text="Lengkap.", outcome="answered", now=now + 30 * HOUR)
    assert [c.started_at for c in report.deadlines.filter(promise=Promise.VALIDATE).order_by("id")] == [
        now + 3 * HOUR,
        now + 30 * HOUR,
    ]


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.AWAITING_VALIDATION, cast)
    assert who_may(Act.RETURN_ANSWER, report, cast, made, now + 9 * HOUR) == DESK_ADMINS | {"validator"}


@pytest.mark.parametrize("state", [State.IN_PROGRESS, State.ANSWERED])
def test_not_now(cast: Cast, now: datetime, state: State) -> None:
    report = bring(make_report(now), state, cast)
    with refused(WrongState, report):
        steps.return_answer(report, by=cast.validator, text="Kurang.", now=now + 9 * HOUR)


def test_it_says_what_is_missing(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.AWAITING_VALIDATION, cast)
    with refused(Invalid, report, "/text"):
        steps.return_answer(report, by=cast.validator, text="", now=now + 4 * HOUR)
