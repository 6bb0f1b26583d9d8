"""Giving the agency's answer, which a second person must let out."""

from datetime import datetime, timedelta

import pytest

from tests.cast import Cast
from tests.make import Made, bring, make_report
from tests.steps.seen import HOUR, fresh, last, photo, published, refused, running, told, who_may
from tuntas import steps
from tuntas.kit.errors import Invalid, WrongState
from tuntas.kit.words import Language
from tuntas.reports.models import Report
from tuntas.reports.told import staff_view, track_view
from tuntas.rules.life import Act, Promise, State
from tuntas.rules.reasons import Outcome


def with_proof_asked(cast: Cast, now: datetime) -> tuple[Made, Report]:
    made = make_report(now, category="road_bridge")
    return made, bring(made, State.IN_PROGRESS, cast)


def test_it_waits_for_a_second_person_and_nobody_outside_reads_it(cast: Cast, now: datetime) -> None:
    made = make_report(now, email="sari@mail.example")
    report = bring(made, State.IN_PROGRESS, cast)
    steps.propose_answer(report, by=cast.handler, text="Sudah ditambal.", outcome="answered", now=now + 3 * HOUR)
    report, event = fresh(report), last(report)
    assert (report.state, report.face, report.proposed_by_id) == (
        "awaiting_validation",
        "dikerjakan",
        cast.handler.person_id,
    )
    assert (event.text, event.data["outcome"], event.voice) == ("Sudah ditambal.", "answered", "agency")
    assert running(report) == {Promise.RESOLVE, Promise.VALIDATE}
    assert report.close_outcome == "", "an outcome is one once it is approved"
    assert told(report, now + 3 * HOUR) == {("work", "ratna")}
    publication = published(report)
    assert publication is not None
    assert "ditambal" not in str(publication.thread)
    assert "ditambal" not in str(track_view(report, language=Language.ID, now=now))
    proposal = staff_view(report, cast.validator, language=Language.ID, now=now)["proposed_answer"]
    assert (proposal["text"], proposal["outcome"]) == ("Sudah ditambal.", "answered")


class TestProof:
    def test_fixed_without_a_photo_is_refused_where_the_category_asks_for_one(self, cast: Cast, now: datetime) -> None:
        _, report = with_proof_asked(cast, now)
        with refused(Invalid, report, "/file_ids"):
            steps.propose_answer(report, by=cast.liaison, text="Beres.", outcome="fixed", now=now + 3 * HOUR)

    def test_and_taken_with_one(self, cast: Cast, now: datetime) -> None:
        _, report = with_proof_asked(cast, now)
        file = photo(now)
        steps.propose_answer(
            report, by=cast.liaison, text="Beres.", outcome="fixed", file_ids=[file], now=now + 3 * HOUR
        )
        assert [str(f.pk) for f in last(report).files.all()] == [str(file)]

    @pytest.mark.parametrize("outcome", sorted(set(Outcome) - {Outcome.FIXED}))
    def test_any_other_outcome_needs_none(self, cast: Cast, now: datetime, outcome: str) -> None:
        _, report = with_proof_asked(cast, now)
        steps.propose_answer(report, by=cast.liaison, text="Kami jelaskan.", outcome=outcome, now=now + 3 * HOUR)
        assert fresh(report).state == "awaiting_validation"

    @pytest.mark.parametrize("category", [None, "licensing"])
    def test_nor_does_a_category_that_asks_for_none(self, cast: Cast, now: datetime, category: str | None) -> None:
        report = bring(make_report(now, category=category), State.IN_PROGRESS, cast)
        steps.propose_answer(report, by=cast.liaison, text="Beres.", outcome="fixed", now=now + 3 * HOUR)
        assert fresh(report).state == "awaiting_validation"

    def test_a_photo_of_a_returned_answer_still_counts(self, cast: Cast, now: datetime) -> None:
        _, report = with_proof_asked(cast, now)
        files = [photo(now)]
        steps.propose_answer(
            report, by=cast.liaison, text="Beres.", outcome="fixed", file_ids=files, now=now + 3 * HOUR
        )
        steps.return_answer(report, by=cast.validator, text="Jelaskan.", now=now + 4 * HOUR)
        steps.propose_answer(report, by=cast.liaison, text="Beres, jelas.", outcome="fixed", now=now + 5 * HOUR)
        assert fresh(report).state == "awaiting_validation"

    def test_a_photo_from_before_it_was_reopened_does_not(self, cast: Cast, now: datetime) -> None:
        made, report = with_proof_asked(cast, now)
        files = [photo(now)]
        steps.propose_answer(
            report, by=cast.liaison, text="Beres.", outcome="fixed", file_ids=files, now=now + 3 * HOUR
        )
        steps.approve(report, by=cast.validator, now=now + 4 * HOUR)
        steps.rate(report, by=made.reporter, rating=1, now=now + 5 * HOUR)
        with refused(Invalid, report, "/file_ids"):
            steps.propose_answer(report, by=cast.liaison, text="Beres lagi.", outcome="fixed", now=now + 6 * HOUR)

    def test_nor_does_the_reporters_own(self, cast: Cast, now: datetime) -> None:
        made, report = with_proof_asked(cast, now)
        steps.ask(report, by=cast.liaison, text="Foto?", now=now + 3 * HOUR)
        steps.complete(report, by=made.reporter, text="Ini.", file_ids=[photo(now)], now=now + 4 * HOUR)
        with refused(Invalid, report, "/file_ids"):
            steps.propose_answer(report, by=cast.liaison, text="Beres.", outcome="fixed", now=now + 5 * HOUR)

    def test_a_photo_is_used_once_and_within_a_day(self, cast: Cast, now: datetime) -> None:
        _, report = with_proof_asked(cast, now)
        old = photo(now - timedelta(hours=22))
        with refused(Invalid, report, "/file_ids"):
            steps.propose_answer(
                report, by=cast.liaison, text="Beres.", outcome="fixed", file_ids=[old], now=now + 3 * HOUR
            )


def test_a_reply_can_be_answered_at_once(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.REPORTER_REPLIED, cast)
    steps.propose_answer(report, by=cast.liaison, text="Lubang itu juga.", outcome="answered", now=now + 6 * HOUR)
    assert fresh(report).state == "awaiting_validation"


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.IN_PROGRESS, cast)
    assert who_may(Act.PROPOSE_ANSWER, report, cast, made, now + 9 * HOUR) == {"liaison", "handler"}


@pytest.mark.parametrize("state", [State.DISPATCHED, State.SCHEDULED, State.AWAITING_VALIDATION, State.ANSWERED])
def test_not_now(cast: Cast, now: datetime, state: State) -> None:
    report = bring(make_report(now), state, cast)
    with refused(WrongState, report):
        steps.propose_answer(report, by=cast.liaison, text="Beres.", outcome="answered", now=now + 9 * HOUR)


def test_an_answer_has_words(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    with refused(Invalid, report, "/text"):
        steps.propose_answer(report, by=cast.liaison, text=" ", outcome="answered", now=now + 3 * HOUR)
