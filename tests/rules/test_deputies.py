"""Whose work a deputy does, who looks after whom, and what nobody lends."""

from tuntas.rules.deputies import NEVER_LENT, instead_of, looks_after, may_hand_over
from tuntas.rules.who import Actor, Role

CITY, ROADS, WASTE, ELSEWHERE = 1, 3, 4, 99
WHOLE = frozenset({CITY, ROADS, WASTE})
ADMIN = Actor(person_id=7, reach={Role.AGENCY_ADMIN: WHOLE})
LIAISON = Actor(person_id=8, reach={Role.LIAISON: frozenset({ROADS})})


def test_own_posts_come_first_and_then_those_of_whom_one_stands_in_for() -> None:
    both = {Role.LIAISON: frozenset({ROADS, WASTE})}
    parts = ((None, {Role.LIAISON: frozenset({ROADS})}), (5, {Role.LIAISON: frozenset({ROADS, WASTE})}))
    deputy = Actor(person_id=8, reach=both, parts=parts)
    assert instead_of(deputy, lambda one: one.has(Role.LIAISON, ROADS)) is None
    assert instead_of(deputy, lambda one: one.has(Role.LIAISON, WASTE)) == 5
    assert instead_of(deputy, lambda one: one.has(Role.LIAISON, ELSEWHERE)) is None
    assert instead_of(deputy, lambda one: one.person_id == 8 and one.has(Role.LIAISON, WASTE)) == 5, "they act as such"


def test_an_admin_looks_after_all_at_or_below_the_desk() -> None:
    assert looks_after(ADMIN, [(Role.LEADER, CITY), (Role.LIAISON, WASTE)])
    assert looks_after(ADMIN, [])
    assert not looks_after(ADMIN, [(Role.LIAISON, ROADS), (Role.LIAISON, ELSEWHERE)])
    assert may_hand_over(ADMIN, [(Role.LEADER, CITY)])


def test_a_liaison_looks_after_their_own_office_and_hands_over_what_handlers_do() -> None:
    assert looks_after(LIAISON, [(Role.UNIT_HANDLER, ROADS)])
    assert looks_after(LIAISON, [(Role.LIAISON, ROADS)])
    assert not looks_after(LIAISON, [(Role.UNIT_HANDLER, WASTE)])
    assert not looks_after(LIAISON, [(Role.RESPONSE_VALIDATOR, ROADS)])
    assert not looks_after(LIAISON, [])
    assert may_hand_over(LIAISON, [(Role.UNIT_HANDLER, ROADS)])
    assert not may_hand_over(LIAISON, [(Role.LIAISON, ROADS)])


def test_nobody_looks_after_others_by_any_other_post() -> None:
    for role in set(Role) - {Role.AGENCY_ADMIN, Role.LIAISON}:
        actor = Actor(person_id=1, reach={role: WHOLE})
        assert not looks_after(actor, [(Role.UNIT_HANDLER, ROADS)]), role
        assert not looks_after(actor, []), role


def test_what_opens_sealed_reports_and_the_machine_is_never_lent() -> None:
    assert {Role.SEALED_READER, Role.INSPECTORATE, Role.SYSADMIN, Role.INTEGRATION} == NEVER_LENT
