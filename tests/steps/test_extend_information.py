"""Putting the answer to a formal request off, once."""

from datetime import date, datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import DAY, HOUR, WHOLE_DESK, clock, do, fresh, last, on, refused, told, who_may
from tests.steps.test_hand_to_ppid import hand
from tuntas import steps
from tuntas.kit.errors import Invalid, WrongState
from tuntas.kit.words import Language
from tuntas.reports.models import Report
from tuntas.reports.told import possible_acts
from tuntas.rules.life import Act, Promise, State
from tuntas.rules.who import Actor, Role
from tuntas.web.citizen.track_told import tell

WHY = "Arsipnya ada di gudang lama dan perlu dicari dulu."
LAW, EXTENDED = date(2026, 3, 27), date(2026, 4, 8)


@pytest.fixture
def request_(cast: Cast, now: datetime) -> Report:
    return hand(make_report(now, email="sari@mail.example").report, cast, now + HOUR)


@pytest.fixture
def officer(cast: Cast) -> Actor:
    return cast.actor(Role.LIAISON, "ppid-kota")


def test_seven_working_days_more_and_the_reporter_reads_why(request_: Report, officer: Actor, now: datetime) -> None:
    assert clock(request_, Promise.INFORMATION).due_at == on(LAW, 16)
    steps.extend_information(request_, by=officer, text=WHY, now=now + DAY)
    report, hand_ = fresh(request_), clock(request_, Promise.INFORMATION)
    assert hand_.due_at == on(EXTENDED, 16)
    assert hand_.amount == 17
    assert hand_.rung_at is not None
    assert hand_.rung_at > now + 10 * DAY
    assert (last(report).act, last(report).data["on"]) == ("extend_information", EXTENDED.isoformat())
    assert told(report, now + DAY) == {("news", "sari@mail.example")}
    shown = tell(report, language=Language.ID, now=now + DAY)
    assert shown["knots"][2].words == WHY
    assert shown["work"].mark.id == "0 dari 17 hari kerja"


def test_only_once(request_: Report, officer: Actor, now: datetime) -> None:
    assert Act.EXTEND_INFORMATION in possible_acts(officer, request_, now=now + DAY)
    steps.extend_information(request_, by=officer, text=WHY, now=now + DAY)
    assert Act.EXTEND_INFORMATION not in possible_acts(officer, fresh(request_), now=now + DAY)
    with refused(WrongState, request_):
        do(Act.EXTEND_INFORMATION, request_, by=officer, now=now + 2 * DAY)


def test_not_after_its_time(request_: Report, officer: Actor, now: datetime) -> None:
    late = on(LAW, 16) + HOUR
    assert Act.EXTEND_INFORMATION not in possible_acts(officer, request_, now=late)
    with refused(WrongState, request_):
        do(Act.EXTEND_INFORMATION, request_, by=officer, now=late)


def test_only_where_such_a_request_runs(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    assert Act.EXTEND_INFORMATION not in possible_acts(cast.desk, report, now=now + 3 * HOUR)
    with refused(WrongState, report):
        do(Act.EXTEND_INFORMATION, report, by=cast.desk, now=now + 3 * HOUR)


def test_it_says_why(request_: Report, officer: Actor, now: datetime) -> None:
    with refused(Invalid, request_, "/text"):
        do(Act.EXTEND_INFORMATION, request_, by=officer, text=" ", now=now + DAY)


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = hand(made.report, cast, now + HOUR)
    assert who_may(Act.EXTEND_INFORMATION, report, cast, made, now + DAY) == WHOLE_DESK
    officer = cast.actor(Role.LIAISON, "ppid-kota")
    do(Act.EXTEND_INFORMATION, report, by=officer, now=now + DAY)
