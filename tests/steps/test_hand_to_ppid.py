"""Handing a formal request for information to the officer whom the law names."""

from datetime import date, datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import (
    DAY,
    HOUR,
    WHOLE_DESK,
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
from tuntas.agencies.installation import forget_installation, installation
from tuntas.agencies.models import Government
from tuntas.kit.errors import Invalid, WrongState
from tuntas.kit.words import Language
from tuntas.reports.models import Report
from tuntas.reports.told import possible_acts
from tuntas.rules.life import Act, Promise, State
from tuntas.rules.who import Role
from tuntas.web.citizen.track_told import tell

WORDS = "Permohonan Anda kami teruskan ke PPID. PPID menjawab dalam sepuluh hari kerja."


def hand(report: Report, cast: Cast, now: datetime) -> Report:
    steps.hand_to_ppid(report, by=cast.desk, text=WORDS, now=now)
    return fresh(report)


def test_it_goes_to_the_officer_and_the_laws_clock_begins(cast: Cast, now: datetime) -> None:
    report = hand(make_report(now, email="sari@mail.example").report, cast, now + HOUR)
    assert (report.state, installation().slug_of(report.holder_id)) == (State.DISPATCHED, "ppid-kota")
    assert report.classification == "information_request"
    assert running(report) == {Promise.ANSWER, Promise.INFORMATION}
    assert clock(report, Promise.INFORMATION).due_at == on(date(2026, 3, 27), 16)
    assert clock(report, Promise.VERIFY).kept_at == now + HOUR, "it was read and sent on"
    assert last(report).data["to_agency"] == "ppid-kota"
    assert told(report, now + HOUR) == {("work", "sekar"), ("news", "sari@mail.example")}


def test_the_clocks_of_ordinary_work_end_neither_kept_nor_missed(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    at = now + 3 * HOUR
    report = hand(report, cast, at)
    resolve = clock(report, Promise.RESOLVE)
    assert (resolve.kept_at, resolve.missed_at, resolve.ended_at, resolve.rung_at) == (None, None, at, None)
    assert running(report) == {Promise.INFORMATION}
    assert Promise.RESOLVE not in {entry["promise"] for entry in report.thread["promises"]}
    assert report.due_at == clock(report, Promise.INFORMATION).due_at


def test_what_was_missed_before_stays_missed(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.DISPATCHED, cast)
    report = hand(report, cast, now + 30 * DAY)
    assert clock(report, Promise.RESPOND).missed_at is not None
    told_of = {entry["promise"]: entry.get("missed") for entry in report.thread["promises"]}
    assert (told_of[Promise.RESPOND], told_of[Promise.RESOLVE]) == (True, True)


def test_the_reporter_reads_the_law_and_that_they_may_object(cast: Cast, now: datetime) -> None:
    report = hand(make_report(now).report, cast, now + HOUR)
    knot = tell(report, language=Language.ID, now=now + 2 * HOUR)["knots"][1]
    assert knot.head.id.endswith("sebagai permohonan informasi resmi")
    assert "UU 14/2008" in knot.note.id
    assert "keberatan" in knot.note.id
    assert knot.words == WORDS
    work = tell(report, language=Language.ID, now=now + 2 * HOUR)["work"]
    assert (work.head.id, work.mark.id) == ("Permohonan informasi", "0 dari 10 hari kerja")
    publication = published(report)
    assert publication is not None
    assert (publication.title, publication.text, WORDS in str(publication.thread)) == (None, None, False)


def test_its_answer_keeps_the_clock(cast: Cast, now: datetime) -> None:
    report = hand(make_report(now).report, cast, now + HOUR)
    officer = cast.actor(Role.LIAISON, "ppid-kota")
    steps.start(report, by=officer, text="Kami kumpulkan dokumennya.", now=now + 2 * HOUR)
    steps.propose_answer(report, by=officer, text="Dokumennya terlampir.", outcome="answered", now=now + 3 * HOUR)
    steps.approve(report, by=cast.validator, now=now + 4 * HOUR)
    assert clock(report, Promise.INFORMATION).kept_at == now + 4 * HOUR


def test_given_back_to_the_desk_nobody_owes_it_by_that_law(cast: Cast, now: datetime) -> None:
    report, officer = hand(make_report(now).report, cast, now + HOUR), cast.actor(Role.LIAISON, "ppid-kota")
    steps.transfer(
        report, by=officer, agency=None, reason_code="not_authority", text="Ini keluhan.", now=now + 2 * HOUR
    )
    steps.accept_transfer(report, by=cast.desk, now=now + 3 * HOUR)
    assert clock(report, Promise.INFORMATION).ended_at == now + 3 * HOUR
    assert running(report) == {Promise.ANSWER, Promise.VERIFY}


def test_it_is_handed_over_once(cast: Cast, now: datetime) -> None:
    report = hand(make_report(now).report, cast, now + HOUR)
    assert Act.HAND_TO_PPID not in possible_acts(cast.desk, report, now=now + 2 * HOUR)
    with refused(WrongState, report):
        do(Act.HAND_TO_PPID, report, by=cast.desk, now=now + 2 * HOUR)


@pytest.mark.usefixtures("changed_profile")
def test_without_an_officer_in_the_profile_it_is_refused_with_a_sentence(cast: Cast, now: datetime) -> None:
    Government.objects.update(ppid=None)
    forget_installation()
    report = make_report(now).report
    assert Act.HAND_TO_PPID not in possible_acts(cast.desk, report, now=now)
    with refused(WrongState, report):
        do(Act.HAND_TO_PPID, report, by=cast.desk, now=now + HOUR)


@pytest.mark.parametrize("state", [State.NEEDS_INFO, State.TRANSFER_PENDING, State.ANSWERED, State.CLOSED])
def test_not_now(cast: Cast, now: datetime, state: State) -> None:
    report = bring(make_report(now), state, cast)
    with refused(WrongState, report):
        do(Act.HAND_TO_PPID, report, by=cast.desk, now=now + 9 * HOUR)


def test_it_says_something(cast: Cast, now: datetime) -> None:
    report = make_report(now).report
    with refused(Invalid, report, "/text"):
        do(Act.HAND_TO_PPID, report, by=cast.desk, text="", now=now + HOUR)


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    assert who_may(Act.HAND_TO_PPID, made.report, cast, made, now + HOUR) == WHOLE_DESK
