"""Bringing a report to a higher desk's attention."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import DESK_ADMINS, HOUR, fresh, last, published, refused, running, told, who_may
from tuntas import steps
from tuntas.kit.errors import Invalid, WrongState
from tuntas.rules.life import OPEN, Act, State
from tuntas.rules.who import Role


@pytest.mark.parametrize("state", sorted(OPEN - {State.UNDER_EXAMINATION}))
def test_it_never_changes_where_a_report_stands(cast: Cast, now: datetime, state: State) -> None:
    made = make_report(now, email="sari@mail.example")
    report = bring(made, state, cast)
    owed, due, thread, holder = running(report), report.due_at, report.thread, report.holder_id
    steps.escalate(report, by=cast.desk, level=2, text="Wali kota minta kabar.", now=now + 9 * HOUR)
    report = fresh(report)
    assert (report.state, running(report), report.due_at, report.holder_id) == (state, owed, due, holder)
    assert (report.escalation_level, last(report).data) == (2, {"level": 2})
    assert report.thread == thread, "the reporter sees none of it"
    publication = published(report)
    assert publication is not None
    assert "Wali kota" not in str(publication.thread)
    assert "sari@mail.example" not in {name for _, name in told(report, now + 9 * HOUR)}


def test_holder_and_desk_are_told_but_not_who_did_it(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    steps.escalate(report, by=cast.desk, level=1, text="Lambat.", now=now + 9 * HOUR)
    assert told(report, now + 9 * HOUR) == {("work", name) for name in ("rudi", "hendra", "yuni", "bagas")}


def test_it_only_rises(cast: Cast, now: datetime) -> None:
    report = make_report(now).report
    leader = cast.actor(Role.LEADER)
    for level in (1, 3, 4):
        steps.escalate(report, by=leader, level=level, text="Naik.", now=now + HOUR)
    for level in (4, 3, 0, -1):
        with refused(Invalid, report, "/level"):
            steps.escalate(report, by=leader, level=level, text="Naik.", now=now + 2 * HOUR)
    assert fresh(report).escalation_level == 4


def test_four_is_the_highest(cast: Cast, now: datetime) -> None:
    report = make_report(now).report
    with refused(Invalid, report, "/level"):
        steps.escalate(report, by=cast.desk, level=5, text="Naik.", now=now + HOUR)


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.IN_PROGRESS, cast)
    assert who_may(Act.ESCALATE, report, cast, made, now + 9 * HOUR) == DESK_ADMINS | {"leader", "system"}


@pytest.mark.parametrize("state", [State.CLOSED, State.ARCHIVED])
def test_not_once_it_has_ended(cast: Cast, now: datetime, state: State) -> None:
    report = bring(make_report(now), state, cast)
    with refused(WrongState, report):
        steps.escalate(report, by=cast.desk, level=1, text="Naik.", now=now + 9 * HOUR)


def test_one_says_why(cast: Cast, now: datetime) -> None:
    report = make_report(now).report
    with refused(Invalid, report, "/text"):
        steps.escalate(report, by=cast.desk, level=1, text="", now=now + HOUR)
