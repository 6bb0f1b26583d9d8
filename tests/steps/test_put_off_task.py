"""Naming a date from the street: wherever the work stands, with one telling of the reporter."""

from datetime import date, datetime, timedelta

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import HOUR, clock, fresh, last, refused, running, told
from tuntas import steps
from tuntas.kit.errors import Invalid, NotAllowed
from tuntas.rules.life import Act, Promise, State

DAY = date(2026, 6, 10)
WORDS = "Menunggu aspal datang."


@pytest.mark.parametrize(
    ("state", "acts", "texts"),
    [
        (State.DISPATCHED, [Act.START, Act.SCHEDULE], [WORDS, ""]),
        (State.REPORTER_REPLIED, [Act.START, Act.SCHEDULE], [WORDS, ""]),
        (State.IN_PROGRESS, [Act.SCHEDULE], [WORDS]),
        (State.SCHEDULED, [Act.RESUME, Act.SCHEDULE], ["", WORDS]),
    ],
)
def test_the_words_stand_once(cast: Cast, now: datetime, state: State, acts: list[Act], texts: list[str]) -> None:
    report = bring(make_report(now), state, cast)
    since = last(report).pk
    steps.put_off_task(report, by=cast.liaison, on=DAY, text=WORDS, now=now + 8 * HOUR)
    done = list(report.events.filter(pk__gt=since).order_by("id"))
    assert [(event.act, event.text) for event in done] == list(zip(acts, texts, strict=True))
    assert fresh(report).state == State.SCHEDULED
    assert Promise.SCHEDULED in running(report)


def test_a_date_is_an_answer_and_told_once(cast: Cast, now: datetime) -> None:
    report, later = bring(make_report(now, email="sari@mail.example"), State.DISPATCHED, cast), now + 3 * HOUR
    steps.put_off_task(report, by=cast.liaison, on=DAY, text=WORDS, now=later)
    assert clock(report, Promise.ANSWER).kept_at == later
    assert sorted(told(report, later)) == [("news", "sari@mail.example")]
    report.refresh_from_db()
    assert [line["text"] for line in report.thread["timeline"] if line.get("text")] == [WORDS]


def test_what_is_refused_leaves_nothing(cast: Cast, now: datetime) -> None:
    report, later = bring(make_report(now), State.DISPATCHED, cast), now + 3 * HOUR
    with refused(Invalid, report, "/on"):
        steps.put_off_task(report, by=cast.liaison, on=now.date() - timedelta(days=1), text=WORDS, now=later)
    with refused(Invalid, report, "/text"):
        steps.put_off_task(report, by=cast.liaison, on=DAY, text=" ", now=later)
    with refused(NotAllowed, report):
        steps.put_off_task(report, by=cast.handler, on=DAY, text=WORDS, now=later)


def test_a_missed_promise_asks_for_its_cause(cast: Cast, now: datetime) -> None:
    report, later = bring(make_report(now), State.DISPATCHED, cast), now + 60 * HOUR
    with refused(Invalid, report, "/late_cause"):
        steps.put_off_task(report, by=cast.liaison, on=DAY, text=WORDS, now=later)
    steps.put_off_task(report, by=cast.liaison, on=DAY, text=WORDS, late_cause="budget", now=later)
    assert clock(report, Promise.ANSWER).cause == "budget"
