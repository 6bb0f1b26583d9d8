"""What happens to a report happens to those that were merged into it; what a reporter does is theirs alone."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.make import Made, bring, make_report
from tests.steps.merged import join, make_cluster, states
from tests.steps.seen import DAY, HOUR, clock, do, fresh, last, photo, published, refused, running, told
from tuntas import steps
from tuntas.kit.errors import WrongState
from tuntas.kit.words import Language
from tuntas.reports.models import Referral
from tuntas.reports.told import track_view
from tuntas.rules.led import DONE_BY_ITSELF, LEAVES, WALKED_ALONG
from tuntas.rules.life import Act, Promise, State, acts_of


def messages(made: Made, now: datetime) -> list[str]:
    view = track_view(fresh(made.report), language=Language.ID, now=now)
    return [message["text"] for message in view["messages"]] + [answer["text"] for answer in view["answers"]]


def test_the_names_are_acts() -> None:
    assert set(Act) >= WALKED_ALONG | DONE_BY_ITSELF | LEAVES
    assert not WALKED_ALONG & DONE_BY_ITSELF


def test_one_answer_for_all_and_each_is_told(cast: Cast, now: datetime) -> None:
    lead, others = make_cluster(cast, now, 3, email="lead@mail.example")
    steps.dispatch(lead.report, by=cast.desk, agency="dinas-pupr", now=now + HOUR)
    steps.start(lead.report, by=cast.liaison, text="Besok kami ukur.", now=now + 2 * HOUR)
    for one in others:
        assert clock(one.report, Promise.ANSWER).kept_at == now + 2 * HOUR
        assert running(one.report) == running(lead.report)
    steps.propose_answer(
        lead.report, by=cast.liaison, text="Sudah ditambal.", outcome="fixed", file_ids=[photo(now)], now=now + 3 * HOUR
    )
    at = now + 4 * HOUR
    steps.approve(lead.report, by=cast.validator, now=at)
    assert states(lead, *others) == [State.ANSWERED] * 4
    for n, one in enumerate(others):
        assert {"Besok kami ukur.", "Sudah ditambal."} <= set(messages(one, at))
        assert ("answered", f"warga{n}@mail.example") in told(one.report, at)
        assert (fresh(one.report).close_outcome, last(one.report).data["lead"]) == ("fixed", lead.report.number)
        assert clock(one.report, Promise.REPORTER_WINDOW).due_at == clock(lead.report, Promise.REPORTER_WINDOW).due_at
    staff = {name for _, name in told(others[0].report, now)}
    assert staff == {"warga0@mail.example"}, "who works on it hears of the lead alone"


def test_each_rates_for_themselves(cast: Cast, now: datetime) -> None:
    lead, (one, two, three) = make_cluster(cast, now, 3)
    bring(lead, State.ANSWERED, cast)
    at = now + 9 * HOUR
    steps.rate(one.report, by=one.reporter, rating=4, now=at)
    steps.rate(two.report, by=two.reporter, rating=1, text="Masih berlubang.", now=at)
    assert states(lead, one, two, three) == [State.ANSWERED, State.CLOSED, State.IN_PROGRESS, State.ANSWERED]
    assert [fresh(each.report).is_led for each in (one, two, three)] == [False, False, True]
    assert fresh(two.report).merged_into_id == lead.report.pk, "that stays a fact"
    assert published(two.report) is not None, "it is a report like any other again"
    steps.propose_answer(two.report, by=cast.liaison, text="Ditambal lagi.", outcome="answered", now=at + HOUR)
    steps.approve(two.report, by=cast.validator, now=at + 2 * HOUR)
    assert "Ditambal lagi." not in messages(one, at + DAY) + messages(lead, at + DAY)


@pytest.mark.parametrize("act", [Act.REPLY, Act.RATE, Act.REOPEN])
def test_what_the_leads_own_reporter_does_is_not_the_others_wish(cast: Cast, now: datetime, act: Act) -> None:
    lead, (one, two) = make_cluster(cast, now)
    bring(lead, State.ANSWERED, cast)
    do(act, lead.report, by=lead.reporter, now=now + 9 * HOUR)
    assert states(one, two) == [State.ANSWERED] * 2
    assert not fresh(one.report).is_led
    steps.rate(one.report, by=one.reporter, rating=3, now=now + 10 * HOUR)
    assert states(one, two) == [State.CLOSED, State.ANSWERED]


def test_a_lead_that_is_withdrawn_leaves_the_others_where_they_are(cast: Cast, now: datetime) -> None:
    lead, (one, two) = make_cluster(cast, now)
    bring(lead, State.IN_PROGRESS, cast)
    steps.withdraw(lead.report, by=lead.reporter, text="Sudah tidak perlu.", now=now + 9 * HOUR)
    assert states(lead, one, two) == [State.ARCHIVED, State.IN_PROGRESS, State.IN_PROGRESS]
    assert Promise.RESOLVE in running(one.report)
    steps.propose_answer(one.report, by=cast.liaison, text="Sudah ditambal.", outcome="answered", now=now + 10 * HOUR)
    assert states(one, two) == [State.AWAITING_VALIDATION, State.IN_PROGRESS]


def test_a_question_to_the_leads_reporter_holds_up_nobody_else(cast: Cast, now: datetime) -> None:
    lead, (one, two) = make_cluster(cast, now)
    due = clock(one.report, Promise.ANSWER).due_at
    steps.ask(lead.report, by=cast.desk, text="Di sebelah mana?", now=now + HOUR)
    assert states(lead, one, two) == [State.NEEDS_INFO, State.SUBMITTED, State.SUBMITTED]
    assert clock(one.report, Promise.ANSWER).due_at == due
    while steps.miss_next(now=now + 40 * DAY):
        pass
    assert states(lead, one, two) == [State.ARCHIVED, State.SUBMITTED, State.SUBMITTED]
    assert not fresh(one.report).is_led


@pytest.mark.parametrize("state", [State.SUBMITTED, State.DISPATCHED, State.IN_PROGRESS, State.ANSWERED])
def test_staff_does_it_on_the_lead(cast: Cast, now: datetime, state: State) -> None:
    lead, (one,) = make_cluster(cast, now, 1)
    bring(lead, state, cast)
    report = fresh(one.report)
    assert set(acts_of(cast.desk, report)) <= set(DONE_BY_ITSELF)
    assert {Act.NOTE, Act.UNMERGE} <= set(acts_of(cast.desk, report))
    assert not set(acts_of(cast.liaison, report)) & WALKED_ALONG
    assert Act.WITHDRAW in acts_of(one.reporter, report)
    with refused(WrongState, report):
        steps.inform(report, by=cast.desk, text="Kami periksa.", now=now + 9 * HOUR)


def test_it_is_handed_on_together(cast: Cast, now: datetime) -> None:
    lead, (one, two) = make_cluster(cast, now)
    bring(lead, State.TRANSFER_PENDING, cast)
    assert states(one, two) == [State.TRANSFER_PENDING] * 2
    steps.accept_transfer(lead.report, by=cast.other_liaison, now=now + 9 * HOUR)
    first, other = fresh(lead.report), fresh(two.report)
    assert (other.state, other.holder_id, other.hop_count) == (State.DISPATCHED, first.holder_id, first.hop_count)
    assert running(other) == running(first)


def test_silence_on_an_offer_is_counted_once(cast: Cast, now: datetime) -> None:
    lead, (one,) = make_cluster(cast, now, 1)
    bring(lead, State.TRANSFER_PENDING, cast)
    while steps.miss_next(now=now + 5 * DAY):
        pass
    assert states(lead, one) == [State.DISPATCHED] * 2
    assert fresh(one.report).refusal_count == 1
    assert Promise.TRANSFER not in running(one.report)
    declined = [event.by_id for event in one.report.events.filter(act=Act.DECLINE_TRANSFER)]
    assert declined == [None]


def test_outside_news_reaches_all(cast: Cast, now: datetime) -> None:
    lead, (one,) = make_cluster(cast, now, 1)
    bring(lead, State.FORWARDED_EXTERNAL, cast)
    assert Referral.objects.get(report=one.report).body_name == "PLN UP3 Bogor"
    on = (now + timedelta(days=12)).date()
    steps.outside_news(lead.report, by=cast.desk, text="Masih antre.", next_news_on=on, external_id="A7", now=now + DAY)
    own = Referral.objects.get(report=one.report)
    assert (own.next_news_on, own.external_number) == (on, "A7")
    assert clock(one.report, Promise.OUTSIDE_NEWS).due_at == clock(lead.report, Promise.OUTSIDE_NEWS).due_at
    steps.outside_news(lead.report, by=cast.desk, text="Beres.", outcome="answered", now=now + 2 * DAY)
    assert states(lead, one) == [State.ANSWERED] * 2
    assert "Beres." in messages(one, now + 2 * DAY)


def test_a_promised_day_is_everybodys(cast: Cast, now: datetime) -> None:
    lead, (one,) = make_cluster(cast, now, 1)
    bring(lead, State.SCHEDULED, cast)
    assert clock(one.report, Promise.SCHEDULED).due_at == clock(lead.report, Promise.SCHEDULED).due_at
    steps.resume(lead.report, by=cast.liaison, now=now + DAY)
    assert clock(one.report, Promise.SCHEDULED).kept_at == now + DAY


def test_its_own_missed_answer_has_a_cause(cast: Cast, now: datetime) -> None:
    lead, (one,) = make_cluster(cast, now, 1)
    late = now + 3 * DAY
    steps.inform(lead.report, by=cast.desk, text="Maaf, terlambat.", late_cause="volume", now=late)
    assert clock(one.report, Promise.ANSWER).cause == "volume"


def test_a_cause_that_only_one_needs_is_another(cast: Cast, now: datetime) -> None:
    lead, one = make_report(now + 2 * DAY), make_report(now)
    join(one, lead, cast, now + 2 * DAY + HOUR)
    steps.inform(lead.report, by=cast.desk, text="Kami periksa.", now=now + 2 * DAY + 2 * HOUR)
    assert (clock(one.report, Promise.ANSWER).cause, clock(lead.report, Promise.ANSWER).cause) == ("other", "")


def test_what_is_undone_within_seconds_is_undone_for_all(cast: Cast, now: datetime) -> None:
    lead, (one,) = make_cluster(cast, now, 1)
    at = now + HOUR
    before = {c.promise: (c.due_at, c.kept_at) for c in one.report.deadlines.all()}
    steps.dispatch(lead.report, by=cast.desk, agency="dinas-pupr", now=at)
    assert states(one) == [State.DISPATCHED]
    steps.recall(lead.report, by=cast.desk, now=at + timedelta(seconds=5))
    assert states(lead, one) == [State.SUBMITTED] * 2
    assert {c.promise: (c.due_at, c.kept_at) for c in one.report.deadlines.all()} == before
    assert not told(one.report, at)
    assert fresh(one.report).is_led


def test_a_dispatch_is_called_back_for_all(cast: Cast, now: datetime) -> None:
    lead, (one,) = make_cluster(cast, now, 1)
    steps.dispatch(lead.report, by=cast.desk, agency="dinas-pupr", now=now + HOUR)
    steps.supplement(one.report, by=one.reporter, text="Di depan pasar.", now=now + 2 * HOUR)
    steps.recall(lead.report, by=cast.desk, now=now + 3 * HOUR)
    assert states(lead, one) == [State.SUBMITTED] * 2
    assert running(one.report) == {Promise.ANSWER, Promise.VERIFY}


def test_the_desk_closes_and_opens_again_together(cast: Cast, now: datetime) -> None:
    lead, (one,) = make_cluster(cast, now, 1)
    bring(lead, State.ANSWERED, cast)
    steps.close(lead.report, by=cast.desk, outcome="answered", text="Sudah dijawab.", now=now + DAY)
    assert states(lead, one) == [State.CLOSED] * 2
    assert published(one.report) is not None, "once it has ended it stands by itself"
    steps.reopen(lead.report, by=cast.desk, text="Ternyata belum.", now=now + 2 * DAY)
    assert states(lead, one) == [State.IN_PROGRESS] * 2
    assert fresh(one.report).reopen_count == 1


def test_each_has_a_window_of_its_own(cast: Cast, now: datetime) -> None:
    lead, (one,) = make_cluster(cast, now, 1)
    bring(lead, State.ANSWERED, cast)
    while steps.miss_next(now=now + 60 * DAY):
        pass
    assert states(lead, one) == [State.CLOSED] * 2
    assert [fresh(each.report).closed_by for each in (lead, one)] == ["system"] * 2
    closes = [event.data.get("lead") for event in one.report.events.filter(act=Act.CLOSE)]
    assert closes == [None]


def test_an_ordinary_report_pays_nothing(cast: Cast, now: datetime) -> None:
    """Of a report that nothing was merged into nothing is asked."""
    report = make_report(now).report
    with CaptureQueriesContext(connection) as asked:
        steps.inform(report, by=cast.desk, text="Kami periksa.", now=now + HOUR)
    words = " ".join(query["sql"] for query in asked)
    assert "reports_merged" not in words
    assert "publications_joined" not in words
    assert words.count('FROM "reports_report"') == 1, "its own lock"
