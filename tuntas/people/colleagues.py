"""Who works where, who is away and who could stand in: what the pages about people ask."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from tuntas.agencies.installation import installation
from tuntas.kit.errors import NOT_FOUND, NotFound
from tuntas.people.models import Handover, Leave, Person
from tuntas.rules.deputies import Held, looks_after
from tuntas.rules.who import Actor, Role

_MACHINES = frozenset({Role.INTEGRATION, Role.SYSADMIN})
SHOWN = 20  # hand-overs


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody with a post, or with none yet, and how they are away now or soon."""

    id: int
    name: str
    email: str
    posts: tuple[Held, ...]
    leaves: tuple[Leave, ...]  # running and coming ones, the earliest first
    stands_for: tuple[Leave, ...]


def posts_of(person: Person) -> tuple[Held, ...]:
    """Return somebody's own posts, in the order they were given."""
    return tuple((post.role, post.agency_id) for post in sorted(person.posts.all(), key=lambda post: post.pk))


def colleagues_of(actor: Actor, *, now: datetime) -> Sequence[Colleague]:
    """Return the people whom *actor* looks after, by name. Three queries."""
    people = Person.objects.filter(is_active=True).prefetch_related("posts").order_by("name", "id")
    return _with_leaves([person for person in people if looks_after(actor, posts_of(person))], now)


def colleague_of(actor: Actor, person_id: int, *, now: datetime) -> Colleague:
    """Return one of the people whom *actor* looks after. Raises NotFound."""
    person = Person.objects.filter(pk=person_id, is_active=True).prefetch_related("posts").first()
    if person is None or not looks_after(actor, posts_of(person)):
        raise NotFound(NOT_FOUND)
    return _with_leaves([person], now)[0]


def _with_leaves(people: Iterable[Person], now: datetime) -> list[Colleague]:
    people = list(people)
    ids = [person.pk for person in people]
    leaves = list(
        Leave.objects.filter(Q(person__in=ids) | Q(deputy__in=ids), ends_at__gt=now)
        .select_related("person", "deputy")
        .order_by("starts_at", "id")
    )
    return [
        Colleague(
            person.pk,
            person.name,
            person.email,
            posts_of(person),
            tuple(leave for leave in leaves if leave.person_id == person.pk),
            tuple(leave for leave in leaves if leave.deputy_id == person.pk),
        )
        for person in people
    ]


def own_leaves(person_id: int, *, now: datetime) -> Sequence[Leave]:
    """Return somebody's running and coming leaves, and those in which they stand in, the earliest first."""
    leaves = Leave.objects.filter(Q(person=person_id) | Q(deputy=person_id), ends_at__gt=now)
    return list(leaves.select_related("person", "deputy").order_by("starts_at", "id"))


def deputies_for(person_id: int) -> list[Person]:
    """Return who could stand in for somebody: people with a post in the same agency or above it. Two queries."""
    person = Person.objects.prefetch_related("posts").get(pk=person_id)
    here = installation()
    near = {above for _, agency_id in posts_of(person) for above in here.line_up(agency_id)}
    people = Person.objects.filter(is_active=True, posts__agency__in=near).exclude(pk=person_id)
    people = people.exclude(posts__role__in=_MACHINES)
    return list(people.distinct().order_by("name", "id"))


def successors_for(actor: Actor, colleague: Colleague, *, now: datetime) -> list[Colleague]:
    """Return to whom *actor* can give somebody's work: whom they look after, but not to themselves."""
    return [each for each in colleagues_of(actor, now=now) if each.id not in (colleague.id, actor.person_id)]


def handovers_of(person_ids: Iterable[int]) -> Sequence[Handover]:
    """Return the last times when work changed hands for good among some people, the newest first."""
    ids = list(person_ids)
    found = Handover.objects.filter(Q(frm__in=ids) | Q(to__in=ids)).select_related("frm", "to", "by")
    return list(found.order_by("-at", "-id")[:SHOWN])


def first_day(leave: Leave) -> date:
    """Return the first day of a leave, as the government counts days."""
    return leave.starts_at.astimezone(installation().zone).date()


def last_day(leave: Leave) -> date:
    """Return the last day of a leave."""
    return (leave.ends_at - timedelta(microseconds=1)).astimezone(installation().zone).date()
