"""Who had a report, how often it went on, and when somebody above decides."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from tuntas.rules.hops import held_by, hops_in, is_bound, waits_for_coordinator
from tuntas.rules.who import STRANGER, SYSTEM, Actor, Role

DESK, ROADS = 2, 3


@dataclass
class Happened:
    pk: int
    act: str
    data: dict[str, Any] = field(default_factory=dict)


def told(*acts: tuple[str, dict[str, Any]]) -> list[Happened]:
    return [Happened(n, act, data) for n, (act, data) in enumerate(acts)]


@dataclass
class Handed:
    """A report, as far as handing it over looks at it."""

    refusal_count: int = 0
    is_arbitrated: bool = False
    pk: int = 1
    state: str = "dispatched"
    desk_id: int = DESK
    holder_id: int | None = ROADS
    offered_to_id: int | None = None
    is_offered: bool = False
    awaits_arbiter: bool = False
    is_restricted: bool = False
    is_suspected: bool = False
    is_held: bool = False
    is_secret: bool = False
    is_anonymous: bool = True
    entered_by_id: int | None = None
    identity_asked_by_id: int | None = None
    proposed_by_id: int | None = None
    awaits_signature: bool = False
    is_led: bool = False
    helper_ids: tuple[int, ...] = ()
    reopen_count: int = 0


def to(slug: str | None) -> dict[str, Any]:
    return {"to_agency": slug}


@pytest.mark.parametrize(
    ("events", "wanted"),
    [
        ([("submit", {})], set()),
        ([("dispatch", to("a"))], {"a"}),
        ([("dispatch", to("a")), ("transfer", to("b"))], {"a"}),
        ([("dispatch", to("a")), ("transfer", to("b")), ("decline_transfer", {})], {"a"}),
        ([("dispatch", to("a")), ("transfer", to("b")), ("accept_transfer", {})], {"a", "b"}),
        ([("dispatch", to("a")), ("transfer", to(None)), ("accept_transfer", {})], {"a"}),
        ([("dispatch", to("a")), ("transfer", to("b")), ("transfer", to("c")), ("accept_transfer", {})], {"a", "c"}),
        ([("dispatch", to("a")), ("arbitrate", to("d"))], {"a", "d"}),
        ([("dispatch", to("a")), ("recall", {"event": 0, "quiet": True})], set()),
        ([("dispatch", to("a")), ("recall", {"event": 0, "quiet": False})], {"a"}),
    ],
)
def test_who_ever_had_it(events: list[tuple[str, dict[str, Any]]], wanted: set[str]) -> None:
    assert held_by(told(*events)) == wanted


def test_a_hop_is_a_hand_that_took_it() -> None:
    acts = ("submit", "dispatch", "transfer", "decline_transfer", "transfer", "accept_transfer", "arbitrate")
    assert hops_in({"act": act} for act in acts) == 2


@pytest.mark.parametrize(
    ("role", "at", "is_desk"),
    [
        (Role.AGENCY_ADMIN, DESK, True),
        (Role.ASSISTANT_ADMIN, DESK, True),
        (Role.AGENCY_ADMIN, 99, False),
        (Role.LIAISON, ROADS, False),
    ],
)
def test_the_desk_alone_goes_on_after_two_refusals_and_after_the_arbiters_word(
    role: Role, at: int, is_desk: bool
) -> None:
    actor = Actor(person_id=7, reach={role: frozenset({at})})
    assert [waits_for_coordinator(actor, Handed(n)) for n in range(4)] == [False, False, not is_desk, not is_desk]
    assert is_bound(actor, Handed(is_arbitrated=True)) is not is_desk
    assert not is_bound(actor, Handed())


@pytest.mark.parametrize("actor", [STRANGER, SYSTEM, Actor(report_id=1)])
def test_nobody_else_is_the_desk(actor: Actor) -> None:
    assert waits_for_coordinator(actor, Handed(2))
    assert is_bound(actor, Handed(is_arbitrated=True))
