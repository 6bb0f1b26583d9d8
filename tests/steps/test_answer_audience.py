"""Answering somebody who wants to be heard in person."""

from datetime import date, datetime

import pytest

from tests.cast import Cast
from tests.make import Made, bring, make_report
from tests.steps.seen import HOUR, WHOLE_DESK, clock, do, fresh, last, published, refused, running, told, who_may
from tuntas import steps
from tuntas.kit.errors import Invalid, WrongState
from tuntas.kit.words import Language
from tuntas.reports.queries import DeskFilter, desk_rows
from tuntas.reports.told import possible_acts
from tuntas.rules.life import Act, Promise, State
from tuntas.web.citizen.track_told import tell

WORDS = "Bapak Wali Kota menerima Anda bersama Kepala Dinas."
DAY = date(2026, 3, 12)


@pytest.fixture
def asked(cast: Cast, now: datetime) -> Made:
    made = make_report(now, email="sari@mail.example")
    bring(made, State.IN_PROGRESS, cast)
    do(Act.RECEIVE_LETTER, made.report, by=cast.desk, kind="audience_request", now=now + 3 * HOUR)
    return made


def test_granted_with_day_and_place(cast: Cast, now: datetime, asked: Made) -> None:
    at = now + 4 * HOUR
    steps.answer_audience(asked.report, by=cast.desk, granted=True, on=DAY, place="Balai Kota", text=WORDS, now=at)
    report = fresh(asked.report)
    assert (report.awaits_audience, clock(report, Promise.AUDIENCE).kept_at) == (False, at)
    assert told(report, at) == {("news", "sari@mail.example")}
    data = last(report).data
    assert (data["granted"], data["on"], data["place"]) == (True, "2026-03-12", "Balai Kota")
    knot = tell(report, language=Language.ID, now=at)["knots"][4]
    assert knot.head.id == "Audiensi diterima: Kamis 12 Mar, Balai Kota"
    assert knot.words == WORDS
    publication = published(report)
    assert publication is not None
    assert "audience" not in str(publication.thread["timeline"])


def test_refused_with_a_reason(cast: Cast, now: datetime, asked: Made) -> None:
    steps.answer_audience(asked.report, by=cast.desk, granted=False, text="Jadwal penuh.", now=now + 4 * HOUR)
    knot = tell(fresh(asked.report), language=Language.ID, now=now + 5 * HOUR)["knots"][4]
    assert (knot.head.id, knot.words) == ("Audiensi belum bisa dipenuhi", "Jadwal penuh.")


def test_it_stands_in_the_desks_list_until_it_is_answered(cast: Cast, now: datetime, asked: Made) -> None:
    def waiting() -> list[int]:
        rows = desk_rows(cast.desk, DeskFilter(queue="audiensi"), now=now + 5 * HOUR)
        return [report.pk for report in rows]

    make_report(now)
    assert waiting() == [asked.report.pk]
    assert Act.ANSWER_AUDIENCE in possible_acts(cast.desk, fresh(asked.report), now=now + 4 * HOUR)
    do(Act.ANSWER_AUDIENCE, asked.report, by=cast.desk, now=now + 4 * HOUR)
    assert waiting() == []
    assert Act.ANSWER_AUDIENCE not in possible_acts(cast.desk, fresh(asked.report), now=now + 4 * HOUR)
    with refused(WrongState, asked.report):
        do(Act.ANSWER_AUDIENCE, asked.report, by=cast.desk, now=now + 5 * HOUR)


def test_where_the_report_ends_nobody_is_owed_it_any_more(cast: Cast, now: datetime, asked: Made) -> None:
    steps.withdraw(asked.report, by=asked.reporter, text="Sudah beres.", now=now + 4 * HOUR)
    report = fresh(asked.report)
    assert (report.awaits_audience, Promise.AUDIENCE in running(report)) == (False, False)


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"granted": True, "place": "Balai Kota"}, "/on"),
        ({"granted": True, "on": date(2026, 3, 5), "place": "Balai Kota"}, "/on"),
        ({"granted": True, "on": DAY}, "/place"),
        ({"text": " "}, "/text"),
        ({"place": "x" * 121}, "/place"),
    ],
)
def test_bad_input_names_its_field(
    cast: Cast, now: datetime, asked: Made, given: dict[str, object], pointer: str
) -> None:
    with refused(Invalid, asked.report, pointer):
        do(Act.ANSWER_AUDIENCE, asked.report, by=cast.desk, now=now + 4 * HOUR, **given)


def test_who_may(cast: Cast, now: datetime, asked: Made) -> None:
    assert who_may(Act.ANSWER_AUDIENCE, asked.report, cast, asked, now + 4 * HOUR) == WHOLE_DESK | {"leader"}
