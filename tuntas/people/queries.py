"""Who is asking, and who is to be told."""

from collections.abc import Iterable
from functools import lru_cache

from django.db import connection

from tuntas.agencies.installation import Installation, installation
from tuntas.kit.crypto import derive, keyed_hash
from tuntas.kit.env import env
from tuntas.people.models import Person, Post
from tuntas.rules.who import APPOINTED_ROLES, DESK_ROLES, Actor, Role

# These serve a whole government also where their post stands in the office that does it for the government.
GOVERNMENT_WIDE = (
    DESK_ROLES
    | APPOINTED_ROLES
    | {Role.LEADER, Role.RESPONSE_VALIDATOR, Role.OMBUDSMAN_OBSERVER, Role.DPO, Role.ARBITER}
)


# Written out: every request of a machine account asks this.
CALLER = """
SELECT token.person_id, post.role, post.agency_id FROM people_token token
JOIN people_person person ON person.id = token.person_id AND person.is_active
LEFT JOIN people_post post ON post.person_id = token.person_id
WHERE token.hash = %s
"""


@lru_cache(maxsize=1)
def _token_key() -> bytes:
    return derive(env().secret_key, "tokens")


def token_hash(token: str) -> str:
    """Return what is kept of a token."""
    return keyed_hash(_token_key(), token)


def actor_by_token(token: str) -> Actor | None:
    """Return who calls with *token*, or None. One query."""
    with connection.cursor() as cursor:
        cursor.execute(CALLER, [token_hash(token)])
        rows = cursor.fetchall()
    return actor_of_posts(rows[0][0], [(role, agency_id) for _, role, agency_id in rows]) if rows else None


def actor_of(person: Person) -> Actor:
    """Return the actor *person* is by their posts."""
    return actor_of_posts(person.pk, [(post.role, post.agency_id) for post in person.posts.all()])


def actor_of_posts(person_id: int, posts: Iterable[tuple[str | None, int | None]]) -> Actor:
    """Return the actor somebody is by their posts, each a role and an agency."""
    here, reach = installation(), dict[Role, frozenset[int]]()
    for name, agency_id in posts:
        if name and agency_id:
            role = Role(name)
            reach[role] = reach.get(role, frozenset()) | reach_of(here, role, agency_id)
    return Actor(person_id=person_id, reach=reach)


def reach_of(here: Installation, role: Role, agency_id: int) -> frozenset[int]:
    """Return the agencies a post reaches: its own and all below; for government-wide roles, the government's."""
    agency = here.agencies[agency_id]
    if role in GOVERNMENT_WIDE and (agency.is_desk or agency.examines) and agency.parent_id is not None:
        return here.below[agency.parent_id]
    return here.below[agency_id]


def people_with(roles: Iterable[Role], agency_id: int) -> list[Person]:
    """Return the active people whose post in one of *roles* reaches the agency; each once."""
    here, roles = installation(), set(roles)
    posts = Post.objects.filter(role__in=roles, person__is_active=True).select_related("person").order_by("person_id")
    found = {p.person_id: p.person for p in posts if agency_id in reach_of(here, Role(p.role), p.agency_id)}
    return list(found.values())


def nearest_with(role: Role, agency_id: int) -> list[Person]:
    """Return the people in *role* at the agency itself, else at the nearest agency above that has any."""
    here = installation()
    for above in here.line_up(agency_id):
        posts = Post.objects.filter(role=role, agency_id=above, person__is_active=True).select_related("person")
        if found := [post.person for post in posts]:
            return found
    return []
