"""The agenda of a rakor: its order, its time boxes, and whose part of it is whose; who may do what there."""

import pytest

from tuntas.rules.agenda import MINUTES, Draft, Kind, cases_in, own_part
from tuntas.rules.meetings import leads, may_finish, own_agencies
from tuntas.rules.who import Actor, Role

PUPR, DLH, DESK = 3, 5, 1
ROWS = {"n": 9, "rows": [{"agency": PUPR, "n": 7, "cases": [1, 2]}, {"agency": DLH, "n": 2, "cases": [3]}]}


def test_an_agenda_begins_with_what_was_decided_and_every_kind_has_its_time() -> None:
    assert list(Kind) == ["last", "cluster", "contested", "overdue", "silent", "budget", "brought"]
    assert set(MINUTES) == set(Kind)
    assert Draft(Kind.OVERDUE, {}).minutes == 20


def test_of_rows_an_agency_sees_its_own_and_counts_only_those() -> None:
    assert own_part(Kind.OVERDUE, ROWS, frozenset({DLH})) == {"n": 2, "rows": [{"agency": DLH, "n": 2, "cases": [3]}]}
    assert own_part(Kind.OVERDUE, ROWS, frozenset({PUPR, DLH})) == ROWS
    assert own_part(Kind.OVERDUE, ROWS, frozenset({4})) is None


def test_a_row_that_counts_nothing_is_one() -> None:
    facts = {"n": 2, "of": "2026-03-06", "rows": [{"agency": PUPR}, {"agency": DLH}]}
    assert own_part(Kind.LAST, facts, frozenset({PUPR})) == {"n": 1, "of": "2026-03-06", "rows": [{"agency": PUPR}]}


def test_a_point_between_two_agencies_is_for_both_and_nobody_else() -> None:
    facts = {"agencies": [PUPR, DLH], "n": 2, "cases": [1]}
    for agency in (PUPR, DLH):
        assert own_part(Kind.CONTESTED, facts, frozenset({agency})) == facts
    assert own_part(Kind.CONTESTED, facts, frozenset({4})) is None


def test_silence_outside_is_the_desks_alone() -> None:
    assert own_part(Kind.SILENT, ROWS, frozenset({PUPR})) is None


def test_the_cases_of_a_point_are_found_wherever_they_stand() -> None:
    assert cases_in(ROWS) == [1, 2, 3]
    assert cases_in({"cases": [4]}) == [4]
    assert cases_in({}) == []


@pytest.mark.parametrize("role", list(Role))
def test_admins_of_the_desk_and_leaders_lead(role: Role) -> None:
    assert leads(Actor(1, {role: frozenset({DESK, PUPR})}), DESK) == (role in {Role.AGENCY_ADMIN, Role.LEADER})
    assert not leads(Actor(1, {role: frozenset({PUPR})}), DESK)


@pytest.mark.parametrize("role", list(Role))
def test_a_liaison_sees_the_part_of_their_agencies(role: Role) -> None:
    seen = own_agencies(Actor(1, {role: frozenset({PUPR})}))
    assert seen == ({PUPR} if role in {Role.AGENCY_ADMIN, Role.LEADER, Role.LIAISON} else frozenset())


def test_a_decision_is_finished_by_the_liaison_of_its_agency_or_by_who_leads() -> None:
    assert may_finish(Actor(1, {Role.LIAISON: frozenset({PUPR})}), DESK, PUPR)
    assert not may_finish(Actor(1, {Role.LIAISON: frozenset({DLH})}), DESK, PUPR)
    assert not may_finish(Actor(1, {Role.UNIT_HANDLER: frozenset({PUPR})}), DESK, PUPR)
    assert may_finish(Actor(1, {Role.LEADER: frozenset({DESK})}), DESK, PUPR)
