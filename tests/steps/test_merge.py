"""Merging a report into another about the same matter."""

from datetime import datetime, timedelta

import pytest

from tests.cast import Cast
from tests.make import Made, bring, make_held, make_report, make_restricted, refuse_three_times
from tests.steps.merged import join, make_cluster
from tests.steps.seen import HOUR, clock, fresh, last, published, refused, running, told
from tuntas import steps
from tuntas.kit.errors import Invalid, NotAllowed, WrongState
from tuntas.publications.models import Joined
from tuntas.publications.queries import publication_named
from tuntas.reports.models import Follower
from tuntas.rules.life import Promise, State
from tuntas.rules.who import STRANGER, Role
from tuntas.steps.submit import Story

MERGED_FROM = [State.SUBMITTED, State.DISPATCHED, State.IN_PROGRESS, State.SCHEDULED]


def test_the_desk_alone_merges(cast: Cast, now: datetime) -> None:
    made, lead = make_report(now), make_report(now)
    for by in (cast.liaison, cast.actor(Role.NATIONAL_ADMIN), cast.inspector, made.reporter):
        with refused(NotAllowed, made.report):
            steps.merge(made.report, by=by, into=lead.report.name, now=now + HOUR)
    steps.merge(made.report, by=cast.actor(Role.ASSISTANT_ADMIN), into=lead.report.name, now=now + HOUR)
    assert fresh(made.report).is_led


@pytest.mark.parametrize("of_lead", [*MERGED_FROM, State.FORWARDED_EXTERNAL])
def test_it_stands_where_its_lead_stands_and_keeps_what_is_its_own(cast: Cast, now: datetime, of_lead: State) -> None:
    lead, made = make_report(now), make_report(now + HOUR, email="ani@mail.example")
    at = now + 9 * HOUR
    bring(lead, of_lead, cast)
    due = clock(made.report, Promise.ANSWER).due_at
    join(made, lead, cast, at)
    report, first = fresh(made.report), fresh(lead.report)
    assert (report.state, report.holder_id) == (of_lead, first.holder_id)
    assert (report.is_led, report.merged_into_id, first.merged_count) == (True, first.pk, 1)
    assert (report.number, report.code_hash, report.rating) == (made.report.number, made.report.code_hash, None)
    assert (clock(report, Promise.ANSWER).due_at, Promise.ANSWER in running(report)) == (due, True)
    assert (Promise.RESOLVE in running(report)) == (Promise.RESOLVE in running(first))
    assert last(report).data == {"into": first.number, "to_agency": "dinas-pupr" if first.holder_id else ""}
    assert ("news", "ani@mail.example") in told(report, at)


@pytest.mark.parametrize("state", MERGED_FROM)
def test_no_instant_moves_wherever_it_stood(cast: Cast, now: datetime, state: State) -> None:
    made, lead = make_report(now), make_report(now)
    bring(made, state, cast)
    bring(lead, State.IN_PROGRESS, cast)
    before = {c.promise: (c.started_at, c.due_at) for c in made.report.deadlines.all()}
    join(made, lead, cast, now + 9 * HOUR)
    after = {c.promise: (c.started_at, c.due_at) for c in made.report.deadlines.all() if c.promise in before}
    assert after == before


def test_a_day_that_was_promised_is_promised_to_all(cast: Cast, now: datetime) -> None:
    lead, made = make_report(now), make_report(now)
    bring(lead, State.SCHEDULED, cast)
    join(made, lead, cast, now + 9 * HOUR)
    assert clock(made.report, Promise.SCHEDULED).due_at == clock(lead.report, Promise.SCHEDULED).due_at


def test_while_the_leads_reporter_is_asked_others_stand_where_it_stood(cast: Cast, now: datetime) -> None:
    lead, made = make_report(now), make_report(now)
    bring(lead, State.IN_PROGRESS, cast)
    steps.ask(lead.report, by=cast.desk, text="Di sebelah mana?", now=now + 4 * HOUR)
    join(made, lead, cast, now + 9 * HOUR)
    assert fresh(made.report).state == State.IN_PROGRESS
    assert clock(made.report, Promise.ANSWER).due_at is not None


def test_everybody_sees_one_matter_and_how_many_stand_behind_it(cast: Cast, now: datetime) -> None:
    lead, (one, other) = make_cluster(cast, now)
    assert fresh(lead.report).follower_count == 2
    public = published(lead.report)
    assert public is not None
    assert public.followers == 2
    assert published(one.report) is None, "it is on no list"
    found = publication_named(one.report.name)
    assert isinstance(found, Joined)
    assert (found.into, found.state) == (lead.report.number, State.SUBMITTED)
    assert Follower.objects.filter(own_report=other.report).count() == 1


def test_who_followed_already_is_counted_once(cast: Cast, now: datetime) -> None:
    lead = make_report(now)
    same = steps.submit(Story(body="Sama, di sini juga.", supports=lead.report.number), by=STRANGER, now=now)
    steps.merge(same.report, by=cast.desk, into=lead.report.name, now=now + HOUR)
    assert (fresh(lead.report).follower_count, lead.report.followers.count()) == (1, 1)


def test_what_cannot_be_merged(cast: Cast, now: datetime) -> None:
    made, at = make_report(now), now + 9 * HOUR
    lead, (member,) = make_cluster(cast, now, 1)
    third = make_report(now)
    leads: dict[str, Made] = {
        "itself": made,
        "led": member,
        "secret": make_report(now, is_secret=True),
        "held": make_held(now),
        "over": make_report(now),
        "answered": make_report(now),
        "offered": make_report(now),
    }
    bring(leads["over"], State.CLOSED, cast)
    bring(leads["answered"], State.ANSWERED, cast)
    bring(leads["offered"], State.TRANSFER_PENDING, cast)
    for name in [*(fresh(each.report).name for each in leads.values()), make_restricted(now).report.name, "25-999999"]:
        with refused(Invalid, made.report, "/into"):
            steps.merge(made.report, by=cast.desk, into=name, now=at)
    with refused(Invalid, lead.report, "/into"):  # others go along with it
        steps.merge(lead.report, by=cast.desk, into=third.report.name, now=at)
    bring(made, State.DISPATCHED, cast)
    with refused(Invalid, made.report, "/into"):  # that one is behind
        steps.merge(made.report, by=cast.desk, into=third.report.name, now=at)


@pytest.mark.parametrize("state", [State.NEEDS_INFO, State.AWAITING_VALIDATION, State.ANSWERED, State.CLOSED])
def test_where_its_reporter_has_a_word_first_it_is_not_merged(cast: Cast, now: datetime, state: State) -> None:
    made, lead = make_report(now), make_report(now)
    bring(made, state, cast)
    bring(lead, State.IN_PROGRESS, cast)
    with refused(WrongState, made.report):
        join(made, lead, cast, now + 9 * HOUR)


def test_at_the_arbiter_nothing_is_merged_into_it(cast: Cast, now: datetime) -> None:
    made, lead = make_report(now), make_report(now)
    refuse_three_times(bring(lead, State.DISPATCHED, cast), cast, now)
    with refused(Invalid, made.report, "/into"):
        join(made, lead, cast, now + 9 * HOUR)


def test_what_was_done_before_is_no_longer_taken_back(cast: Cast, now: datetime) -> None:
    lead, made = make_report(now), make_report(now)
    steps.dispatch(lead.report, by=cast.desk, agency="dinas-pupr", now=now + HOUR)
    join(made, lead, cast, now + HOUR + timedelta(seconds=3))
    with refused(WrongState, lead.report):
        steps.recall(lead.report, by=cast.desk, now=now + HOUR + timedelta(seconds=5))
