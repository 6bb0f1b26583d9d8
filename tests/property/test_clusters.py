"""Random clusters: whoever merges, answers, rates and takes out whatever whenever, what must always hold does."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction

from tests.cast import Cast
from tests.make import T0, Made, make_report
from tests.steps.merged import standing
from tests.steps.seen import everybody, fresh, published, usual_body
from tuntas import steps
from tuntas.kit.errors import No
from tuntas.publications.models import Joined
from tuntas.reports.models import STATES_WITH_HOLDER, Deadline, Report
from tuntas.rules.led import goes_along, is_done_on_lead
from tuntas.rules.life import LIVES_IN, Act, Promise, State, acts_of
from tuntas.rules.who import Actor

WALKS, STEPS, REPORTS = 6, 25, 3
NEVER = {
    Act.SUBMIT,
    Act.RELEASE,
    Act.PUBLISH,
    Act.RECEIVE_LETTER,
    Act.WITHDRAW_PART,
    Act.ASK_PART,
    Act.ANSWER_AUDIENCE,
    Act.SEAL,
    Act.ASK_IDENTITY,
    Act.DECIDE_IDENTITY,
    Act.SET_PRIVACY,
    Act.FOLLOW,
    Act.SPLIT,
}
LIKELY = {
    # of four; what leads on is tried more often than what leads back
    Act.MERGE: 8,
    **dict.fromkeys((Act.START, Act.PROPOSE_ANSWER, Act.APPROVE), 16),
    Act.DISPATCH: 8,
    **dict.fromkeys((Act.INFORM, Act.TRANSFER, Act.ASK, Act.UNMERGE, Act.FORWARD_EXTERNAL, Act.RETURN_ANSWER), 0.7),
    **dict.fromkeys((Act.WITHDRAW, Act.ARCHIVE, Act.NOTE, Act.ESCALATE, Act.RECALL, Act.HAND_TO_PPID), 0.2),
    **dict.fromkeys((Act.SUPPLEMENT, Act.CLOSE), 0.2),
}


@dataclass
class Walk:
    """Some reports about one matter, and what their walker remembers of them."""

    random: Random
    made: list[Made]
    cast: Cast
    now: datetime
    dues: dict[int, tuple[Any, ...]] = field(default_factory=dict)  # of each clock, until a question stops it
    done: list[str] = field(default_factory=list)

    def step(self) -> None:
        self.now += timedelta(hours=self.random.choice([0, 1, 5, 20, 60, 300]), seconds=self.random.randrange(1, 3600))
        if self.random.random() < 0.4:
            while steps.miss_next(now=self.now):
                pass
        one = self.random.choice(self.made)
        report = fresh(one.report)
        if goes_along(report) and self.random.random() < 0.7:  # mostly where something can be done
            one = next(each for each in self.made if each.report.pk == report.merged_into_id)
            report = fresh(one.report)
        possible = [
            (act, who, by)
            for who, by in everybody(self.cast, one).items()
            if who != "system"
            for act in acts_of(by, report)
            if act not in NEVER
        ]
        act, who, by = self.random.choices(possible, [LIKELY.get(act, 4) for act, _, _ in possible])[0]
        body = usual_body(act, self.now) | self.words(act, report)
        self.done.append(f"{self.now:%F %T} {report.number} {who} {act} {body}")
        before = self.standing()
        try:
            with transaction.atomic():
                getattr(steps, act.value)(report, by=by, now=self.now, **body)
        except No:
            assert self.standing() == before, self.tale("a refusal changed something")
            return
        if act is Act.MERGE:
            self.part_again(report, before[report.pk], by)

    def words(self, act: Act, report: Report) -> dict[str, Any]:
        pick = self.random.choice
        late = {"late_cause": "volume"}
        own: dict[Act, dict[str, Any]] = {
            Act.MERGE: {"into": fresh(pick(self.made).report).name},
            Act.DISPATCH: {"agency": pick(["dinas-pupr", "dlh"])},
            Act.TRANSFER: {"agency": pick(["dlh", "dinas-pupr", None]), "is_again": True},
            Act.RATE: {"rating": pick([1, 2, 3, 4])},
            Act.ESCALATE: {"level": report.escalation_level + 1},
            **dict.fromkeys((Act.INFORM, Act.START, Act.ARCHIVE, Act.PROPOSE_ANSWER, Act.FORWARD_EXTERNAL), late),
        }
        return own.get(act, {})

    def part_again(self, report: Report, before: dict[str, Any], by: Actor) -> None:
        """Whatever was merged can be given back as it was, at once."""
        with transaction.atomic():
            steps.unmerge(report, by=by, now=self.now + timedelta(seconds=1))
            stood = before | {"merged_into_id": None}  # into another, before: that is no fact any more
            assert standing(report) == stood, self.tale("taken out again, it stands elsewhere")
            transaction.set_rollback(True)

    def standing(self) -> dict[int, dict[str, Any]]:
        return {each.report.pk: standing(each.report) for each in self.made}

    def tale(self, what: str) -> str:
        return "\n".join([what, *self.done])


def check(walk: Walk) -> None:
    for made in walk.made:
        _check_one(walk, fresh(made.report))
        _check_instants(walk, fresh(made.report))
    along = Report.objects.filter(is_led=True)
    for one in along:
        lead = one.merged_into
        assert lead is not None
        assert not lead.is_led, walk.tale("a lead goes along itself")
        if goes_along(one) and lead.state != State.NEEDS_INFO:
            assert (one.state, one.holder_id) == (lead.state, lead.holder_id), walk.tale("it lost its lead")
    for made in walk.made:
        count = Report.objects.filter(merged_into=made.report).count()
        assert fresh(made.report).merged_count >= count, walk.tale("fewer are counted than were merged")


def _check_one(walk: Walk, report: Report) -> None:
    """It is in exactly one hand, everybody can find it, and every clock lives where it stands."""
    assert (report.state in STATES_WITH_HOLDER) <= (report.holder_id is not None), walk.tale("it is in no hand")
    is_joined = Joined.objects.filter(number=report.number).exists()
    assert (is_joined, published(report) is not None) == (goes_along(report), not goes_along(report)), walk.tale("lost")
    for clock in Deadline.objects.running().filter(report=report):
        assert report.state in LIVES_IN[Promise(clock.promise)], walk.tale("a clock runs where it cannot live")
    events = list(report.events.order_by("id").values_list("frm", "to"))
    assert [frm for frm, _ in events[1:]] == [to for _, to in events[:-1]], walk.tale("its story has a hole")
    reporter = Actor(report_id=report.pk)
    assert not any(is_done_on_lead(reporter, act, report) for act in Act), walk.tale("a reporter's act is not theirs")


def _check_instants(walk: Walk, report: Report) -> None:
    """No instant moves but by a question, and nothing kept or missed is undone but by taking back."""
    if any(event.act in (Act.ASK, Act.COMPLETE, Act.RECALL) for event in report.events.all()):
        return
    for clock in report.deadlines.all():
        stands = (clock.started_at, clock.due_at)
        assert walk.dues.setdefault(clock.pk, stands) == stands, walk.tale("an instant moved")


@pytest.mark.parametrize("seed", range(WALKS))
def test_whatever_happens_to_a_cluster_what_must_hold_holds(cast: Cast, seed: int) -> None:
    made = [make_report(T0 + timedelta(hours=n), email=f"warga{n}@mail.example") for n in range(REPORTS)]
    walk = Walk(Random(f"cluster {seed}"), made, cast, T0 + timedelta(hours=REPORTS))
    for _ in range(STEPS):
        walk.step()
        check(walk)


def test_the_walks_come_everywhere(cast: Cast) -> None:
    """They would show nothing if nothing was ever merged, answered for all, or left."""
    seen = set[tuple[str, bool]]()
    for seed in range(3):
        made = [make_report(T0 + timedelta(hours=n), email=f"warga{n}@mail.example") for n in range(REPORTS)]
        walk = Walk(Random(f"cluster {seed}"), made, cast, T0 + timedelta(hours=REPORTS))
        for _ in range(STEPS):
            walk.step()
        seen |= {(e.act, "lead" in e.data) for each in made for e in each.report.events.all()}
    assert {("merge", False), ("unmerge", False), ("dispatch", True), ("start", True), ("approve", True)} <= seen
