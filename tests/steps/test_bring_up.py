"""A report that is opened again a second time goes one level up by itself, and the next answer is let out up there."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import Made, bring, make_report, make_restricted
from tests.sealed_room import make_readers
from tests.steps.seen import HOUR, fresh, last, published, refused, told
from tuntas import steps
from tuntas.agencies.models import Agency
from tuntas.kit.errors import NotAllowed
from tuntas.kit.words import Language
from tuntas.people.models import Person, Post
from tuntas.people.queries import actor_of
from tuntas.reports.models import Report
from tuntas.reports.told import staff_view, track_view
from tuntas.rules.life import Act, State
from tuntas.rules.who import Actor, Role


def somebody(role: Role, name: str) -> Actor:
    """Put somebody into the agency of roads itself, below those of the whole city."""
    person = Person.objects.create(name=name, email=f"{name}@kota-cempaka.example", language="id")
    Post.objects.create(person=person, role=role, agency=Agency.objects.get(slug="dinas-pupr"))
    return actor_of(person)


@pytest.fixture
def own_validator(cast: Cast) -> Actor:
    return somebody(Role.RESPONSE_VALIDATOR, "lia.cek")


def opened_again(cast: Cast, now: datetime, times: int, *, by_rating: bool = True) -> Made:
    """Answer a report and open it again, so many times, two hours a time."""
    made = make_report(now - 9 * HOUR, email="sari@mail.example")
    bring(made, State.IN_PROGRESS, cast, now - 9 * HOUR)
    for n in range(times):
        at = now + 2 * n * HOUR
        steps.propose_answer(made.report, by=cast.liaison, text="Sudah ditambal.", outcome="answered", now=at)
        steps.approve(fresh(made.report), by=cast.desk, now=at)
        if by_rating:
            steps.rate(made.report, by=made.reporter, rating=1, now=at + HOUR)
        else:
            steps.reopen(made.report, by=made.reporter, text="Masih berlubang.", now=at + HOUR)
    made.report.refresh_from_db()
    return made


def raises(report: Report) -> list[dict[str, object]]:
    return [event.data for event in report.events.filter(act=Act.ESCALATE).order_by("id")]


def test_the_first_time_it_stays_where_it_is(cast: Cast, now: datetime) -> None:
    report = opened_again(cast, now, 1).report
    assert (report.reopen_count, report.escalation_level) == (1, 0)
    assert raises(report) == []


@pytest.mark.parametrize("by_rating", [True, False])
def test_from_the_second_time_on_each_brings_it_one_level_up(cast: Cast, now: datetime, by_rating: bool) -> None:
    report = opened_again(cast, now, 3, by_rating=by_rating).report
    assert (report.state, report.escalation_level) == (State.IN_PROGRESS, 2)
    assert raises(report) == [{"level": 1, "reopened": 2}, {"level": 2, "reopened": 3}]
    assert (last(report).act, last(report).voice) == (Act.ESCALATE, "system")


def test_four_levels_are_the_most(cast: Cast, now: datetime) -> None:
    report = opened_again(cast, now, 1).report
    steps.escalate(report, by=cast.desk, level=4, text="Penting.", now=now + 2 * HOUR)
    steps.propose_answer(fresh(report), by=cast.liaison, text="Sudah.", outcome="answered", now=now + 3 * HOUR)
    steps.approve(fresh(report), by=cast.desk, now=now + 3 * HOUR)
    steps.reopen(fresh(report), by=Actor(report_id=report.pk), text="Belum.", now=now + 4 * HOUR)
    assert fresh(report).escalation_level == 4
    assert len(raises(report)) == 1


def test_the_reporter_reads_it_and_nobody_else_outside(cast: Cast, now: datetime) -> None:
    report = opened_again(cast, now, 2).report
    lines = track_view(report, language=Language.ID, now=now)["timeline"]
    assert [line["act"] for line in lines][-2:] == [Act.RATE, Act.ESCALATE]
    assert "text" not in lines[-1]
    publication = published(report)
    assert publication is not None
    assert Act.ESCALATE not in [line["act"] for line in publication.thread["timeline"]]
    assert Act.ESCALATE in [
        note["act"] for note in staff_view(report, cast.desk, language=Language.ID, now=now)["notes"]
    ]


def test_the_head_of_the_agency_hears_of_it_beside_the_desk(cast: Cast, now: datetime) -> None:
    somebody(Role.LEADER, "kepala")
    report = opened_again(cast, now, 2).report
    at = last(report).at
    assert {("work", "kepala"), ("work", "rudi"), ("work", "dewi")} <= told(report, at)


class TestTheNextAnswer:
    def test_is_let_out_by_the_agencys_own_people_the_first_time(
        self, cast: Cast, now: datetime, own_validator: Actor
    ) -> None:
        made, at = opened_again(cast, now, 1), now + 5 * HOUR
        steps.propose_answer(made.report, by=cast.liaison, text="Ditambal lagi.", outcome="answered", now=at)
        steps.approve(fresh(made.report), by=own_validator, now=at)
        assert fresh(made.report).state == State.ANSWERED

    def test_and_above_them_the_second(self, cast: Cast, now: datetime, own_validator: Actor) -> None:
        made, at = opened_again(cast, now, 2), now + 5 * HOUR
        steps.propose_answer(made.report, by=cast.liaison, text="Ditambal lagi.", outcome="answered", now=at)
        report = fresh(made.report)
        with refused(NotAllowed, report):
            steps.approve(report, by=own_validator, now=at)
        with refused(NotAllowed, report):
            steps.return_answer(report, by=own_validator, text="Perbaiki.", now=at)
        assert ("work", "lia.cek") not in told(report, at)
        assert ("work", "ratna") in told(report, at)
        steps.approve(report, by=cast.validator, now=at)
        assert fresh(report).state == State.ANSWERED

    def test_waits_for_the_desk_where_nobody_else_is_above(self, cast: Cast, now: datetime) -> None:
        made, at = opened_again(cast, now, 2), now + 5 * HOUR
        Post.objects.filter(role=Role.RESPONSE_VALIDATOR).delete()
        steps.propose_answer(made.report, by=cast.liaison, text="Ditambal lagi.", outcome="answered", now=at)
        assert ("work", "dewi") in told(made.report, at)
        steps.approve(fresh(made.report), by=cast.desk, now=at)


def test_a_sealed_one_goes_up_in_silence(cast: Cast, now: datetime) -> None:
    make_readers()
    made, by = make_restricted(now - 9 * HOUR), cast.inspector
    steps.dispatch(made.report, by=by, agency="inspektorat", now=now)
    steps.start(fresh(made.report), by=by, text="Kami periksa.", now=now)
    for n in range(2):
        at = now + n * HOUR
        steps.propose_answer(fresh(made.report), by=by, text="Sudah.", outcome="answered", now=at)
        steps.approve(fresh(made.report), by=cast.appointed_inspector, now=at)
        steps.reopen(fresh(made.report), by=made.reporter, text="Belum.", now=at)
        if n == 0:
            Report.objects.filter(pk=made.report.pk).update(state=State.UNDER_EXAMINATION)
    report = fresh(made.report)
    assert (report.escalation_level, last(report).text, last(report).is_sealed) == (1, "", True)
