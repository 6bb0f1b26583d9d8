"""Who is asking, and who is to be told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import orjson
from django.db import connection

from tuntas.agencies.installation import Installation, installation
from tuntas.kit.crypto import derive, keyed_hash
from tuntas.kit.env import env
from tuntas.people.models import Leave, Person
from tuntas.rules.deputies import NEVER_LENT
from tuntas.rules.who import APPOINTED_ROLES, DESK_ROLES, Actor, Reach, Role

# These serve a whole government also where their post stands in the office that does it for the government.
GOVERNMENT_WIDE = (
    DESK_ROLES
    | APPOINTED_ROLES
    | {Role.LEADER, Role.RESPONSE_VALIDATOR, Role.OMBUDSMAN_OBSERVER, Role.DPO, Role.ARBITER}
)

HeldPost = tuple[str | None, int | None, int | None]  # role, agency, and whose it is where it is another's

# Somebody's own posts, and those of whom they stand in for at an instant (given twice). Of a deputy's own leave their
# deputy has nothing: it is not followed.
HELD = """
LEFT JOIN LATERAL (
    SELECT own.id, own.role, own.agency_id, NULL::bigint AS owner_id, NULL::text AS owner, NULL::timestamptz AS until
    FROM people_post own WHERE own.person_id = person.id
    UNION ALL
    SELECT lent.id, lent.role, lent.agency_id, absent.id, absent.name, away.ends_at
    FROM people_leave away
    JOIN people_person absent ON absent.id = away.person_id AND absent.is_active
    JOIN people_post lent ON lent.person_id = absent.id
    WHERE away.deputy_id = person.id AND away.starts_at <= %s AND away.ends_at > %s
) held ON TRUE
"""
# Written out: every request of a machine account asks this.
CALLER = f"""
SELECT token.id, token.scopes, token.used_at, token.person_id, person.took_over, held.role, held.agency_id,
    held.owner_id
FROM people_token token
JOIN people_person person ON person.id = token.person_id AND person.is_active
{HELD}
WHERE token.hash = %s AND token.revoked_at IS NULL AND (token.expires_at IS NULL OR token.expires_at > %s)
"""  # noqa: S608  # of our own words
# Who is to be told: those with a post, and who stands in for them now.
TOLD = """
SELECT post.role AS held_role, post.agency_id AS held_agency_id, person.*
FROM people_post post
JOIN people_person owner ON owner.id = post.person_id AND owner.is_active
LEFT JOIN people_leave away ON away.person_id = owner.id AND away.starts_at <= %(now)s::timestamptz
    AND away.ends_at > %(now)s::timestamptz AND post.role <> ALL(%(never_lent)s)
JOIN people_person person ON person.is_active AND person.id IN (owner.id, away.deputy_id)
WHERE post.role = ANY(%(roles)s) AND (%(agency)s::bigint IS NULL OR post.agency_id = %(agency)s)
ORDER BY person.id
"""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever calls with a token: who they are, and what this token may do of what they may (none: all)."""

    actor: Actor
    token_id: int
    scopes: frozenset[str]
    used_at: datetime | None


@lru_cache(maxsize=1)
def _token_key() -> bytes:
    return derive(env().secret_key, "tokens")


def token_hash(token: str) -> str:
    """Return what is kept of a token."""
    return keyed_hash(_token_key(), token)


def holder_of(token: str, *, now: datetime, real_now: datetime) -> Holder | None:
    """Return who calls with *token*, or None where it is unknown, was taken away or has ended. One query."""
    with connection.cursor() as cursor:
        cursor.execute(CALLER, [now, now, token_hash(token), real_now])
        rows = cursor.fetchall()
    if not rows:
        return None
    token_id, scopes, used_at, person_id, took_over, *_ = rows[0]
    actor = actor_of_posts(person_id, [row[5:8] for row in rows], took_over=read_list(took_over))
    return Holder(actor, token_id, frozenset(read_list(scopes)), used_at)


def read_list(value: Any) -> Any:
    """Return a JSON column as it is, or read, where a statement that is written out gave its text."""
    return orjson.loads(value) if isinstance(value, str) else value


def actor_of(person: Person, *, now: datetime | None = None) -> Actor:
    """Return the actor *person* is by their posts.

    now   also by the posts of whom they stand in for at that instant; costs a query more
    """
    posts: list[HeldPost] = [(post.role, post.agency_id, None) for post in person.posts.all()]
    if now is not None:
        running = Leave.objects.filter(deputy=person, starts_at__lte=now, ends_at__gt=now, person__is_active=True)
        posts += running.exclude(person__posts=None).values_list(
            "person__posts__role", "person__posts__agency", "person"
        )
    return actor_of_posts(person.pk, posts, took_over=person.took_over)


def actor_of_posts(person_id: int, posts: Iterable[HeldPost], *, took_over: Iterable[int] = ()) -> Actor:
    """Return the actor somebody is by posts: each a role, an agency, and whose it is where it is another's."""
    by_owner: dict[int | None, list[tuple[str | None, int | None]]] = {None: []}
    for name, agency_id, owner_id in posts:
        if owner_id is None or name not in NEVER_LENT:
            by_owner.setdefault(owner_id, []).append((name, agency_id))
    parts = tuple((owner_id, _reach(held)) for owner_id, held in by_owner.items())
    reach = _reach(held for posts_of in by_owner.values() for held in posts_of)
    return Actor(person_id, reach=reach, parts=parts if len(parts) > 1 else (), took_over=tuple(took_over))


_ROLES = frozenset(Role)


def _reach(posts: Iterable[tuple[str | None, int | None]]) -> Reach:
    here, reach = installation(), dict[Role, frozenset[int]]()
    for name, agency_id in posts:
        if name in _ROLES and agency_id:  # newer code may know more
            role = Role(name)
            reach[role] = reach.get(role, frozenset()) | reach_of(here, role, agency_id)
    return reach


def reach_of(here: Installation, role: Role, agency_id: int) -> frozenset[int]:
    """Return the agencies a post reaches: its own and all below; for government-wide roles, the government's."""
    agency = here.agencies[agency_id]
    if role in GOVERNMENT_WIDE and (agency.is_desk or agency.examines) and agency.parent_id is not None:
        return here.below[agency.parent_id]
    return here.below[agency_id]


def people_with(roles: Iterable[Role], agency_id: int, *, now: datetime | None = None) -> list[Person]:
    """Return the active people whose post in one of *roles* reaches the agency; each once. One query.

    now   with those who stand in for them at that instant
    """
    here = installation()
    return _each_once(p for p in _told(roles, now) if agency_id in reach_of(here, Role(p.held_role), p.held_agency_id))


def nearest_with(role: Role, agency_id: int, *, below_root: bool = False, now: datetime | None = None) -> list[Person]:
    """Return the people in *role* at the agency itself, else at the nearest agency above that has any.

    below_root   not those of the whole government
    now          with those who stand in for them at that instant
    """
    here = installation()
    for above in here.line_up(agency_id):
        if below_root and here.agencies[above].parent_id is None:
            break
        if found := _each_once(_told({role}, now, at=above)):
            return found
    return []


def _told(roles: Iterable[Role], now: datetime | None, *, at: int | None = None) -> Iterable[Any]:
    """Return people once for every post they are told by, with that post as held_role and held_agency_id."""
    given = {"roles": [role.value for role in roles], "now": now, "agency": at}
    return Person.objects.raw(TOLD, {**given, "never_lent": [role.value for role in NEVER_LENT]})


def _each_once(people: Iterable[Person]) -> list[Person]:
    return list({person.pk: person for person in people}.values())
