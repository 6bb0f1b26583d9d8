"""Going on with work that waited for its date."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import DAY, HOUR, clock, fresh, last, published, refused, running, told, who_may
from tuntas import steps
from tuntas.kit.errors import Invalid, WrongState
from tuntas.rules.life import Act, Promise, State


@pytest.mark.parametrize("text", ["", "Aspal sudah datang."])
def test_the_date_is_kept_and_the_work_goes_on(cast: Cast, now: datetime, text: str) -> None:
    made = make_report(now, email="sari@mail.example")
    report = bring(made, State.SCHEDULED, cast)
    steps.resume(report, by=cast.handler, text=text, now=now + 4 * HOUR)
    report = fresh(report)
    assert (report.state, running(report), last(report).voice) == ("in_progress", {Promise.RESOLVE}, "agency")
    assert clock(report, Promise.SCHEDULED).kept_at == now + 4 * HOUR
    assert told(report, now + 4 * HOUR) == {("news", "sari@mail.example")}
    publication = published(report)
    assert publication is not None
    assert publication.thread["timeline"][-1].get("text", "") == text
    assert (report.thread["messages"][-1]["text"] == text) == bool(text)


def test_a_date_that_went_by_was_missed(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.SCHEDULED, cast)  # for the first of April
    steps.resume(report, by=cast.liaison, now=now + 60 * DAY)
    dated = clock(report, Promise.SCHEDULED)
    assert (dated.missed_at, dated.kept_at) == (dated.due_at, now + 60 * DAY)


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.SCHEDULED, cast)
    assert who_may(Act.RESUME, report, cast, made, now + 9 * HOUR) == {"liaison", "handler"}


def test_not_now(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    with refused(WrongState, report):
        steps.resume(report, by=cast.liaison, now=now + 9 * HOUR)


def test_no_half_characters(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.SCHEDULED, cast)
    with refused(Invalid, report, "/text"):
        steps.resume(report, by=cast.liaison, text="\ud83d", now=now + 9 * HOUR)
