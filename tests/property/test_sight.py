"""The rule that lets somebody read and the filter that lists what they may read are the same, whoever asks."""

from itertools import product
from random import Random

import pytest

from tests.cast import Cast
from tests.make import T0
from tuntas.agencies.installation import installation
from tuntas.people.models import Person
from tuntas.people.queries import actor_of, reach_of
from tuntas.reports.models import OPEN_STATES, STATES_WITH_HOLDER, Report
from tuntas.rules.life import State
from tuntas.rules.who import STRANGER, SYSTEM, Actor, Role, may_read

SEEDS = range(4)
REPORTS, ACTORS = 250, 120


def some_report(random: Random, number: int, agencies: list[int], people: list[int]) -> Report:
    """A report as the database would take it, in any state, in any hand."""
    here = installation()
    state = random.choice(list(State))
    is_restricted = random.random() < 0.25
    may_be_held = state in STATES_WITH_HOLDER or random.random() < 0.3
    may_be_offered = state in (State.TRANSFER_PENDING, State.NEEDS_INFO)
    offered_to = random.choice([*agencies, *(None for _ in agencies)]) if may_be_offered else None
    return Report(
        number=None if is_restricted else f"26-9{number:06d}",
        ref=f"B-26-9{number:06d}" if is_restricted else None,
        code_hash=f"{number}",
        state=state,
        is_restricted=is_restricted,
        is_suspected=not is_restricted and random.random() < 0.25,
        is_secret=random.random() < 0.3,
        doubts=["links", "repeated"] if not is_restricted and random.random() < 0.2 else [],
        is_anonymous=random.random() < 0.5,
        body="",
        channel="api",
        desk_id=here.desk_id if random.random() < 0.8 else random.choice(agencies),
        holder_id=random.choice(agencies) if may_be_held else None,
        offered_to_id=offered_to,
        helper_ids=random.sample(agencies, random.choice([0, 0, 0, 1, 2])),
        awaits_arbiter=may_be_offered and offered_to is None and random.random() < 0.7,
        entered_by_id=random.choice([None, *people]),
        proposed_by_id=random.choice([None, *people]),
        asked_from=random.choice(OPEN_STATES) if state is State.NEEDS_INFO else "",
        reason_code="spam" if state is State.ARCHIVED else "",
        closed_by="system" if state is State.CLOSED else "",
        received_at=T0,
        updated_at=T0,
    )


def some_actor(random: Random, agencies: list[int], people: list[int], reports: list[int]) -> Actor:
    """Somebody with up to three posts, a code, both or neither."""
    here, reach = installation(), dict[Role, frozenset[int]]()
    for _ in range(random.randrange(4)):
        role = random.choice(list(Role))
        reach[role] = reach.get(role, frozenset()) | reach_of(here, role, random.choice(agencies))
    if random.random() < 0.05:
        reach[random.choice(list(Role))] = frozenset()
    return Actor(
        person_id=random.choice(people) if reach or random.random() < 0.5 else None,
        reach=reach,
        report_id=random.choice(reports) if random.random() < 0.2 else None,
    )


def check(actor: Actor, reports: list[Report]) -> None:
    listed = set(Report.objects.visible_to(actor).values_list("pk", flat=True))
    assert listed == {report.pk for report in reports if may_read(actor, report)}, actor


@pytest.mark.parametrize("seed", SEEDS)
def test_the_list_shows_exactly_what_may_be_read(cast: Cast, seed: int) -> None:
    random = Random(seed)
    agencies, people = sorted(installation().agencies), list(Person.objects.values_list("pk", flat=True))
    reports = Report.objects.bulk_create(some_report(random, n, agencies, people) for n in range(REPORTS))
    ids = [report.pk for report in reports]
    for person in Person.objects.prefetch_related("posts"):
        check(actor_of(person), reports)
    for actor in (STRANGER, SYSTEM, *(some_actor(random, agencies, people, ids) for _ in range(ACTORS))):
        check(actor, reports)


def test_every_role_alone_at_every_agency(cast: Cast) -> None:
    random = Random(99)
    agencies, people = sorted(installation().agencies), list(Person.objects.values_list("pk", flat=True))
    reports = Report.objects.bulk_create(some_report(random, n, agencies, people) for n in range(REPORTS))
    chosen = [*random.sample(agencies, 4), installation().desk_id]
    for role, agency in product(Role, chosen):
        check(Actor(person_id=people[0], reach={role: reach_of(installation(), role, agency)}), reports)
