"""Settling whose a report is, once nobody took it three times."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.make import bring, make_report, refuse_three_times
from tests.steps.seen import DAY, HOUR, clock, fresh, last, published, refused, running, told, who_may
from tests.tiers import NATIONAL, PROVINCIAL, Tiers, make_tiers
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid, NotAllowed, WrongState
from tuntas.reports.models import Deadline, Report
from tuntas.rules.life import Act, Promise, State
from tuntas.rules.who import Actor, Role

BECAUSE: dict[str, Any] = {"reason_code": "not_authority", "text": "Bukan urusan kami."}
WORK = (Promise.ANSWER, Promise.RESPOND, Promise.RESOLVE)


@pytest.fixture
def arbiter(cast: Cast) -> Actor:
    return cast.actor(Role.ARBITER)


@pytest.fixture
def tiers(cast: Cast, changed_profile: None) -> Tiers:
    return make_tiers(cast)


def offer(report: Report, by: Actor, agency: str | None, now: datetime, **more: Any) -> None:
    steps.transfer(report, by=by, agency=agency, now=now, **(BECAUSE | more))


def decline(report: Report, by: Actor, now: datetime) -> None:
    steps.decline_transfer(report, by=by, now=now, **BECAUSE)


def owed(report: Report) -> dict[str, tuple[int, datetime | None]]:
    return {c.promise: (c.pk, c.due_at) for c in Deadline.objects.running().filter(report=report, promise__in=WORK)}


# Refused once, twice, three times


@pytest.mark.parametrize("state", [State.DISPATCHED, State.IN_PROGRESS])
def test_after_two_refusals_only_the_desk_offers_it(cast: Cast, now: datetime, state: State) -> None:
    report = bring(make_report(now), state, cast)
    for n in range(2):
        offer(report, cast.liaison, "dlh", now + (3 + n) * HOUR)
        decline(report, cast.other_liaison, now + (3 + n) * HOUR + timedelta(minutes=9))
    report = fresh(report)
    assert (report.state, report.refusal_count, report.awaits_arbiter) == (state, 2, False)
    assert last(report).data == {"reason_code": "not_authority", "refusals": 2}
    assert {name for _, name in told(report, now + 4 * HOUR)} >= {"dewi", "hendra", "yuni", "bagas"}
    with refused(WrongState, report):
        offer(report, cast.liaison, "dishub", now + 5 * HOUR)
    with refused(WrongState, report):
        offer(report, cast.liaison, None, now + 5 * HOUR)
    offer(report, cast.desk, "dishub", now + 5 * HOUR)
    assert fresh(report).state == State.TRANSFER_PENDING


def test_a_hand_that_takes_it_ends_the_counting(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.TRANSFER_PENDING, cast)
    decline(report, cast.other_liaison, now + 3 * HOUR)
    offer(report, cast.liaison, "dlh", now + 4 * HOUR)
    steps.accept_transfer(report, by=cast.other_liaison, now=now + 5 * HOUR)
    assert fresh(report).refusal_count == 0
    offer(report, cast.other_liaison, "dishub", now + 6 * HOUR)


def test_the_third_refusal_brings_the_arbiter_with_a_clock_of_its_own(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now, email="sari@mail.example"), State.IN_PROGRESS, cast)
    before = owed(report)
    report = refuse_three_times(report, cast, now + HOUR)
    assert (report.state, report.awaits_arbiter, report.offered_to_id) == (State.TRANSFER_PENDING, True, None)
    assert installation().slug_of(report.holder_id) == "dinas-pupr", "the sender keeps it"
    assert owed(report) == before
    assert running(report) == {*before, Promise.ARBITRATE}
    assert clock(report, Promise.ARBITRATE).started_at == last(report).at
    assert (last(report).act, last(report).to, last(report).data["refusals"]) == ("decline_transfer", report.state, 3)
    assert ("work", "endang") in told(report, last(report).at)
    publication = published(report)
    assert publication is not None
    assert (publication.holder, publication.thread["timeline"][-1]["refusals"]) == ("dinas-pupr", 3)


def test_whoever_was_offered_it_before_has_nothing_more_to_say(cast: Cast, now: datetime) -> None:
    report = refuse_three_times(bring(make_report(now), State.DISPATCHED, cast), cast, now)
    for by in (cast.other_liaison, cast.desk):
        with refused(NotAllowed, report):
            steps.accept_transfer(report, by=by, now=now + 9 * HOUR)
        with refused(NotAllowed, report):
            decline(report, by, now + 9 * HOUR)
    with refused(WrongState, report):
        offer(report, cast.desk, "dlh", now + 9 * HOUR)


# The arbiter's word


def test_the_word_binds_and_no_clock_starts_anew(cast: Cast, now: datetime, arbiter: Actor) -> None:
    report = bring(make_report(now, email="sari@mail.example"), State.IN_PROGRESS, cast)
    before = owed(report)
    refuse_three_times(report, cast, now + HOUR)
    steps.arbitrate(report, by=arbiter, agency="dlh", text="Salurannya milik DLH.", now=now + 9 * HOUR)
    report, event = fresh(report), last(report)
    assert (report.state, installation().slug_of(report.holder_id)) == (State.DISPATCHED, "dlh")
    assert (report.hop_count, report.refusal_count) == (1, 0)
    assert (report.awaits_arbiter, report.is_arbitrated, report.transferred_from) == (False, True, "")
    assert (event.act, event.data) == ("arbitrate", {"to_agency": "dlh"})
    assert owed(report) == before
    assert clock(report, Promise.ARBITRATE).kept_at == now + 9 * HOUR
    assert told(report, now + 9 * HOUR) == {
        *(("work", name) for name in ("lina", "dewi", "hendra", "yuni", "bagas")),
        ("news", "sari@mail.example"),
    }
    assert "Salurannya" not in str(report.thread)
    publication = published(report)
    assert publication is not None
    assert "Salurannya" not in str(publication.thread)
    assert publication.thread["timeline"][-1]["to_agency"] == "dlh"


def test_who_was_settled_on_cannot_hand_it_on_but_the_desk_can(cast: Cast, now: datetime, arbiter: Actor) -> None:
    report = refuse_three_times(bring(make_report(now), State.DISPATCHED, cast), cast, now)
    steps.arbitrate(report, by=arbiter, agency="dlh", text="DLH.", now=now + 9 * HOUR)
    for agency in ("dishub", None):
        with refused(WrongState, report):
            offer(report, cast.other_liaison, agency, now + 10 * HOUR)
    offer(report, cast.desk, "dishub", now + 10 * HOUR)
    steps.accept_transfer(report, by=cast.actor(Role.LIAISON, "dishub"), now=now + 11 * HOUR)
    assert not fresh(report).is_arbitrated
    offer(report, cast.actor(Role.LIAISON, "dishub"), None, now + 12 * HOUR)


def test_the_holder_itself_can_be_settled_on(cast: Cast, now: datetime, arbiter: Actor) -> None:
    report = refuse_three_times(bring(make_report(now), State.DISPATCHED, cast), cast, now)
    steps.arbitrate(report, by=arbiter, agency="dinas-pupr", text="PUPR.", now=now + 9 * HOUR)
    report = fresh(report)
    assert (report.state, installation().slug_of(report.holder_id)) == (State.DISPATCHED, "dinas-pupr")
    assert last(report).data == {"to_agency": "dinas-pupr"}, "it never gave it away"


def test_a_question_in_between_stops_the_clock_and_changes_nothing(cast: Cast, now: datetime, arbiter: Actor) -> None:
    made = make_report(now)
    report = refuse_three_times(bring(made, State.DISPATCHED, cast), cast, now)
    steps.ask(report, by=cast.desk, text="Di sebelah mana?", now=now + 5 * HOUR)
    assert clock(report, Promise.ARBITRATE).due_at is None
    steps.complete(report, by=made.reporter, text="Depan pasar.", now=now + 6 * HOUR)
    assert fresh(report).awaits_arbiter
    steps.arbitrate(report, by=arbiter, agency="dlh", text="DLH.", now=now + 7 * HOUR)


def test_withdrawn_meanwhile_nobody_waits_for_a_word(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = refuse_three_times(bring(made, State.DISPATCHED, cast), cast, now)
    steps.withdraw(report, by=made.reporter, text="Sudah beres.", now=now + 5 * HOUR)
    assert not fresh(report).awaits_arbiter
    assert Promise.ARBITRATE not in running(report)


def test_a_word_that_is_late_is_told_as_late(cast: Cast, now: datetime, arbiter: Actor) -> None:
    report = refuse_three_times(bring(make_report(now), State.DISPATCHED, cast), cast, now)
    late = now + 10 * DAY
    while steps.miss_next(now=late) or steps.climb_next(now=late):
        pass
    assert clock(report, Promise.ARBITRATE).missed_at is not None
    assert "endang" in {name for _, name in told(report, late)}
    assert fresh(report).awaits_arbiter, "a missed clock changes no state"
    steps.arbitrate(report, by=arbiter, agency="dlh", text="DLH.", now=late + HOUR)
    assert clock(report, Promise.ARBITRATE).kept_at == late + HOUR


# Who, and what is refused


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = refuse_three_times(bring(made, State.DISPATCHED, cast), cast, now)
    assert who_may(Act.ARBITRATE, report, cast, made, now + 9 * HOUR) == {"arbiter"}


def test_the_arbiter_reads_it_while_it_waits_and_only_then(cast: Cast, now: datetime, arbiter: Actor) -> None:
    report = bring(make_report(now, is_secret=True), State.DISPATCHED, cast)
    reads = Report.objects.visible_to(arbiter).filter(pk=report.pk)
    assert not reads.exists()
    refuse_three_times(report, cast, now)
    assert reads.exists()
    steps.arbitrate(report, by=arbiter, agency="dlh", text="DLH.", now=now + 9 * HOUR)
    assert not reads.exists()


@pytest.mark.parametrize("state", [State.SUBMITTED, State.DISPATCHED, State.TRANSFER_PENDING])
def test_not_before_it_is_asked_for(cast: Cast, now: datetime, arbiter: Actor, state: State) -> None:
    report = bring(make_report(now), state, cast)
    with refused(NotAllowed, report):
        steps.arbitrate(report, by=arbiter, agency="dlh", text="DLH.", now=now + 9 * HOUR)


@pytest.mark.parametrize(
    ("given", "pointer"),
    [({"agency": "tidak-ada"}, "/agency"), ({"agency": "bpbd"}, "/agency"), ({"text": " "}, "/text")],
)
def test_bad_input_names_its_field(cast: Cast, now: datetime, arbiter: Actor, given: Any, pointer: str) -> None:
    report = refuse_three_times(bring(make_report(now), State.DISPATCHED, cast), cast, now)
    body = {"agency": "dlh", "text": "DLH."} | given
    with refused(Invalid, report, pointer):
        steps.arbitrate(report, by=arbiter, now=now + 9 * HOUR, **body)


# Silence


def test_an_offer_nobody_answers_is_refused_by_the_system_in_time(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    before = owed(report)
    offer(report, cast.liaison, "dlh", now + 3 * HOUR)
    due = clock(report, Promise.TRANSFER).due_at
    assert due is not None
    while steps.miss_next(now=due):
        pass
    assert fresh(report).state == State.TRANSFER_PENDING, "until the last instant it may be taken"
    while steps.miss_next(now=due + HOUR):
        pass
    report, event = fresh(report), last(report)
    assert (report.state, report.offered_to_id, report.refusal_count) == (State.IN_PROGRESS, None, 1)
    assert (event.act, event.voice, event.text) == ("decline_transfer", "system", "")
    assert event.data == {"reason_code": "no_answer", "refusals": 1, "to_agency": "dlh"}
    silent = clock(report, Promise.TRANSFER)
    assert (silent.missed_at, silent.kept_at, silent.ended_at) == (due, None, due + HOUR)
    assert {c.promise: c.pk for c in report.deadlines.running() if c.promise in WORK} == {
        promise: pk for promise, (pk, _) in before.items()
    }
    assert {("work", "dewi"), ("work", "rudi")} <= told(report, due + HOUR)


def test_three_times_silence_brings_the_arbiter(cast: Cast, now: datetime, arbiter: Actor) -> None:
    report, at = bring(make_report(now), State.DISPATCHED, cast), now + 3 * HOUR
    for by in (cast.liaison, cast.liaison, cast.desk):
        offer(report, by, "dlh", at)
        at += 5 * DAY
        while steps.miss_next(now=at):
            pass
    report = fresh(report)
    assert (report.awaits_arbiter, report.state) == (True, State.TRANSFER_PENDING)
    assert Promise.TRANSFER not in running(report)
    assert clock(report, Promise.ARBITRATE).started_at == at
    steps.arbitrate(report, by=arbiter, agency="dlh", text="DLH.", now=at + HOUR)


def test_a_question_asked_after_the_time_ran_out_forgives_no_silence(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.TRANSFER_PENDING, cast)
    due = clock(report, Promise.TRANSFER).due_at
    assert due is not None
    steps.ask(report, by=cast.desk, text="Di mana?", now=due + timedelta(seconds=20))  # before the job came by
    steps.complete(report, by=made.reporter, text="Di pasar.", now=due + HOUR)
    while steps.miss_next(now=due + 2 * HOUR):
        pass
    assert fresh(report).state == State.DISPATCHED


# An owner who had it before


def test_who_had_it_gets_it_again_only_in_the_open(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.TRANSFER_PENDING, cast)
    steps.accept_transfer(report, by=cast.other_liaison, now=now + 3 * HOUR)
    with refused(Invalid, report, "/is_again"):
        offer(report, cast.other_liaison, "dinas-pupr", now + 4 * HOUR)
    offer(report, cast.other_liaison, "dinas-pupr", now + 4 * HOUR, is_again=True)
    report = fresh(report)
    assert last(report).data["again"] is True
    assert report.thread["timeline"][-1]["again"] is True
    publication = published(report)
    assert publication is not None
    assert publication.thread["timeline"][-1]["again"] is True


def test_to_say_again_of_somebody_new_says_nothing(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.DISPATCHED, cast)
    offer(report, cast.liaison, "dlh", now + 2 * HOUR, is_again=True)
    assert "again" not in last(report).data


def test_what_was_undone_within_seconds_was_never_had(cast: Cast, now: datetime) -> None:
    report = make_report(now).report
    steps.dispatch(report, by=cast.desk, agency="dlh", now=now + HOUR)
    steps.recall(report, by=cast.desk, now=now + HOUR + timedelta(seconds=5))
    steps.dispatch(report, by=cast.desk, agency="dinas-pupr", now=now + 2 * HOUR)
    offer(report, cast.liaison, "dlh", now + 3 * HOUR)


def test_sent_again_by_the_desk_it_says_so(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.DISPATCHED, cast)
    offer(report, cast.liaison, None, now + 2 * HOUR)
    steps.accept_transfer(report, by=cast.desk, now=now + 3 * HOUR)
    steps.dispatch(report, by=cast.desk, agency="dinas-pupr", now=now + 4 * HOUR)
    assert last(report).data == {"to_agency": "dinas-pupr", "again": True}


# Across the tiers


def test_it_goes_from_city_to_province_to_ministry_and_back(cast: Cast, now: datetime, tiers: Tiers) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    before, holder = owed(report), "dinas-pupr"
    for n, slug in enumerate((PROVINCIAL, NATIONAL, "dlh")):
        offer(report, tiers.liaisons[holder], slug, now + (3 + 2 * n) * HOUR)
        steps.accept_transfer(report, by=tiers.liaisons[slug], now=now + (4 + 2 * n) * HOUR)
        holder = slug
        assert installation().slug_of(fresh(report).holder_id) == slug
    assert fresh(report).hop_count == 3
    assert owed(report) == before


def test_an_agency_where_nobody_could_take_it_is_refused(cast: Cast, now: datetime, tiers: Tiers) -> None:
    report = bring(make_report(now), State.DISPATCHED, cast)
    for slug in ("provinsi", "bpbd"):
        with refused(Invalid, report, "/agency"):
            offer(report, cast.liaison, slug, now + 3 * HOUR)


def test_the_arbiter_settles_only_on_what_stands_below(cast: Cast, now: datetime, tiers: Tiers) -> None:
    report = refuse_three_times(bring(make_report(now), State.DISPATCHED, cast), cast, now)
    with refused(Invalid, report, "/agency"):
        steps.arbitrate(report, by=tiers.city_arbiter, agency=PROVINCIAL, text="Jalan provinsi.", now=now + 9 * HOUR)
    steps.arbitrate(report, by=tiers.arbiter, agency=PROVINCIAL, text="Jalan provinsi.", now=now + 9 * HOUR)
    assert installation().slug_of(fresh(report).holder_id) == PROVINCIAL


def test_the_arbiter_above_the_holder_is_asked_and_no_other(cast: Cast, now: datetime, tiers: Tiers) -> None:
    report = bring(make_report(now), State.DISPATCHED, cast)
    offer(report, cast.liaison, PROVINCIAL, now + 2 * HOUR)
    steps.accept_transfer(report, by=tiers.liaisons[PROVINCIAL], now=now + 3 * HOUR)
    for n, by in enumerate((tiers.liaisons[PROVINCIAL], tiers.liaisons[PROVINCIAL], cast.desk)):
        offer(report, by, NATIONAL, now + (4 + 2 * n) * HOUR)
        decline(report, tiers.liaisons[NATIONAL], now + (5 + 2 * n) * HOUR)
    with refused(NotAllowed, report):
        steps.arbitrate(report, by=tiers.city_arbiter, agency="dlh", text="DLH.", now=now + 11 * HOUR)
    steps.arbitrate(report, by=tiers.arbiter, agency=NATIONAL, text="Jalan nasional.", now=now + 11 * HOUR)
