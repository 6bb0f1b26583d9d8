"""Referring a report to a body outside: the desk keeps asking, and no clock is bent."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
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
from tuntas.reports.models import Referral
from tuntas.rules.life import Act, Promise, State

OUT: dict[str, Any] = {
    "body": "PLN UP3 Bogor",
    "contact": "Bagian pengaduan, 0812-3456-7890",
    "text": "PLN yang memperbaiki tiang ini. Kami menanyakannya untuk Anda.",
    "next_news_on": date(2026, 3, 13),
}
FROM = (State.SUBMITTED, State.DISPATCHED, State.IN_PROGRESS, State.REPORTER_REPLIED)


def test_the_desk_has_it_and_promises_a_day(cast: Cast, now: datetime) -> None:
    made = make_report(now, email="sari@mail.example")
    steps.forward_external(made.report, by=cast.desk, now=now + HOUR, external_id="G-77", **OUT)
    report, event = fresh(made.report), last(made.report)
    assert (report.state, report.face, report.holder_id, report.hop_count) == ("forwarded_external", "dirujuk", None, 1)
    assert (event.voice, event.agency_id) == ("desk", report.desk_id)
    assert {k: v for k, v in event.data.items() if k != "advised"} == {
        "body": "PLN UP3 Bogor",
        "external_id": "G-77",
        "next_news_on": "2026-03-13",
    }
    assert running(report) == {Promise.OUTSIDE_NEWS}
    assert clock(report, Promise.ANSWER).kept_at == clock(report, Promise.VERIFY).kept_at == now + HOUR
    assert report.due_at == clock(report, Promise.OUTSIDE_NEWS).due_at == on(date(2026, 3, 13), 16)
    assert told(report, now + HOUR) == {("news", "sari@mail.example")}
    referral = Referral.objects.get(report=report)
    assert (referral.body_name, referral.external_number, referral.missed_count) == ("PLN UP3 Bogor", "G-77", 0)
    assert referral.ended_at is None


def test_the_reporter_reads_all_but_the_contact_and_everybody_name_and_day_alone(cast: Cast, now: datetime) -> None:
    report = make_report(now).report
    steps.forward_external(report, by=cast.desk, now=now + HOUR, external_id="G-77", **OUT)
    report, publication = fresh(report), published(report)
    assert publication is not None
    own, public = report.thread["timeline"][-1], publication.thread["timeline"][-1]
    assert (own["body"], own["external_id"], own["next_news_on"]) == ("PLN UP3 Bogor", "G-77", "2026-03-13")
    assert own["text"] == report.thread["messages"][-1]["text"] == OUT["text"]
    assert (public["body"], public["next_news_on"]) == ("PLN UP3 Bogor", "2026-03-13")
    assert not {"text", "external_id"} & set(public)
    assert "0812" not in str(report.thread) + str(publication.thread)


@pytest.mark.parametrize("state", [s for s in State if s is not State.UNDER_EXAMINATION])
def test_from_where_the_desk_can_act(cast: Cast, now: datetime, state: State) -> None:
    report = bring(make_report(now), state, cast)
    if state in FROM:
        owed = {c.promise: c.due_at for c in report.deadlines.running() if c.promise == Promise.RESOLVE}
        do(Act.FORWARD_EXTERNAL, report, by=cast.desk, now=now + 9 * HOUR)
        report = fresh(report)
        assert report.state == "forwarded_external"
        assert {c.promise: c.due_at for c in report.deadlines.running()} == owed | {
            Promise.OUTSIDE_NEWS: clock(report, Promise.OUTSIDE_NEWS).due_at
        }
    else:
        with refused(WrongState, report):
            do(Act.FORWARD_EXTERNAL, report, by=cast.desk, now=now + 9 * HOUR)


def test_those_of_the_desk_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    assert who_may(Act.FORWARD_EXTERNAL, made.report, cast, made, now + HOUR) == DESK_ADMINS | {"assistant"}


@pytest.mark.parametrize(
    ("bad", "pointer"),
    [
        ({"body": " "}, "/body"),
        ({"body": "x" * 121}, "/body"),
        ({"contact": ""}, "/contact"),
        ({"contact": "x" * 201}, "/contact"),
        ({"external_id": "1" * 61}, "/external_id"),
        ({"text": ""}, "/text"),
        ({"next_news_on": date(2026, 3, 6)}, "/next_news_on"),
        ({"next_news_on": date(2026, 4, 6)}, "/next_news_on"),
    ],
)
def test_what_is_missing_or_too_far_is_refused(cast: Cast, now: datetime, bad: dict[str, Any], pointer: str) -> None:
    report = make_report(now).report
    with refused(Invalid, report, pointer):
        steps.forward_external(report, by=cast.desk, now=now + HOUR, **(OUT | bad))


@pytest.mark.parametrize("day", [date(2026, 3, 7), date(2026, 4, 5)])
def test_tomorrow_and_thirty_days_are_fine(cast: Cast, now: datetime, day: date) -> None:
    report = make_report(now).report
    steps.forward_external(report, by=cast.desk, now=now + HOUR, **(OUT | {"next_news_on": day}))
    assert Referral.objects.get(report=report).next_news_on == day


def test_a_withdrawn_report_is_no_longer_outside(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.FORWARDED_EXTERNAL, cast)
    steps.withdraw(report, by=made.reporter, text="Sudah menyala lagi.", now=now + DAY)
    assert Referral.objects.get(report=report).ended_at == now + DAY
    assert running(report) == {Promise.APPEAL_WINDOW}


def test_a_question_pauses_it_and_leaves_it_outside(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.FORWARDED_EXTERNAL, cast)
    due = clock(report, Promise.OUTSIDE_NEWS).due_at
    assert due is not None
    steps.ask(report, by=cast.desk, text="Nomor tiangnya berapa?", now=now + DAY)
    assert clock(report, Promise.OUTSIDE_NEWS).due_at is None
    assert Referral.objects.get(report=report).ended_at is None
    steps.complete(report, by=made.reporter, text="TB 12.", now=now + 2 * DAY)
    report = fresh(report)
    assert (report.state, Referral.objects.get(report=report).ended_at) == ("forwarded_external", None)
    assert clock(report, Promise.OUTSIDE_NEWS).due_at == due + DAY


def test_what_an_undone_ending_ended_runs_again(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.FORWARDED_EXTERNAL, cast)
    steps.ask(report, by=cast.desk, text="Nomor tiangnya berapa?", now=now + DAY)
    do(Act.ARCHIVE, report, by=cast.desk, now=now + 2 * DAY)
    assert Referral.objects.get(report=report).ended_at == now + 2 * DAY
    steps.recall(report, by=cast.desk, now=now + 2 * DAY + timedelta(seconds=5))
    assert Referral.objects.get(report=report).ended_at is None
    assert fresh(report).asked_from == "forwarded_external"


def test_sealed_later_nothing_says_where_it_was(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.FORWARDED_EXTERNAL, cast)
    steps.seal(report, by=cast.desk, text="Ternyata tentang pungutan.", now=now + DAY)
    assert not Referral.objects.filter(report=report).exists()
    assert "PLN" not in str(list(report.events.values())) + str(fresh(report).thread)
