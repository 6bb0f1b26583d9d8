"""Handing over without end: when somebody above has to decide, and who had a report before (DOMAIN 1.6). Pure."""

from collections.abc import Iterable
from typing import Any, Protocol

from tuntas.rules.life import Act
from tuntas.rules.recall import undone
from tuntas.rules.who import About, Actor, agency_admin, assistant_admin

COORDINATOR_AT = 2  # refusals, after which the desk alone offers it
ARBITER_AT = 3  # refusals, after which the arbiter decides
GIVES = frozenset({Act.DISPATCH, Act.ARBITRATE, Act.HAND_TO_PPID, Act.MERGE})  # name who has it from then on
HOPS = frozenset({Act.ACCEPT_TRANSFER, Act.ARBITRATE, Act.FORWARD_EXTERNAL})


class Handed(About, Protocol):
    """A report, as far as handing it over looks at it."""

    @property
    def refusal_count(self) -> int: ...
    @property
    def is_arbitrated(self) -> bool: ...


class Happened(Protocol):
    """An event, as far as it says who had the report."""

    pk: int
    act: str
    data: dict[str, Any]


def coordinates(actor: Actor, report: Handed) -> bool:
    """Return whether *actor* speaks for the desk that answers for the report."""
    return agency_admin(actor, report) or assistant_admin(actor, report)


def waits_for_coordinator(actor: Actor, report: Handed) -> bool:
    """Return whether the desk has to say where it goes, and *actor* is somebody else."""
    return report.refusal_count >= COORDINATOR_AT and not coordinates(actor, report)


def is_bound(actor: Actor, report: Handed) -> bool:
    """Return whether the arbiter has settled that the holder has it, and *actor* is not of the desk."""
    return report.is_arbitrated and not coordinates(actor, report)


def held_by(events: Iterable[Happened]) -> set[str]:
    """Return the slugs of all agencies that ever had a report, its holder now among them; *events* the oldest first."""
    found, offered, events = set[str](), "", list(events)
    never = undone(events)
    for event in events:
        if event.pk in never:
            continue
        if event.act == Act.TRANSFER:
            offered = event.data.get("to_agency") or ""
        elif event.act == Act.ACCEPT_TRANSFER:
            found.add(offered)
        elif event.act in GIVES:
            found.add(event.data["to_agency"])
    return found - {""}


def hops_in(timeline: Iterable[dict[str, Any]]) -> int:
    """Return how often a report went into another hand after it was first sent on."""
    return sum(line["act"] in HOPS for line in timeline)
