"""Objecting to a report not being handled."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import DAY, HOUR, INSTANT, clock, fresh, last, published, refused, running, told, who_may
from tuntas import steps
from tuntas.kit.errors import Invalid, WrongState
from tuntas.rules.life import Act, Promise, State


def test_the_desk_must_look_again(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.ARCHIVED, cast)
    steps.appeal(report, by=made.reporter, text="Tempatnya jelas: pasar.", now=now + DAY)
    report, event = fresh(report), last(report)
    assert (report.state, report.reason_code, event.voice, event.frm) == ("submitted", "", "reporter", "archived")
    assert running(report) == {Promise.VERIFY}
    assert clock(report, Promise.APPEAL_WINDOW).kept_at == now + DAY
    assert clock(report, Promise.VERIFY).started_at == now + DAY
    assert {name for template, name in told(report, now + DAY)} == {"dewi", "hendra", "yuni", "bagas"}
    publication = published(report)
    assert publication is not None
    assert (publication.face, publication.reason_code) == ("diterima", "")
    assert "pasar" not in str(publication.thread)


def test_it_is_heard_until_the_window_ends_and_not_after(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.ARCHIVED, cast)
    end = clock(report, Promise.APPEAL_WINDOW).due_at
    assert end is not None
    with refused(WrongState, report):
        steps.appeal(report, by=made.reporter, text="Terlambat.", now=end + INSTANT)
    steps.appeal(report, by=made.reporter, text="Masih sempat.", now=end)
    assert fresh(report).state == "submitted"


def test_nor_once_the_window_was_marked_as_over(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.ARCHIVED, cast)
    end = clock(report, Promise.APPEAL_WINDOW).due_at
    assert end is not None
    assert steps.miss_next(now=end + INSTANT) >= 1
    with refused(WrongState, fresh(report)):
        steps.appeal(report, by=made.reporter, text="Jam saya mundur.", now=end - HOUR)


def test_a_second_refusal_can_be_objected_to_in_its_own_time(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.ARCHIVED, cast)
    steps.appeal(report, by=made.reporter, text="Keberatan.", now=now + DAY)
    steps.archive(report, by=cast.desk, reason_code="private_matter", text="Tetap.", now=now + 60 * DAY)
    steps.appeal(report, by=made.reporter, text="Keberatan lagi.", now=now + 61 * DAY)
    assert fresh(report).state == "submitted"


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.ARCHIVED, cast)
    assert who_may(Act.APPEAL, report, cast, made, now + 9 * HOUR) == {"reporter"}


@pytest.mark.parametrize("state", [State.SUBMITTED, State.CLOSED])
def test_not_now(cast: Cast, now: datetime, state: State) -> None:
    made = make_report(now)
    report = bring(made, state, cast)
    with refused(WrongState, report):
        steps.appeal(report, by=made.reporter, text="Keberatan.", now=now + 9 * HOUR)


def test_an_objection_has_words(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.ARCHIVED, cast)
    with refused(Invalid, report, "/text"):
        steps.appeal(report, by=made.reporter, text="", now=now + DAY)
