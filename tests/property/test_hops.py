"""Handed on at random over four tiers, refused, unanswered and left lying: it is always in exactly one hand.

No clock of the work moves by a hand-over, nothing hangs between two agencies, and the reporter is told of every hop.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from tests.cast import Cast
from tests.make import T0, Made, make_report
from tests.steps.seen import fresh, published
from tests.tiers import NATIONAL, PROVINCIAL, Tiers, make_tiers
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.errors import No
from tuntas.kit.words import Language
from tuntas.reports.models import Deadline, Report
from tuntas.reports.told import track_view
from tuntas.rules.life import Act, Promise, State, acts_of
from tuntas.rules.who import Actor

WALKS, STEPS = 10, 40
BECAUSE = {"reason_code": "not_authority", "text": "Bukan urusan kami."}
HANDS = (Act.DISPATCH, Act.TRANSFER, Act.ACCEPT_TRANSFER, Act.DECLINE_TRANSFER, Act.ARBITRATE)
AGENCIES = ("dinas-pupr", "dlh", PROVINCIAL, NATIONAL)
OWED = (Promise.ANSWER, Promise.RESPOND, Promise.RESOLVE)


@dataclass
class Walk:
    """One report among those who pass it on."""

    random: Random
    made: Made
    cast: Cast
    tiers: Tiers
    now: datetime = T0
    owed: dict[str, datetime | None] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)

    @property
    def report(self) -> Report:
        return fresh(self.made.report)

    @property
    def people(self) -> dict[str, Actor]:
        return {**self.tiers.liaisons, "desk": self.cast.desk, "arbiter": self.tiers.arbiter}

    def step(self) -> None:
        self.now += self.random.choice([timedelta(minutes=7), timedelta(hours=3), timedelta(days=1), timedelta(days=4)])
        while self.random.random() < 0.8 and steps.miss_next(now=self.now):
            pass
        report = self.report
        possible = [(act, who) for who, by in self.people.items() for act in acts_of(by, report) if act in HANDS]
        assert possible, self.tale("nobody can do anything")
        act, who = self.random.choice(possible)
        body = self.body(act)
        self.done.append(f"{self.now:%F %T} {who} {act} {body}")
        try:
            getattr(steps, act.value)(report, by=self.people[who], now=self.now, **body)
        except No as no:
            self.done.append(f"  refused: {no.say.en}")

    def body(self, act: Act) -> dict[str, Any]:
        pick = self.random.choice
        bodies: dict[Act, dict[str, Any]] = {
            Act.DISPATCH: {"agency": pick(AGENCIES)},
            Act.TRANSFER: {**BECAUSE, "agency": pick([*AGENCIES, None]), "is_again": pick([True, True, False])},
            Act.DECLINE_TRANSFER: BECAUSE,
            Act.ARBITRATE: {"agency": pick(AGENCIES), "text": "Ini urusan Anda."},
        }
        return bodies.get(act, {})

    def tale(self, what: str) -> str:
        return "\n".join([what, *self.done])


def check(walk: Walk) -> None:
    report = walk.report
    is_at_desk = report.state == State.SUBMITTED
    assert (report.holder_id is None) == is_at_desk, walk.tale("in no hand, or in two")
    assert report.offered_to_id is None or report.offered_to_id != report.holder_id, walk.tale("offered to its holder")
    is_pending = report.state == State.TRANSFER_PENDING
    assert bool(report.transferred_from) == is_pending, walk.tale("it would not find back")
    _check_clocks(walk, report)
    _check_story(walk, report)


def _check_clocks(walk: Walk, report: Report) -> None:
    """The clocks of the work: the same rows, due at the same instants, until the work is done."""
    running = Deadline.objects.running().filter(report=report)
    owed = {c.promise: c.due_at for c in running.filter(promise__in=OWED)}
    for promise, due in walk.owed.items():
        if promise != Promise.RESPOND or report.state != State.SUBMITTED:  # nobody owes it at the desk
            assert owed.get(promise, due) == due, walk.tale(f"{promise} moved")
    assert {Promise.ANSWER, *([Promise.RESOLVE] if Promise.RESOLVE in walk.owed else [])} <= set(owed)
    walk.owed = {**owed, **{p: due for p, due in walk.owed.items() if p != Promise.RESPOND}}
    waits = set(running.values_list("promise", flat=True)) & {Promise.TRANSFER, Promise.ARBITRATE, Promise.VERIFY}
    wanted = {
        State.SUBMITTED: {Promise.VERIFY},
        State.TRANSFER_PENDING: {Promise.ARBITRATE if report.awaits_arbiter else Promise.TRANSFER},
    }
    assert waits == wanted.get(State(report.state), set()), walk.tale("nobody, or somebody else, is waited for")


def _check_story(walk: Walk, report: Report) -> None:
    """Every hand-over stands in the reporter's thread and in everybody's, at its instant."""
    happened = [(e.at, e.act) for e in report.events.order_by("id") if e.act in HANDS]
    own = track_view(report, language=Language.ID, now=walk.now)["timeline"]
    assert [(line["at"], line["act"]) for line in own if line["act"] in HANDS] == happened
    publication = published(report)
    assert publication is not None
    acts = [line["act"] for line in publication.thread["timeline"]]
    assert [act for act in acts if act in HANDS] == [act for _, act in happened]
    hops = sum(act in (Act.ACCEPT_TRANSFER, Act.ARBITRATE) for act in acts)
    assert report.hop_count == hops, walk.tale("a hop is not counted")


def _is_silent(report: Report, now: datetime) -> bool:
    return Deadline.objects.running().filter(report=report, promise=Promise.TRANSFER, due_at__lt=now).exists()


@pytest.mark.usefixtures("changed_profile")
@pytest.mark.parametrize("seed", range(WALKS))
def test_it_is_always_in_exactly_one_hand_and_on_the_same_clock(cast: Cast, seed: int) -> None:
    walk = Walk(Random(f"hops {seed}"), make_report(T0), cast, make_tiers(cast))
    for _ in range(STEPS):
        walk.step()
        check(walk)
    walk.now += timedelta(days=9)
    while steps.miss_next(now=walk.now):
        pass
    check(walk)
    assert not _is_silent(walk.report, walk.now), walk.tale("an offer hangs")


@pytest.mark.usefixtures("changed_profile")
def test_the_walks_come_everywhere(cast: Cast) -> None:
    """They would show nothing if they never were refused three times, or never left the city."""
    seen, tiers = set[tuple[str, str]](), make_tiers(cast)
    for seed in range(WALKS):
        walk = Walk(Random(f"hops {seed}"), make_report(T0), cast, tiers)
        for _ in range(STEPS):
            walk.step()
        seen |= {(e.act, e.data.get("reason_code", e.data.get("to_agency"))) for e in walk.report.events.all()}
    assert {("decline_transfer", "no_answer"), ("decline_transfer", "not_authority")} <= seen
    assert any(act == "arbitrate" for act, _ in seen)
    held = {installation().agency_by_slug[slug].tier for act, slug in seen if act == "dispatch"}
    assert {"office", "ministry"} <= held
