"""Ending an answered report."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import DESK_ADMINS, HOUR, clock, fresh, last, published, refused, running, told, who_may
from tuntas import steps
from tuntas.kit.errors import Invalid, WrongState
from tuntas.rules.life import Act, Promise, State
from tuntas.rules.who import SYSTEM


@pytest.mark.parametrize("state", [State.ANSWERED, State.REPORTER_REPLIED])
def test_it_ends_with_an_outcome_and_a_sentence(cast: Cast, now: datetime, state: State) -> None:
    made = make_report(now, email="sari@mail.example")
    report = bring(made, state, cast)
    steps.close(report, by=cast.desk, outcome="partially_fixed", text="Sisanya tahun depan.", now=now + 6 * HOUR)
    report = fresh(report)
    assert (report.state, report.face, report.closed_by) == ("closed", "tuntas", "agency_admin")
    assert (report.close_outcome, last(report).data["outcome"]) == ("partially_fixed", "partially_fixed")
    assert running(report) == {Promise.REOPEN_WINDOW}
    assert clock(report, Promise.REPORTER_WINDOW).kept_at in (None, now + 5 * HOUR), "closing keeps no window"
    assert report.due_at is None
    assert report.thread["messages"][-1]["text"] == "Sisanya tahun depan."
    assert told(report, now + 6 * HOUR) == {("done", "sari@mail.example")}
    publication = published(report)
    assert publication is not None
    assert (publication.face, publication.closed_by) == ("tuntas", "agency_admin")
    assert publication.thread["timeline"][-1]["text"] == "Sisanya tahun depan."


def test_the_systems_closing_is_told_apart(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.ANSWERED, cast)
    steps.close(report, by=SYSTEM, outcome="no_reply_from_reporter", text="Waktu habis.", now=now + 6 * HOUR)
    report = fresh(report)
    assert (report.closed_by, report.close_outcome) == ("system", "no_reply_from_reporter")
    assert (last(report).voice, report.thread["timeline"][-1]["by"]) == ("system", "sistem")


def test_fixed_without_proof_is_refused_here_too_where_the_category_asks_for_it(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now, category="road_bridge"), State.ANSWERED, cast)
    with refused(Invalid, report, "/outcome"):
        steps.close(report, by=cast.desk, outcome="fixed", text="Beres.", now=now + 6 * HOUR)


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.ANSWERED, cast)
    assert who_may(Act.CLOSE, report, cast, made, now + 9 * HOUR) == DESK_ADMINS | {"system"}


@pytest.mark.parametrize("state", [State.SUBMITTED, State.IN_PROGRESS, State.AWAITING_VALIDATION, State.CLOSED])
def test_not_before_it_was_answered(cast: Cast, now: datetime, state: State) -> None:
    report = bring(make_report(now), state, cast)
    with refused(WrongState, report):
        steps.close(report, by=cast.desk, outcome="answered", text="Selesai.", now=now + 9 * HOUR)


def test_not_without_a_sentence(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.ANSWERED, cast)
    with refused(Invalid, report, "/text"):
        steps.close(report, by=cast.desk, outcome="answered", text="", now=now + 9 * HOUR)
