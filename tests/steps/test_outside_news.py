"""News from a body outside: another day, back to us, or an answer."""

from datetime import date, datetime
from typing import Any

import pytest

from tests.cast import Cast
from tests.make import Made, bring, make_report
from tests.steps.seen import (
    DAY,
    DESK_ADMINS,
    HOUR,
    clock,
    do,
    fresh,
    last,
    on,
    published,
    refused,
    running,
    told,
    who_may,
)
from tuntas import steps
from tuntas.kit.errors import Invalid, WrongState
from tuntas.reports.models import Referral, Report
from tuntas.rules.life import Act, Promise, State

TEXT = "PLN menjawab: petugas datang besok pagi."
LATER = date(2026, 3, 20)


@pytest.fixture
def outside(cast: Cast, now: datetime) -> Made:
    """A report that is outside, with news promised for the thirteenth."""
    made = make_report(now, email="sari@mail.example")
    bring(made, State.FORWARDED_EXTERNAL, cast)
    return made


def referral(report: Report) -> Referral:
    return Referral.objects.get(report=report)


def test_with_another_day_it_stays_and_the_promise_was_kept(outside: Made, cast: Cast, now: datetime) -> None:
    report = outside.report
    steps.outside_news(report, by=cast.desk, text=TEXT, external_id="G-77", next_news_on=LATER, now=now + 2 * DAY)
    report = fresh(report)
    assert (report.state, report.due_at) == ("forwarded_external", on(LATER, 16))
    kept, owed = report.deadlines.filter(promise=Promise.OUTSIDE_NEWS).order_by("id")
    assert (kept.kept_at, kept.missed_at) == (now + 2 * DAY, None)
    assert (owed.kept_at, owed.due_at) == (None, on(LATER, 16))
    assert (referral(report).external_number, referral(report).next_news_on) == ("G-77", LATER)
    assert (referral(report).missed_count, referral(report).ended_at) == (0, None)
    line = report.thread["timeline"][-1]
    assert (line["body"], line["external_id"], line["next_news_on"]) == ("PLN UP3 Bogor", "G-77", "2026-03-20")
    assert told(report, now + 2 * DAY) == {("news", "sari@mail.example")}
    steps.outside_news(report, by=cast.desk, text=TEXT, next_news_on=date(2026, 3, 27), now=now + 3 * DAY)
    assert referral(report).external_number == "G-77", "an empty number takes none away"


def test_back_to_us_it_waits_at_the_desk_with_its_work_clock_running(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    resolve = clock(report, Promise.RESOLVE).due_at
    do(Act.FORWARD_EXTERNAL, report, by=cast.desk, now=now + 3 * HOUR)
    steps.outside_news(report, by=cast.desk, text=TEXT, to_us=True, now=now + 2 * DAY)
    report = fresh(report)
    assert (report.state, report.holder_id, report.hop_count) == ("submitted", None, 1)
    assert running(report) == {Promise.RESOLVE, Promise.VERIFY}
    assert clock(report, Promise.RESOLVE).due_at == resolve
    assert referral(report).ended_at == now + 2 * DAY
    steps.dispatch(report, by=cast.desk, agency="dlh", now=now + 3 * DAY)
    assert clock(report, Promise.RESOLVE).due_at == resolve


def test_answered_outside_the_reporter_rates_it_and_may_open_it_again(outside: Made, cast: Cast, now: datetime) -> None:
    report = outside.report
    steps.outside_news(report, by=cast.desk, text=TEXT, outcome="answered", now=now + 2 * DAY)
    report, publication = fresh(report), published(report)
    assert publication is not None
    assert (report.state, report.holder_id, report.close_outcome) == ("answered", report.desk_id, "answered")
    assert running(report) == {Promise.REPORTER_WINDOW}
    assert told(report, now + 2 * DAY) == {("answered", "sari@mail.example")}
    for thread in (report.thread, publication.thread):
        assert [(a["text"], a["outcome"]) for a in thread["answers"]] == [(TEXT, "answered")]
    steps.rate(report, by=outside.reporter, rating=3, now=now + 3 * DAY)
    assert (fresh(report).state, fresh(report).close_outcome) == ("closed", "answered")
    steps.reopen(report, by=outside.reporter, text="Masih padam.", now=now + 4 * DAY)
    report = fresh(report)
    assert (report.state, report.holder_id) == ("in_progress", report.desk_id)
    do(Act.FORWARD_EXTERNAL, report, by=cast.desk, now=now + 5 * DAY)
    assert Referral.objects.filter(report=report, ended_at=None).count() == 1
    assert Referral.objects.filter(report=report).count() == 2


@pytest.mark.parametrize("is_marked", [True, False])
def test_a_missed_day_is_counted_once(outside: Made, cast: Cast, now: datetime, is_marked: bool) -> None:
    report = outside.report
    if is_marked:
        assert steps.miss_next(now=now + 10 * DAY) == 1
        assert referral(report).missed_count == 1
        assert steps.miss_next(now=now + 11 * DAY) == 0
        assert fresh(report).state == "forwarded_external", "the job moves nothing"
    steps.outside_news(report, by=cast.desk, text=TEXT, next_news_on=LATER, now=now + 11 * DAY)
    assert referral(report).missed_count == 1
    assert steps.miss_next(now=now + 20 * DAY) == 1
    assert referral(report).missed_count == 2
    steps.outside_news(report, by=cast.desk, text=TEXT, to_us=True, now=now + 21 * DAY)
    assert referral(report).missed_count == 2


@pytest.mark.parametrize(
    ("bad", "pointer"),
    [
        ({}, "/next_news_on"),
        ({"to_us": True, "outcome": "answered"}, "/next_news_on"),
        ({"to_us": True, "next_news_on": LATER}, "/next_news_on"),
        ({"outcome": "fixed"}, "/outcome"),
        ({"to_us": True, "text": " "}, "/text"),
        ({"to_us": True, "external_id": "1" * 61}, "/external_id"),
        ({"next_news_on": date(2026, 3, 8)}, "/next_news_on"),
        ({"next_news_on": date(2026, 4, 8)}, "/next_news_on"),
    ],
)
def test_one_way_on_and_no_other(outside: Made, cast: Cast, now: datetime, bad: dict[str, Any], pointer: str) -> None:
    with refused(Invalid, outside.report, pointer):
        steps.outside_news(outside.report, by=cast.desk, now=now + 2 * DAY, **({"text": TEXT} | bad))


def test_those_of_the_desk_may(outside: Made, cast: Cast, now: datetime) -> None:
    allowed = who_may(Act.OUTSIDE_NEWS, outside.report, cast, outside, now + HOUR)
    assert allowed == DESK_ADMINS | {"assistant"}


@pytest.mark.parametrize("state", [s for s in State if s not in (State.UNDER_EXAMINATION, State.FORWARDED_EXTERNAL)])
def test_only_while_it_is_outside(cast: Cast, now: datetime, state: State) -> None:
    report = bring(make_report(now), state, cast)
    with refused(WrongState, report):
        do(Act.OUTSIDE_NEWS, report, by=cast.desk, now=now + 9 * HOUR)


def test_the_event_says_who_and_which_way(outside: Made, cast: Cast, now: datetime) -> None:
    steps.outside_news(outside.report, by=cast.desk, text=TEXT, to_us=True, now=now + 2 * DAY)
    event = last(outside.report)
    assert (event.act, event.voice, event.frm, event.to) == ("outside_news", "desk", "forwarded_external", "submitted")
    assert (event.data["to_us"], event.data["body"]) == (True, "PLN UP3 Bogor")
