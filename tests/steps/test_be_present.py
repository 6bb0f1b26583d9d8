"""Two people on one report see each other."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import HOUR
from tuntas import steps
from tuntas.kit.errors import NotFound
from tuntas.reports.desk_queries import others_present
from tuntas.reports.models import Presence, Report
from tuntas.rules.life import State
from tuntas.rules.who import STRANGER, Actor, Role

SECOND = timedelta(seconds=1)


@pytest.fixture
def report(cast: Cast, now: datetime) -> Report:
    return bring(make_report(now), State.IN_PROGRESS, cast)


def others(report: Report, by: Actor, at: datetime) -> list[tuple[str, datetime]]:
    return others_present(report, by.person_id or 0, at)


def test_each_sees_the_other_and_since_when(cast: Cast, report: Report, now: datetime) -> None:
    desk, liaison = cast.person(Role.AGENCY_ADMIN).name, cast.person(Role.LIAISON, "dinas-pupr").name
    for second in (0, 20, 40):
        steps.be_present(report, by=cast.desk, now=now + second * SECOND)
    steps.be_present(report, by=cast.liaison, now=now + 30 * SECOND)
    assert others(report, cast.liaison, now + 41 * SECOND) == [(desk, now)]
    assert others(report, cast.desk, now + 41 * SECOND) == [(liaison, now + 30 * SECOND)]
    assert others(make_report(now).report, cast.desk, now + 41 * SECOND) == [], "nobody is on another report"


def test_who_gave_no_sign_for_a_minute_is_gone(cast: Cast, report: Report, now: datetime) -> None:
    steps.be_present(report, by=cast.desk, now=now)
    assert len(others(report, cast.liaison, now + 60 * SECOND)) == 1
    assert others(report, cast.liaison, now + 61 * SECOND) == []


def test_who_comes_back_opened_it_anew(cast: Cast, report: Report, now: datetime) -> None:
    for at in (now, now + 60 * SECOND, now + HOUR):
        steps.be_present(report, by=cast.desk, now=at)
    assert [since for _, since in others(report, cast.liaison, now + HOUR)] == [now + HOUR]


def test_it_is_one_statement(cast: Cast, report: Report, now: datetime) -> None:
    for second in (0, 1):
        with CaptureQueriesContext(connection) as asked:
            steps.be_present(report, by=cast.desk, now=now + second * SECOND)
        assert len(asked) == 1
    assert Presence.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_one_query_however_many(cast: Cast, report: Report, now: datetime, rows: int) -> None:
    for by in (cast.liaison, cast.handler, cast.validator)[:rows]:
        steps.be_present(report, by=by, now=now)
    with CaptureQueriesContext(connection) as asked:
        assert len(others(report, cast.desk, now)) == rows
    assert len(asked) == 1


def test_only_those_who_may_read_it(cast: Cast, report: Report, now: datetime) -> None:
    for by in (STRANGER, Actor(report_id=report.pk), cast.other_liaison):
        with pytest.raises(NotFound):
            steps.be_present(report, by=by, now=now)
    assert not Presence.objects.exists()


def test_it_is_forgotten_within_the_hour(cast: Cast, report: Report, now: datetime) -> None:
    steps.be_present(report, by=cast.desk, now=now)
    steps.be_present(report, by=cast.liaison, now=now + SECOND)
    steps.tidy(now=now + HOUR + SECOND, real_now=now)
    assert Presence.objects.get().person_id == cast.liaison.person_id
