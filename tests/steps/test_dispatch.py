"""Sending a checked report to an agency, and letting its public text out."""

from datetime import datetime
from typing import Any

import pytest

from tests.cast import Cast
from tests.make import STORY, bring, make_report, make_restricted
from tests.steps.seen import HOUR, WHOLE_DESK, clock, fresh, last, published, refused, running, told, who_may
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid, WrongState
from tuntas.rules.life import Act, Promise, State
from tuntas.steps.dispatch import first_words

PRIVATE = "Nomor saya 0812-3456-7890, NIK 3273010101010001, plat D 1234 ABC."


def test_the_agency_holds_it_and_its_clocks_start(cast: Cast, now: datetime) -> None:
    made = make_report(now, category="street_light", email="sari@mail.example")
    steps.dispatch(made.report, by=cast.desk, agency="dishub", text="Kami teruskan.", now=now + HOUR)
    report, event = fresh(made.report), last(made.report)
    assert (report.state, report.face) == ("dispatched", "diteruskan")
    assert report.holder is not None
    assert report.holder.slug == "dishub"
    assert (event.voice, event.data["to_agency"]) == ("desk", "dishub")
    assert running(report) == {Promise.ANSWER, Promise.RESPOND, Promise.RESOLVE}
    assert clock(report, Promise.VERIFY).kept_at == now + HOUR
    assert clock(report, Promise.ANSWER).kept_at is None, "a dispatch is no answer"
    assert told(report, now + HOUR) == {("news", "sari@mail.example"), ("work", "putri")}
    assert report.thread["messages"][-1]["text"] == "Kami teruskan."


def test_the_work_clock_runs_by_category_then_classification_then_the_usual_time(cast: Cast, now: datetime) -> None:
    def due(category: str | None, classification: str | None) -> datetime | None:
        report = make_report(now).report
        steps.dispatch(
            report, by=cast.desk, agency="dlh", category=category, classification=classification, now=now + HOUR
        )
        return clock(report, Promise.RESOLVE).due_at

    assert due("disaster", "aspiration") == now + 4 * HOUR
    five, fourteen = due(None, "aspiration"), due(None, None)
    assert five is not None
    assert fourteen is not None
    assert five < fourteen == due(None, "complaint_ordinary")


@pytest.mark.parametrize(
    ("given", "title", "text"),
    [
        ({}, first_words(STORY), STORY),
        ({"title": "Jalan rusak", "public_text": "Ada lubang."}, "Jalan rusak", "Ada lubang."),
        ({"public_text": "Ada lubang."}, "Ada lubang.", "Ada lubang."),
    ],
)
def test_its_public_text_comes_out(cast: Cast, now: datetime, given: dict[str, Any], title: str, text: str) -> None:
    report = make_report(now).report
    steps.dispatch(report, by=cast.desk, agency="dlh", now=now + HOUR, **given)
    publication = published(report)
    assert publication is not None
    assert (publication.title, publication.text) == (title, text)
    assert (publication.agency, publication.holder, publication.face) == ("dlh", "dlh", "diteruskan")
    assert fresh(report).body == STORY, "the original stays as it is"


def test_numbers_of_persons_are_masked_also_in_what_the_desk_writes(cast: Cast, now: datetime) -> None:
    plain, edited = make_report(now, body=PRIVATE), make_report(now)
    steps.dispatch(plain.report, by=cast.desk, agency="dlh", now=now + HOUR)
    steps.dispatch(
        edited.report, by=cast.desk, agency="dlh", title="Telp 0812-3456-7890", public_text=PRIVATE, now=now + HOUR
    )
    for report in (plain.report, edited.report):
        publication = published(report)
        assert publication is not None
        shown = f"{publication.title} {publication.text} {publication.thread}"
        assert "▇▇▇" in shown
        assert not any(number in shown for number in ("0812-3456-7890", "3273010101010001", "D 1234 ABC"))


def test_a_secret_report_stays_unpublished_but_its_text_is_ready(cast: Cast, now: datetime) -> None:
    made = make_report(now, is_secret=True)
    steps.dispatch(made.report, by=cast.desk, agency="dlh", now=now + HOUR)
    assert published(made.report) is None
    assert fresh(made.report).public_text == STORY


def test_one_that_came_back_keeps_its_clocks_and_its_public_text(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.DISPATCHED, cast)
    owed = clock(report, Promise.RESOLVE)
    steps.transfer(
        report, by=cast.liaison, agency=None, reason_code="wrong_agency", text="Bukan kami.", now=now + 5 * HOUR
    )
    steps.accept_transfer(report, by=cast.desk, now=now + 6 * HOUR)
    steps.dispatch(report, by=cast.desk, agency="dlh", now=now + 7 * HOUR)
    again = clock(report, Promise.RESOLVE)
    assert (again.pk, again.due_at, again.started_at) == (owed.pk, owed.due_at, owed.started_at)
    assert clock(report, Promise.RESPOND).kept_at is None
    assert {Promise.RESPOND, Promise.RESOLVE} <= running(report)


def test_one_that_was_answered_withdrawn_and_objected_to_is_owed_again(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.ANSWERED, cast)
    steps.withdraw(report, by=made.reporter, text="Tidak jadi.", now=now + 5 * HOUR)
    steps.appeal(report, by=made.reporter, text="Ternyata perlu.", now=now + 6 * HOUR)
    steps.dispatch(report, by=cast.desk, agency="dlh", now=now + 7 * HOUR)
    assert {Promise.RESPOND, Promise.RESOLVE} <= running(report)


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    assert who_may(Act.DISPATCH, made.report, cast, made, now + HOUR) == WHOLE_DESK


@pytest.mark.parametrize("state", [State.NEEDS_INFO, State.DISPATCHED, State.ANSWERED, State.ARCHIVED])
def test_not_now(cast: Cast, now: datetime, state: State) -> None:
    report = bring(make_report(now), state, cast)
    with refused(WrongState, report):
        steps.dispatch(report, by=cast.desk, agency="dlh", now=now + 9 * HOUR)


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"agency": "tidak-ada"}, "/agency"),
        ({"agency": ""}, "/agency"),
        ({"category": "tidak-ada"}, "/category"),
        ({"category": "bribery_corruption"}, "/category"),
        ({"title": "x" * 201}, "/title"),
        ({"public_text": "x" * 10_001}, "/public_text"),
        ({"text": "\x00"}, "/text"),
    ],
)
def test_bad_input_names_its_field(cast: Cast, now: datetime, given: dict[str, Any], pointer: str) -> None:
    report = make_report(now).report
    with refused(Invalid, report, pointer):
        steps.dispatch(report, by=cast.desk, now=now + HOUR, **({"agency": "dlh"} | given))


def test_a_restricted_report_goes_to_an_examining_agency_alone(cast: Cast, now: datetime) -> None:
    agencies = installation().agencies.values()
    assert {agency.slug for agency in agencies if agency.examines} >= {"inspektorat"}
    report = make_restricted(now).report
    for agency in agencies:
        if not agency.examines:
            with pytest.raises(Invalid):
                steps.dispatch(report, by=cast.appointed_admin, agency=agency.slug, now=now + HOUR)
    with refused(Invalid, report, "/agency"):
        steps.dispatch(report, by=cast.appointed_admin, agency="dinas-pupr", now=now + HOUR)
    for agency in agencies:
        if agency.examines:
            report = make_restricted(now).report
            steps.dispatch(report, by=cast.appointed_admin, agency=agency.slug, now=now + HOUR)
            assert fresh(report).holder_id == agency.id


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("pendek", "pendek"),
        ("dua\n\n  kata", "dua kata"),
        ("kata " * 40, "kata " * 15 + "kata …"),
        ("x" * 90, "x" * 80 + " …"),
    ],
)
def test_a_title_is_cut_between_words(text: str, title: str) -> None:
    assert first_words(text) == title
