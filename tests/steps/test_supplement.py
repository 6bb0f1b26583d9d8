"""Adding words or photos while others work on the report."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report, make_restricted
from tests.steps.seen import HOUR, fresh, last, photo, published, refused, running, told, who_may
from tuntas import steps
from tuntas.kit.errors import Invalid, WrongState
from tuntas.kit.words import Language
from tuntas.reports.told import staff_view, track_view
from tuntas.rules.life import Act, State

LATER = {State.UNDER_EXAMINATION}
NOT_THERE = {State.NEEDS_INFO, State.ANSWERED, State.CLOSED, State.ARCHIVED}
DESK_NAMES = {("work", name) for name in ("dewi", "hendra", "yuni", "bagas")}


@pytest.mark.parametrize("state", sorted(set(State) - LATER - NOT_THERE))
def test_it_is_said_to_those_who_work_and_moves_nothing(cast: Cast, now: datetime, state: State) -> None:
    made = make_report(now, email="sari@mail.example")
    report = bring(made, state, cast)
    owed, due, before = running(report), report.due_at, published(report)
    file = photo(now + 9 * HOUR)
    steps.supplement(report, by=made.reporter, text="Makin dalam.", file_ids=[file], now=now + 9 * HOUR)
    report, after = fresh(report), published(report)
    assert (report.state, running(report), report.due_at) == (state, owed, due)
    assert (last(report).act, last(report).voice, last(report).text) == ("supplement", "reporter", "Makin dalam.")
    message = track_view(report, language=Language.ID, now=now)["messages"][-1]
    assert (message["from"], message["text"], message["files"]) == ("reporter", "Makin dalam.", [str(file)])
    assert "Makin dalam." in str(staff_view(report, cast.desk, language=Language.ID, now=now)["messages"])
    heard = told(report, now + 9 * HOUR)
    assert heard >= DESK_NAMES
    assert (("work", "rudi") in heard) == (report.holder_id is not None), "the holder hears of it"
    assert before is not None
    assert after is not None
    assert after.thread == before.thread, "everybody sees nothing of it"


def test_a_photo_alone_is_enough(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    file = photo(now)
    steps.supplement(made.report, by=made.reporter, text="  \u3164 ", file_ids=[file], now=now + HOUR)
    view = track_view(fresh(made.report), language=Language.ID, now=now)
    assert [(m["text"], m["files"]) for m in view["messages"]] == [("", [str(file)])]
    assert [line["act"] for line in view["timeline"]] == ["submit", "supplement"]
    assert str(file) in str(staff_view(fresh(made.report), cast.desk, language=Language.ID, now=now)["messages"])


@pytest.mark.parametrize("text", ["", " ", "\u3164"])
def test_nothing_at_all_is_not_enough(city: None, now: datetime, text: str) -> None:
    made = make_report(now)
    with refused(Invalid, made.report, "/text"):
        steps.supplement(made.report, by=made.reporter, text=text, now=now)


def test_words_too_long_and_photos_that_are_used_are_refused(city: None, now: datetime) -> None:
    made = make_report(now)
    file = photo(now)
    steps.supplement(made.report, by=made.reporter, file_ids=[file], now=now)
    with refused(Invalid, made.report, "/file_ids"):
        steps.supplement(made.report, by=made.reporter, text="Lagi.", file_ids=[file], now=now)
    with refused(Invalid, made.report, "/text"):
        steps.supplement(made.report, by=made.reporter, text="a" * 10_001, now=now)


@pytest.mark.parametrize("state", sorted(NOT_THERE))
def test_where_another_act_is_meant_it_is_refused(cast: Cast, now: datetime, state: State) -> None:
    made = make_report(now)
    report = bring(made, state, cast)
    with refused(WrongState, report):
        steps.supplement(report, by=made.reporter, text="Ini lagi.", now=now + 9 * HOUR)


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.IN_PROGRESS, cast)
    assert who_may(Act.SUPPLEMENT, report, cast, made, now + 9 * HOUR) == {"reporter"}


def test_of_a_restricted_report_only_those_hear_who_may_open_it(city: None, now: datetime) -> None:
    made = make_restricted(now)
    steps.supplement(made.report, by=made.reporter, text="Namanya ada di papan.", now=now + HOUR)
    assert {name for _, name in told(made.report, now + HOUR)} == {"bambang", "nurul", "hendra"}
