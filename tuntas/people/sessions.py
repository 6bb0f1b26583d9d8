"""Who is signed in, and where. Of a session's key only a keyed hash is kept: a stolen copy opens nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection

from tuntas.agencies.installation import installation
from tuntas.kit.crypto import derive, keyed_hash
from tuntas.kit.env import env
from tuntas.people.models import Session
from tuntas.people.queries import HELD, actor_of_posts, read_list
from tuntas.rules.who import Actor

IDLE = timedelta(hours=2)  # without a page asked for
LONGEST = timedelta(hours=12)  # a shift and its hand-over
SEEN_EVERY = timedelta(minutes=1)  # how exactly it is kept when somebody was last here

# Written out: every page of the staff asks this, once.
SIGNED_IN = f"""
SELECT session.id, session.started_at, session.seen_at, person.id, person.name, person.email, person.language,
    person.zone, person.keys, person.took_over, session.second_at, session.sure_at,
    held.role, held.agency_id, held.owner_id, held.owner, held.until
FROM people_session session
JOIN people_person person ON person.id = session.person_id AND person.is_active
{HELD}
WHERE session.hash = %s ORDER BY held.owner_id NULLS FIRST, held.id
"""  # noqa: S608  # of our own words


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who is signed in, with what their pages need to know of them."""

    session_id: int
    ends_at: datetime
    seen_at: datetime
    person_id: int
    name: str
    email: str
    language: str
    zone: str
    keys: dict[str, Any]
    posts: tuple[tuple[str, int], ...]
    agency: str  # the slug of the agency of their first post
    actor: Actor
    second_at: datetime | None = None  # when a second factor was shown; none: by password alone
    sure_at: datetime | None = None  # when they last showed again that it is them
    stands_for: tuple[tuple[str, datetime], ...] = ()  # whose work they do while those are away, and until when


@lru_cache(maxsize=1)
def _key() -> bytes:
    return derive(env().secret_key, "sessions")


def session_hash(key: str) -> str:
    """Return what is kept of a session's key."""
    return keyed_hash(_key(), key)


def signed_in_with(key: str, *, now: datetime, real_now: datetime) -> SignedIn | None:
    """Return who is signed in with a session's key, or None where it ended. One query."""
    with connection.cursor() as cursor:
        cursor.execute(SIGNED_IN, [now, now, session_hash(key)])
        rows = cursor.fetchall()
    if not rows:
        return None
    session_id, started_at, seen_at, person_id, name, email, language, zone, keys, took_over, *_ = rows[0]
    ends_at = min(seen_at + IDLE, started_at + LONGEST)
    if ends_at <= real_now:
        return None
    held = [row[12:] for row in rows if row[12]]
    posts = tuple((role, agency_id) for role, agency_id, owner_id, *_ in held if owner_id is None)
    return SignedIn(
        session_id=session_id,
        ends_at=ends_at,
        seen_at=seen_at,
        person_id=person_id,
        name=name,
        email=email,
        language=language,
        zone=zone,
        keys=read_list(keys),
        posts=posts,
        agency=installation().slug_of(posts[0][1]) if posts else "",
        actor=actor_of_posts(person_id, [row[:3] for row in held], took_over=read_list(took_over)),
        second_at=rows[0][10],
        sure_at=rows[0][11],
        stands_for=tuple({owner_id: (owner, until) for _, _, owner_id, owner, until in held if owner_id}.values()),
    )


def sessions_of(person_id: int, *, real_now: datetime) -> Sequence[Session]:
    """Return where somebody is signed in now, the newest first."""
    return list(
        Session.objects.filter(
            person_id=person_id, seen_at__gt=real_now - IDLE, started_at__gt=real_now - LONGEST
        ).order_by("-seen_at", "-id")
    )
