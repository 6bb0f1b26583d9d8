"""Whoever first answers after the promise was missed says why, and the reporter sees it."""

from datetime import datetime
from typing import Any

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import HOUR, INSTANT, clock, do, fresh, published, refused
from tuntas import steps
from tuntas.kit.errors import Invalid
from tuntas.reports.models import Report
from tuntas.reports.told import promises_of
from tuntas.rules.life import Act, Promise, State
from tuntas.rules.reasons import LateCause
from tuntas.rules.who import SYSTEM, Actor

LATE = 49 * HOUR


def put(act: Act, cast: Cast, now: datetime) -> tuple[Report, Actor]:
    """Return a report whose answer is not kept, where *act* can be done, and who does it."""
    match act:
        case Act.START:
            return bring(make_report(now), State.DISPATCHED, cast), cast.liaison
        case Act.PROPOSE_ANSWER:
            report = bring(make_report(now), State.IN_PROGRESS, cast)
            report.deadlines.filter(promise=Promise.ANSWER).update(kept_at=None)  # no plain way leads here unanswered
            return report, cast.liaison
    return make_report(now).report, cast.desk


@pytest.mark.parametrize("act", [Act.INFORM, Act.START, Act.ARCHIVE, Act.PROPOSE_ANSWER, Act.FORWARD_EXTERNAL])
@pytest.mark.parametrize("is_marked", [True, False])
def test_the_first_act_after_a_missed_answer_needs_it(cast: Cast, now: datetime, act: Act, is_marked: bool) -> None:
    report, by = put(act, cast, now)
    if is_marked:
        steps.miss_next(now=now + LATE)
    with refused(Invalid, report, "/late_cause"):
        do(act, report, by=by, now=now + LATE)
    do(act, report, by=by, now=now + LATE, late_cause="staff")
    assert clock(report, Promise.ANSWER).cause == "staff"
    steps.set_privacy(report, by=Actor(report_id=report.pk), now=now + LATE)  # an act that asks no cause


def test_the_second_act_does_not(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.DISPATCHED, cast)
    do(Act.INFORM, report, by=cast.desk, now=now + LATE, late_cause="volume")
    do(Act.START, report, by=cast.liaison, now=now + LATE + HOUR)
    do(Act.PROPOSE_ANSWER, report, by=cast.liaison, now=now + LATE + 2 * HOUR)
    assert clock(report, Promise.ANSWER).cause == "volume", "the first cause stays"


@pytest.mark.parametrize("hours", [0 * HOUR, 47 * HOUR, 48 * HOUR])
def test_nobody_explains_what_was_kept_in_time(cast: Cast, now: datetime, hours: Any) -> None:
    report = make_report(now).report
    do(Act.INFORM, report, by=cast.desk, now=now + hours, late_cause="volume")
    answer = clock(report, Promise.ANSWER)
    assert (answer.kept_at, answer.missed_at, answer.cause) == (now + hours, None, "")


def test_an_instant_later_somebody_does(cast: Cast, now: datetime) -> None:
    report = make_report(now).report
    with refused(Invalid, report, "/late_cause"):
        do(Act.INFORM, report, by=cast.desk, now=now + 48 * HOUR + INSTANT)


@pytest.mark.parametrize(
    ("act", "state"),
    [
        (Act.DISPATCH, State.SUBMITTED),
        (Act.NOTE, State.SUBMITTED),
        (Act.ESCALATE, State.SUBMITTED),
        (Act.ASK, State.SUBMITTED),
        (Act.TRANSFER, State.DISPATCHED),
    ],
)
def test_acts_that_answer_nothing_need_none(cast: Cast, now: datetime, act: Act, state: State) -> None:
    report = bring(make_report(now), state, cast)
    do(act, report, by=cast.desk, now=now + LATE)
    assert clock(report, Promise.ANSWER).cause == ""


def test_while_the_clock_is_paused_nothing_is_late(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.NEEDS_INFO, cast)
    do(Act.INFORM, report, by=cast.desk, now=now + 500 * HOUR)
    assert clock(report, Promise.ANSWER).missed_at is None


def test_the_system_gives_no_causes(cast: Cast, now: datetime) -> None:
    report = make_report(now).report
    steps.ask(report, by=cast.desk, text="Di mana?", now=now + LATE)
    steps.archive(report, by=SYSTEM, reason_code="info_not_completed", text="Waktu habis.", now=now + 2 * LATE)
    assert clock(report, Promise.ANSWER).cause == ""


@pytest.mark.parametrize("cause", LateCause)
def test_the_reporter_and_everybody_see_it(cast: Cast, now: datetime, cause: str) -> None:
    report = make_report(now).report
    do(Act.INFORM, report, by=cast.desk, now=now + LATE, late_cause=cause)
    told = next(p for p in promises_of(fresh(report), now + LATE) if p["promise"] == "answer")
    assert (told["state"], told["cause"], told["kept_at"]) == ("missed", cause, now + LATE)
    publication = published(report)
    assert publication is not None
    kept = {"due": 48 * 3600.0, "kept": 49 * 3600.0, "missed": True, "cause": cause, "length": [48, "hours"]}
    assert {"promise": "answer", **kept} in publication.thread["promises"]
