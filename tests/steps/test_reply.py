"""Answering the agency's answer."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import HOUR, clock, fresh, last, photo, published, refused, running, told, who_may
from tuntas import steps
from tuntas.kit.errors import Invalid, WrongState
from tuntas.rules.life import Act, Promise, State


def test_the_agency_owes_a_response_again(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.ANSWERED, cast)
    file = photo(now)
    steps.reply(report, by=made.reporter, text="Satu lubang masih ada.", file_ids=[file], now=now + 5 * HOUR)
    report, event = fresh(report), last(report)
    assert (report.state, report.face, event.voice) == ("reporter_replied", "dikerjakan", "reporter")
    assert clock(report, Promise.REPORTER_WINDOW).kept_at == now + 5 * HOUR
    assert (running(report), clock(report, Promise.RESPOND).started_at) == ({Promise.RESPOND}, now + 5 * HOUR)
    assert report.due_at == clock(report, Promise.RESPOND).due_at
    assert report.thread["messages"][-1]["files"] == [str(file)]
    assert told(report, now + 5 * HOUR) == {("work", "rudi")}
    publication = published(report)
    assert publication is not None
    assert "Satu lubang" not in str(publication.thread)
    assert str(file) not in str(publication.thread)


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.ANSWERED, cast)
    assert who_may(Act.REPLY, report, cast, made, now + 9 * HOUR) == {"reporter"}


@pytest.mark.parametrize("state", [State.IN_PROGRESS, State.REPORTER_REPLIED, State.CLOSED])
def test_not_now(cast: Cast, now: datetime, state: State) -> None:
    made = make_report(now)
    report = bring(made, state, cast)
    with refused(WrongState, report):
        steps.reply(report, by=made.reporter, text="Masih.", now=now + 9 * HOUR)


def test_it_has_words(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.ANSWERED, cast)
    with refused(Invalid, report, "/text"):
        steps.reply(report, by=made.reporter, text="\t", now=now + 5 * HOUR)
