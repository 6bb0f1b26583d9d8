"""Taking one's own report back."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import HOUR, clock, fresh, last, published, refused, running, told, who_may
from tuntas import steps
from tuntas.kit.errors import Invalid, WrongState
from tuntas.rules.life import OPEN, Act, Promise, State
from tuntas.rules.words import label_of


@pytest.mark.parametrize("state", sorted(OPEN - {State.UNDER_EXAMINATION}))
def test_everything_owed_ends_wherever_it_stood(cast: Cast, now: datetime, state: State) -> None:
    made = make_report(now)
    report = bring(made, state, cast)
    kept = set(report.deadlines.filter(kept_at__isnull=False).values_list("pk", flat=True))
    steps.withdraw(report, by=made.reporter, text="Sudah beres sendiri.", now=now + 9 * HOUR)
    report = fresh(report)
    assert (report.state, report.reason_code, report.face) == ("archived", "by_reporter", "ditolak")
    assert (report.asked_from, report.offered_to_id, report.transferred_from) == ("", None, "")
    assert running(report) == {Promise.APPEAL_WINDOW}
    assert report.due_at is None
    assert set(report.deadlines.filter(kept_at__isnull=False).values_list("pk", flat=True)) == kept, (
        "none is kept by it"
    )
    said = label_of(report.face, closed_by=report.closed_by, reason_code=report.reason_code)
    assert said.id == "Ditarik pelapor"


def test_the_holder_hears_of_it_and_the_public_sees_it_without_the_words(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.IN_PROGRESS, cast)
    steps.withdraw(report, by=made.reporter, text="Tidak jadi.", now=now + 9 * HOUR)
    assert (last(report).voice, last(report).data) == ("reporter", {"reason_code": "by_reporter"})
    assert told(report, now + 9 * HOUR) == {("work", "rudi")}
    publication = published(report)
    assert publication is not None
    assert (publication.face, publication.reason_code) == ("ditolak", "by_reporter")
    assert "Tidak jadi" not in str(publication.thread)


def test_it_can_be_taken_up_again_by_an_appeal(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.IN_PROGRESS, cast)
    steps.withdraw(report, by=made.reporter, text="Tidak jadi.", now=now + 9 * HOUR)
    steps.appeal(report, by=made.reporter, text="Jadi.", now=now + 10 * HOUR)
    report = fresh(report)
    assert (report.state, report.holder_id, running(report)) == ("submitted", None, {Promise.VERIFY})


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    assert who_may(Act.WITHDRAW, made.report, cast, made, now + HOUR) == {"reporter"}
    assert clock(made.report, Promise.ANSWER).ended_at is None


@pytest.mark.parametrize("state", [State.CLOSED, State.ARCHIVED])
def test_not_once_it_has_ended(cast: Cast, now: datetime, state: State) -> None:
    made = make_report(now)
    report = bring(made, state, cast)
    with refused(WrongState, report):
        steps.withdraw(report, by=made.reporter, text="Tidak jadi.", now=now + 9 * HOUR)


def test_one_says_why(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    with refused(Invalid, made.report, "/text"):
        steps.withdraw(made.report, by=made.reporter, text="", now=now + HOUR)
