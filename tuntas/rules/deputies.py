"""Who does whose work while they are away: which posts can be lent, and for whom a deputy acts. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum

from tuntas.kit.words import Say
from tuntas.rules.who import Actor, Role

# Somebody is appointed to these in person; nobody lends them, and no hand-over takes them along.
NEVER_LENT = frozenset({Role.SEALED_READER, Role.INSPECTORATE, Role.SYSADMIN, Role.INTEGRATION})
IN_AN_OFFICE = frozenset({Role.LIAISON, Role.UNIT_HANDLER})  # whom a liaison looks after
LONGEST = timedelta(days=366)  # of one leave

Held = tuple[str, int]  # a post: its role and its agency


class Away(StrEnum):
    """Why somebody is away."""

    LEAVE = "leave"
    SICK = "sick"
    DUTY = "duty"


AWAY: dict[str, Say] = {
    Away.LEAVE: Say("Cuti", "On leave"),
    Away.SICK: Say("Sakit", "Ill"),
    Away.DUTY: Say("Dinas luar", "On duty elsewhere"),
}


def instead_of(actor: Actor, may: Callable[[Actor], bool]) -> int | None:
    """Return for whom somebody does what *may* allows: None where posts of their own are enough, or nobody's are."""
    for owner_id, reach in actor.parts:
        if may(replace(actor, reach=reach, parts=())):
            return owner_id
    return None


def looks_after(actor: Actor, posts: Iterable[Held]) -> bool:
    """Return whether *actor* may say who does the work of somebody with these posts.

    A desk's admin for everybody at or below it, a liaison for the people of their own office.
    """
    held = [(Role(role), agency_id) for role, agency_id in posts]
    if not held:
        return Role.AGENCY_ADMIN in actor.reach
    return all(actor.has(Role.AGENCY_ADMIN, agency_id) for _, agency_id in held) or all(
        role in IN_AN_OFFICE and actor.has(Role.LIAISON, agency_id) for role, agency_id in held
    )


def may_hand_over(actor: Actor, posts: Iterable[Held]) -> bool:
    """Return whether *actor* may give these posts to somebody else: a liaison only those of who does the work."""
    held = list(posts)
    if any(role != Role.UNIT_HANDLER for role, _ in held) and Role.AGENCY_ADMIN not in actor.reach:
        return False
    return looks_after(actor, held)
