"""Beginning the work."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report, make_restricted
from tests.steps.seen import HOUR, clock, fresh, last, published, refused, told, who_may
from tuntas import steps
from tuntas.kit.errors import Invalid, WrongState
from tuntas.rules.life import Act, Promise, State


def test_the_reporter_is_told_what_comes_next_and_two_promises_are_kept(cast: Cast, now: datetime) -> None:
    made = make_report(now, email="sari@mail.example")
    report = bring(made, State.DISPATCHED, cast)
    steps.start(report, by=cast.handler, text="Besok kami ukur, hubungi 0812-3456-7890.", now=now + 2 * HOUR)
    report, event = fresh(report), last(report)
    assert (report.state, report.face, event.voice) == ("in_progress", "dikerjakan", "agency")
    assert [clock(report, p).kept_at for p in (Promise.ANSWER, Promise.RESPOND)] == [now + 2 * HOUR] * 2
    assert clock(report, Promise.RESOLVE).kept_at is None
    assert report.due_at == clock(report, Promise.RESOLVE).due_at
    assert report.thread["messages"][-1]["text"] == "Besok kami ukur, hubungi 0812-3456-7890."
    assert told(report, now + 2 * HOUR) == {("news", "sari@mail.example")}
    publication = published(report)
    assert publication is not None
    line = publication.thread["timeline"][-1]
    assert (line["by"], line["text"]) == ("dinas-pupr", "Besok kami ukur, hubungi ▇▇▇.")


def test_a_reply_is_taken_up(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.REPORTER_REPLIED, cast)
    steps.start(report, by=cast.liaison, text="Kami lihat lagi.", now=now + 6 * HOUR)
    assert fresh(report).state == "in_progress"
    assert clock(report, Promise.RESPOND).kept_at == now + 6 * HOUR


def test_a_restricted_report_goes_under_examination(cast: Cast, now: datetime) -> None:
    report = make_restricted(now).report
    steps.dispatch(report, by=cast.appointed_admin, agency="inspektorat", now=now + HOUR)
    steps.start(report, by=cast.inspector, text="Kami periksa.", now=now + 2 * HOUR)
    assert (fresh(report).state, fresh(report).face) == ("under_examination", "dikerjakan")


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.DISPATCHED, cast)
    assert who_may(Act.START, report, cast, made, now + 9 * HOUR) == {"liaison", "handler"}


@pytest.mark.parametrize("state", [State.SCHEDULED, State.IN_PROGRESS, State.TRANSFER_PENDING, State.ANSWERED])
def test_not_now(cast: Cast, now: datetime, state: State) -> None:
    report = bring(make_report(now), state, cast)
    with refused(WrongState, report):
        steps.start(report, by=cast.liaison, text="Mulai.", now=now + 9 * HOUR)


def test_not_in_silence(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.DISPATCHED, cast)
    with refused(Invalid, report, "/text"):
        steps.start(report, by=cast.liaison, text="\n", now=now + 2 * HOUR)
