"""Who does what at a rakor. Pure. *desk_id* is the desk whose meeting it is."""

from tuntas.rules.who import Actor, Role

LEADERS = (Role.AGENCY_ADMIN, Role.LEADER)
SEE = (*LEADERS, Role.LIAISON)


def leads(actor: Actor, desk_id: int) -> bool:
    """Return whether *actor* plans and leads the meeting, and sees all of it."""
    return any(actor.has(role, desk_id) for role in LEADERS)


def own_agencies(actor: Actor) -> frozenset[int]:
    """Return the agencies whose part of a meeting *actor* sees."""
    return frozenset[int]().union(*(actor.reach.get(role, frozenset()) for role in SEE))


def may_finish(actor: Actor, desk_id: int, agency_id: int) -> bool:
    """Return whether *actor* may say that a decision is done: the liaison of its agency, or who leads the meeting."""
    return actor.has(Role.LIAISON, agency_id) or leads(actor, desk_id)
