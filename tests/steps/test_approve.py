"""Letting an answer out, as a second person."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import DESK_ADMINS, HOUR, clock, fresh, last, photo, published, refused, running, told, who_may
from tuntas import steps
from tuntas.kit.errors import NotAllowed, WrongState
from tuntas.people.models import Post
from tuntas.people.queries import actor_of
from tuntas.rules.life import Act, Promise, State
from tuntas.rules.who import Role


def test_the_reporter_and_everybody_read_it(cast: Cast, now: datetime) -> None:
    made = make_report(now, email="sari@mail.example", category="road_bridge")
    report = bring(made, State.IN_PROGRESS, cast)
    file = photo(now)
    text = "Sudah ditambal. Tanya 0812-3456-7890."
    steps.propose_answer(report, by=cast.handler, text=text, outcome="fixed", file_ids=[file], now=now + 3 * HOUR)
    steps.approve(report, by=cast.validator, now=now + 4 * HOUR)
    report, event = fresh(report), last(report)
    assert (report.state, report.face, report.close_outcome) == ("answered", "dijawab", "fixed")
    assert (event.act, event.data, event.text) == ("approve", {"outcome": "fixed"}, "")
    assert running(report) == {Promise.REPORTER_WINDOW}
    for promise in (Promise.RESOLVE, Promise.VALIDATE):
        assert clock(report, promise).kept_at == now + 4 * HOUR
    assert report.due_at is None
    said = {"after": 4 * 3600.0, "agency": "dinas-pupr", "outcome": "fixed", "files": [str(file)]}
    assert report.thread["answers"] == [said | {"text": text}]
    publication = published(report)
    assert publication is not None
    assert publication.thread["answers"] == [said | {"text": "Sudah ditambal. Tanya ▇▇▇."}]
    assert publication.face == "dijawab"
    assert told(report, now + 4 * HOUR) == {("answered", "sari@mail.example"), ("work", "rudi")}


def test_it_keeps_a_promise_to_answer_nobody_kept_before(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.AWAITING_VALIDATION, cast)
    report.deadlines.filter(promise=Promise.ANSWER).update(kept_at=None)  # as if start had said nothing
    steps.approve(report, by=cast.validator, now=now + 4 * HOUR)
    assert clock(report, Promise.ANSWER).kept_at == now + 4 * HOUR


def test_a_reopened_report_is_no_longer_called_so_once_answered(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.ANSWERED, cast)
    steps.rate(report, by=made.reporter, rating=1, now=now + 5 * HOUR)
    steps.propose_answer(report, by=cast.liaison, text="Sekarang beres.", outcome="answered", now=now + 6 * HOUR)
    assert fresh(report).face == "dibuka"
    steps.approve(report, by=cast.validator, now=now + 7 * HOUR)
    assert fresh(report).face == "dijawab"
    steps.reply(report, by=made.reporter, text="Masih.", now=now + 8 * HOUR)
    assert fresh(report).face == "dikerjakan"


def test_nobody_approves_their_own_answer(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.AWAITING_VALIDATION, cast)
    with refused(NotAllowed, report):
        steps.approve(report, by=cast.liaison, now=now + 4 * HOUR)


@pytest.mark.parametrize("role", [Role.RESPONSE_VALIDATOR, Role.AGENCY_ADMIN])
def test_not_even_with_a_post_that_may_approve(cast: Cast, now: datetime, role: Role) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    person, validator, another = cast.person(Role.LIAISON, "dinas-pupr"), cast.person(role), cast.validator
    Post.objects.create(person=person, role=role, agency_id=validator.posts.get().agency_id)
    both = actor_of(person)
    steps.propose_answer(report, by=both, text="Beres.", outcome="answered", now=now + 3 * HOUR)
    with refused(NotAllowed, report):
        steps.approve(report, by=both, now=now + 4 * HOUR)
    with refused(NotAllowed, report):
        steps.return_answer(report, by=both, text="Kurang.", now=now + 4 * HOUR)
    steps.approve(report, by=another, now=now + 5 * HOUR)


def test_but_with_it_they_approve_somebody_elses(cast: Cast, now: datetime) -> None:
    report, handler = bring(make_report(now), State.IN_PROGRESS, cast), cast.handler
    person, validator = cast.person(Role.LIAISON, "dinas-pupr"), cast.person(Role.RESPONSE_VALIDATOR)
    Post.objects.create(person=person, role=Role.RESPONSE_VALIDATOR, agency_id=validator.posts.get().agency_id)
    steps.propose_answer(report, by=handler, text="Beres.", outcome="answered", now=now + 3 * HOUR)
    steps.approve(report, by=actor_of(person), now=now + 4 * HOUR)
    assert fresh(report).state == "answered"


def test_the_author_is_who_wrote_the_last_answer(cast: Cast, now: datetime) -> None:
    """A first draft by somebody else does not make the second writer a second person."""
    report = bring(make_report(now), State.AWAITING_VALIDATION, cast)  # the liaison's
    person = cast.person(Role.RESPONSE_VALIDATOR)
    assert report.holder_id is not None
    Post.objects.create(person=person, role=Role.UNIT_HANDLER, agency_id=report.holder_id)
    both = actor_of(person)
    steps.return_answer(report, by=both, text="Kurang.", now=now + 4 * HOUR)
    steps.propose_answer(report, by=both, text="Saya tulis sendiri.", outcome="answered", now=now + 5 * HOUR)
    with refused(NotAllowed, report):
        steps.approve(report, by=both, now=now + 6 * HOUR)


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.AWAITING_VALIDATION, cast)
    assert who_may(Act.APPROVE, report, cast, made, now + 9 * HOUR) == DESK_ADMINS | {"validator"}


@pytest.mark.parametrize("state", [State.IN_PROGRESS, State.ANSWERED, State.CLOSED])
def test_not_now(cast: Cast, now: datetime, state: State) -> None:
    report = bring(make_report(now), state, cast)
    with refused(WrongState, report):
        steps.approve(report, by=cast.validator, now=now + 9 * HOUR)
