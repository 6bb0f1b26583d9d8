"""Giving what was asked for."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import HOUR, clock, fresh, last, photo, published, refused, running, told, who_may
from tuntas import steps
from tuntas.kit.errors import Invalid, WrongState
from tuntas.rules.life import Act, Promise, State


def test_the_report_goes_back_and_the_clocks_run_on(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.NEEDS_INFO, cast)  # asked after an hour
    file = photo(now + 29 * HOUR)
    steps.complete(report, by=made.reporter, text="Di depan pasar.", file_ids=[file], now=now + 30 * HOUR)
    report, event = fresh(report), last(report)
    assert (report.state, report.asked_from, event.voice) == ("submitted", "", "reporter")
    assert clock(report, Promise.ANSWER).due_at == now + 30 * HOUR + 47 * HOUR, "what was left runs from now"
    assert clock(report, Promise.NEEDS_INFO_WINDOW).kept_at == now + 30 * HOUR
    assert running(report) == {Promise.ANSWER, Promise.VERIFY}
    assert report.due_at == min(c.due_at for c in report.deadlines.running() if c.due_at)
    assert report.thread["messages"][-1] == {
        "after": 30 * 3600.0,
        "from": "reporter",
        "text": "Di depan pasar.",
        "files": [str(file)],
    }
    assert told(report, now + 30 * HOUR) == {("work", name) for name in ("dewi", "hendra", "yuni", "bagas")}, (
        "the desk hears of it"
    )
    publication = published(report)
    assert publication is not None
    assert "Di depan pasar" not in str(publication.thread)


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.NEEDS_INFO, cast)
    assert who_may(Act.COMPLETE, report, cast, made, now + 9 * HOUR) == {"reporter"}


@pytest.mark.parametrize("state", [State.SUBMITTED, State.ANSWERED, State.ARCHIVED])
def test_not_unasked(cast: Cast, now: datetime, state: State) -> None:
    made = make_report(now)
    report = bring(made, state, cast)
    with refused(WrongState, report):
        steps.complete(report, by=made.reporter, text="Di sini.", now=now + 9 * HOUR)


def test_it_has_words_and_its_own_photos(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.NEEDS_INFO, cast)
    with refused(Invalid, report, "/text"):
        steps.complete(report, by=made.reporter, text=" ", now=now)
    used = photo(now)
    steps.note(report, by=cast.desk, text="Lihat.", file_ids=[used], now=now)
    with refused(Invalid, report, "/file_ids"):
        steps.complete(report, by=made.reporter, text="Di sini.", file_ids=[used], now=now)
