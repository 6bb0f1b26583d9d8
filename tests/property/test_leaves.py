"""Whoever is away, and whoever stands in: nobody reads more of what is sealed than by posts of their own."""

from datetime import timedelta
from random import Random

import pytest

from tests.cast import Cast
from tests.make import T0
from tests.property.test_sight import check, some_report
from tuntas.agencies.installation import installation
from tuntas.people.models import Leave, Person, Post
from tuntas.people.queries import actor_of
from tuntas.reports.models import Report
from tuntas.rules.deputies import NEVER_LENT
from tuntas.rules.life import Act, may
from tuntas.rules.who import APPOINTED_ROLES, Role, may_know_name, may_read, may_read_notes, may_read_original

SEEDS = range(4)
READ = (may_read, may_read_notes, may_read_original, may_know_name)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_leave_opens_what_is_sealed(cast: Cast, seed: int) -> None:
    random = Random(seed)
    agencies, people = sorted(installation().agencies), list(Person.objects.order_by("pk"))
    for person in random.sample(people, 6):  # more who are appointed than the profile has
        role, agency = random.choice(sorted(APPOINTED_ROLES)), random.choice(agencies)
        Post.objects.get_or_create(person=person, role=role, agency_id=agency)
    ids = [person.pk for person in people]
    reports = Report.objects.bulk_create(some_report(random, n, agencies, ids) for n in range(120))
    for _ in range(30):
        person, deputy = random.sample(people, 2)
        starts = T0 + timedelta(days=random.randint(-3, 1))
        ends = starts + timedelta(days=random.randint(0, 4))
        Leave.objects.create(
            person=person, deputy=deputy, starts_at=starts, ends_at=ends, why="leave", made_by=person, made_at=T0
        )
    lent = 0
    for person in Person.objects.prefetch_related("posts"):
        own, acting = actor_of(person), actor_of(person, now=T0)
        assert {role: acting.reach[role] for role in NEVER_LENT & set(acting.reach)} == {
            role: own.reach[role] for role in NEVER_LENT & set(own.reach)
        }
        lent += acting.reach != own.reach
        check(acting, reports)
        for report in reports:
            if report.is_restricted or report.is_suspected:
                assert [rule(acting, report) for rule in READ] == [rule(own, report) for rule in READ]
                assert {act for act in Act if may(acting, act, report)} == {act for act in Act if may(own, act, report)}
    assert lent > 3


def test_every_role_is_lent_or_named_as_never_lent(cast: Cast) -> None:
    person, deputy = cast.person(Role.DPO), cast.person(Role.OMBUDSMAN_OBSERVER)
    Leave.objects.create(
        person=person,
        deputy=deputy,
        starts_at=T0,
        ends_at=T0 + timedelta(days=1),
        why="sick",
        made_by=person,
        made_at=T0,
    )
    agency = person.posts.get().agency
    Post.objects.filter(person=person).delete()
    for role in Role:
        Post.objects.create(person=person, role=role, agency=agency)
    lent = set(actor_of(deputy, now=T0).reach) - {Role.OMBUDSMAN_OBSERVER}
    assert lent == set(Role) - NEVER_LENT - {Role.OMBUDSMAN_OBSERVER}
