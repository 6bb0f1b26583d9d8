"""Taking a report out of the hand of the one it was merged into."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.merged import join, make_cluster, standing
from tests.steps.seen import DAY, HOUR, clock, fresh, last, published, refused, running, told
from tuntas import steps
from tuntas.kit.errors import NotAllowed, WrongState
from tuntas.publications.models import Joined
from tuntas.reports.models import Merged
from tuntas.rules.life import Promise, State


@pytest.mark.parametrize("state", [State.SUBMITTED, State.DISPATCHED, State.IN_PROGRESS, State.SCHEDULED])
@pytest.mark.parametrize("of_lead", [State.IN_PROGRESS, State.SCHEDULED, State.FORWARDED_EXTERNAL])
def test_it_gets_back_all_it_was(cast: Cast, now: datetime, state: State, of_lead: State) -> None:
    made, lead = make_report(now, email="ani@mail.example"), make_report(now)
    bring(made, state, cast)
    bring(lead, of_lead, cast)
    before = standing(made.report)
    join(made, lead, cast, now + 9 * HOUR)
    at = now + 10 * HOUR
    steps.unmerge(made.report, by=cast.desk, now=at)
    assert standing(made.report) == before
    assert (fresh(lead.report).merged_count, fresh(lead.report).follower_count) == (0, 0)
    assert published(made.report) is not None
    assert not Joined.objects.exists()
    assert not Merged.objects.exists()
    assert last(made.report).data == {"into": lead.report.number}
    assert ("news", "ani@mail.example") in told(made.report, at)


def test_what_was_kept_meanwhile_stays_kept(cast: Cast, now: datetime) -> None:
    lead, (one,) = make_cluster(cast, now, 1)
    due = clock(one.report, Promise.ANSWER).due_at
    steps.dispatch(lead.report, by=cast.desk, agency="dinas-pupr", now=now + HOUR)
    steps.start(lead.report, by=cast.liaison, text="Besok kami ukur.", now=now + 2 * HOUR)
    steps.unmerge(one.report, by=cast.desk, now=now + 3 * HOUR)
    answer = clock(one.report, Promise.ANSWER)
    assert (answer.due_at, answer.kept_at) == (due, now + 2 * HOUR)
    assert (fresh(one.report).state, fresh(one.report).holder_id) == (State.SUBMITTED, None)
    assert running(one.report) == {Promise.VERIFY}, "somebody owes it to look at it again"
    assert clock(one.report, Promise.VERIFY).started_at == now + 3 * HOUR


def test_what_was_missed_meanwhile_stays_missed(cast: Cast, now: datetime) -> None:
    lead, (one,) = make_cluster(cast, now, 1)
    steps.dispatch(lead.report, by=cast.desk, agency="dinas-pupr", now=now + HOUR)
    while steps.miss_next(now=now + 60 * DAY):
        pass
    steps.unmerge(one.report, by=cast.desk, now=now + 60 * DAY)
    missed = set(one.report.deadlines.filter(missed_at__isnull=False).values_list("promise", flat=True))
    assert missed == {Promise.ANSWER, Promise.RESPOND, Promise.RESOLVE}
    assert running(one.report) == {Promise.ANSWER, Promise.VERIFY}, "what began with the merge is owed no more"


def test_an_answer_that_was_given_to_all_is_not_its_answer(cast: Cast, now: datetime) -> None:
    lead, (one,) = make_cluster(cast, now, 1)
    bring(lead, State.ANSWERED, cast)
    assert fresh(one.report).state == State.ANSWERED
    steps.unmerge(one.report, by=cast.desk, now=now + 9 * HOUR)
    assert (fresh(one.report).state, fresh(one.report).close_outcome) == (State.SUBMITTED, "")
    assert Promise.REPORTER_WINDOW not in running(one.report)


def test_who_may_not_and_what_is_not_merged(cast: Cast, now: datetime) -> None:
    lead, (one,) = make_cluster(cast, now, 1)
    for by in (cast.liaison, cast.validator, one.reporter):
        with refused(NotAllowed, one.report):
            steps.unmerge(one.report, by=by, now=now + HOUR)
    with refused(WrongState, lead.report):
        steps.unmerge(lead.report, by=cast.desk, now=now + HOUR)
    steps.unmerge(one.report, by=cast.desk, now=now + HOUR)
    with refused(WrongState, one.report):
        steps.unmerge(one.report, by=cast.desk, now=now + HOUR)


def test_it_can_be_merged_again(cast: Cast, now: datetime) -> None:
    lead, (one,) = make_cluster(cast, now, 1)
    steps.unmerge(one.report, by=cast.desk, now=now + HOUR)
    join(one, lead, cast, now + 2 * HOUR)
    assert fresh(one.report).is_led
    assert Joined.objects.get().into == lead.report.number
