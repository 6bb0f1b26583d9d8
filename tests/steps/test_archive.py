"""Ending a report that is not handled."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report, make_restricted
from tests.steps.seen import DAY, HOUR, WHOLE_DESK, clock, fresh, last, published, refused, running, told, who_may
from tuntas import steps
from tuntas.kit.errors import Invalid, WrongState
from tuntas.rules.life import OPEN, Act, Promise, State
from tuntas.rules.reasons import ArchiveReason
from tuntas.rules.who import SYSTEM

BY_PEOPLE = sorted(set(ArchiveReason) - {"by_reporter", "info_not_completed", "expired"})


@pytest.mark.parametrize("reason", BY_PEOPLE)
def test_it_has_one_reason_and_a_sentence_for_the_reporter(cast: Cast, now: datetime, reason: str) -> None:
    made = make_report(now, email="sari@mail.example")
    steps.archive(made.report, by=cast.desk, reason_code=reason, text="Ini urusan pribadi.", now=now + HOUR)
    report, event = fresh(made.report), last(made.report)
    assert (report.state, report.reason_code, report.face) == ("archived", reason, "ditolak")
    assert (event.voice, event.data["reason_code"], event.text) == ("desk", reason, "Ini urusan pribadi.")
    assert running(report) == {Promise.APPEAL_WINDOW}
    assert [clock(report, p).kept_at for p in (Promise.ANSWER, Promise.VERIFY)] == [now + HOUR] * 2
    assert report.due_at is None
    assert report.thread["messages"][-1]["text"] == "Ini urusan pribadi."
    assert told(report, now + HOUR) == {("not_handled", "sari@mail.example")}
    publication = published(report)
    assert publication is not None
    assert (publication.face, publication.reason_code, publication.title) == ("ditolak", reason, None)


def test_it_ends_one_that_was_asked_about(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.NEEDS_INFO, cast)
    steps.archive(report, by=cast.desk, reason_code="spam", text="Iseng.", now=now + 2 * HOUR)
    report = fresh(report)
    assert (report.state, report.asked_from, running(report)) == ("archived", "", {Promise.APPEAL_WINDOW})
    assert clock(report, Promise.ANSWER).kept_at == now + 2 * HOUR, "a person's sentence is an answer"


def test_the_system_keeps_no_promise_by_ending_it(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.NEEDS_INFO, cast)
    steps.archive(report, by=SYSTEM, reason_code="info_not_completed", text="Waktu habis.", now=now + 30 * DAY)
    answer = clock(report, Promise.ANSWER)
    assert (answer.kept_at, answer.ended_at, last(report).voice) == (None, now + 30 * DAY, "system")


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    assert who_may(Act.ARCHIVE, made.report, cast, made, now + HOUR) == WHOLE_DESK | {"system"}


@pytest.mark.parametrize(
    "state",
    sorted(set(State) - {State.SUBMITTED, State.NEEDS_INFO, State.UNDER_EXAMINATION}),
)
def test_not_once_it_was_sent_on(cast: Cast, now: datetime, state: State) -> None:
    report = bring(make_report(now), state, cast)
    with refused(WrongState, report):
        steps.archive(report, by=cast.desk, reason_code="spam", text="Iseng.", now=now + 9 * HOUR)


@pytest.mark.parametrize("reason", ["by_reporter", "info_not_completed", "expired"])
def test_some_reasons_are_not_the_desks_to_give(cast: Cast, now: datetime, reason: str) -> None:
    report = make_report(now).report
    with refused(Invalid, report, "/reason_code"):
        steps.archive(report, by=cast.desk, reason_code=reason, text="Begitu.", now=now + HOUR)


@pytest.mark.parametrize("text", ["", " \u200b ", "x" * 10_001])
def test_never_without_a_sentence(cast: Cast, now: datetime, text: str) -> None:
    report = make_report(now).report
    with refused(Invalid, report, "/text"):
        steps.archive(report, by=cast.desk, reason_code="spam", text=text, now=now + HOUR)


def test_a_restricted_one_is_ended_by_those_who_may_open_it(cast: Cast, now: datetime) -> None:
    made = make_restricted(now)
    assert who_may(Act.ARCHIVE, made.report, cast, made, now + HOUR) == {
        "inspector",
        "appointed_inspector",
        "appointed_admin",
        "system",
    }


def test_nothing_open_is_left_behind() -> None:
    assert State.ARCHIVED not in OPEN
