"""The desk's or holder's own word to the reporter."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import HOUR, WHOLE_DESK, clock, fresh, last, photo, published, refused, told, who_may
from tuntas import steps
from tuntas.kit.errors import Invalid, WrongState
from tuntas.rules.life import OPEN, Act, Promise, State


def test_it_keeps_the_answer_and_changes_no_state(cast: Cast, now: datetime) -> None:
    made = make_report(now, email="sari@mail.example")
    file = photo(now)
    steps.inform(made.report, by=cast.desk, text="PUPR yang pegang.", file_ids=[file], now=now + HOUR)
    report, event = fresh(made.report), last(made.report)
    assert (report.state, event.frm, event.to, event.voice) == ("submitted", "submitted", "submitted", "desk")
    assert clock(report, Promise.ANSWER).kept_at == now + HOUR
    assert clock(report, Promise.VERIFY).kept_at is None
    assert report.due_at == clock(report, Promise.VERIFY).due_at
    assert report.thread["messages"] == [
        {"after": 3600.0, "from": "desk", "text": "PUPR yang pegang.", "files": [str(file)]}
    ]
    assert told(report, now + HOUR) == {("news", "sari@mail.example")}
    publication = published(report)
    assert publication is not None
    assert "PUPR yang pegang" not in str(publication.thread), "a word to the reporter is not for everybody"


@pytest.mark.parametrize("state", sorted(OPEN - {State.UNDER_EXAMINATION}))
def test_it_can_be_said_in_every_open_state(cast: Cast, now: datetime, state: State) -> None:
    report = bring(make_report(now), state, cast)
    steps.inform(report, by=cast.desk, text="Masih kami kawal.", now=now + 9 * HOUR)
    assert fresh(report).state == state


def test_the_liaison_speaks_for_the_agency(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.DISPATCHED, cast)
    steps.inform(report, by=cast.liaison, text="Kami terima.", now=now + 2 * HOUR)
    assert (last(report).voice, fresh(report).thread["timeline"][-1]["by"]) == ("agency", "dinas-pupr")
    assert clock(report, Promise.ANSWER).kept_at == now + 2 * HOUR


def test_the_first_word_keeps_it_and_the_second_changes_nothing(cast: Cast, now: datetime) -> None:
    report = make_report(now).report
    for hour in (1, 2):
        steps.inform(report, by=cast.desk, text="Kabar.", now=now + hour * HOUR)
    assert clock(report, Promise.ANSWER).kept_at == now + HOUR


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.DISPATCHED, cast)
    assert who_may(Act.INFORM, report, cast, made, now + 9 * HOUR) == WHOLE_DESK | {"liaison"}


@pytest.mark.parametrize("state", [State.CLOSED, State.ARCHIVED])
def test_not_once_it_has_ended(cast: Cast, now: datetime, state: State) -> None:
    report = bring(make_report(now), state, cast)
    with refused(WrongState, report):
        steps.inform(report, by=cast.desk, text="Kabar.", now=now + 9 * HOUR)


def test_silence_is_no_answer(cast: Cast, now: datetime) -> None:
    report = make_report(now).report
    with refused(Invalid, report, "/text"):
        steps.inform(report, by=cast.desk, text="  ", now=now + HOUR)
