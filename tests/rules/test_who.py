"""Who may do and see what, exhaustively, against the permission matrix of DOMAIN 2.1 told again in plain sentences."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

import pytest

from tuntas.rules.life import Act, State, acts_of, can, may
from tuntas.rules.who import (
    STRANGER,
    SYSTEM,
    Actor,
    Role,
    is_public,
    may_know_name,
    may_read,
    may_read_notes,
    may_read_original,
)

CITY, DESK, ROADS, WASTE, ELSEWHERE = 1, 2, 3, 4, 99
ME, SOMEBODY = 7, 8
BOTH = (False, True)
PLACES = {
    "at the top of this government": frozenset({CITY, DESK, ROADS, WASTE}),
    "at the agency that holds it": frozenset({ROADS}),
    "at the agency it is offered to": frozenset({WASTE}),
    "at another government": frozenset({ELSEWHERE}),
}


@dataclass(frozen=True)
class Case:
    """A report as the rules see it, held by ROADS unless said otherwise."""

    state: str = State.IN_PROGRESS
    pk: int = 1
    desk_id: int = DESK
    holder_id: int | None = ROADS
    offered_to_id: int | None = None
    is_restricted: bool = False
    is_secret: bool = False
    is_anonymous: bool = False
    entered_by_id: int | None = None
    proposed_by_id: int | None = None
    awaits_signature: bool = False
    is_led: bool = False
    reopen_count: int = 0
    awaits_arbiter: bool = False
    identity_asked_by_id: int | None = None
    helper_ids: tuple[int, ...] = ()
    is_suspected: bool = False
    is_held: bool = False

    @property
    def is_offered(self) -> bool:
        return self.state == State.TRANSFER_PENDING


def cases() -> Iterator[Case]:
    """Every state, switch and hand."""
    for state, secret, anonymous, restricted in product(State, BOTH, BOTH, BOTH):
        for offered, entered, proposed, unsigned in product((None, WASTE), (SOMEBODY, ME), (SOMEBODY, ME), BOTH):
            yield Case(
                state=state,
                holder_id=None if state is State.SUBMITTED else ROADS,
                offered_to_id=offered,
                is_secret=secret,
                is_anonymous=anonymous,
                is_restricted=restricted,
                entered_by_id=entered,
                proposed_by_id=proposed,
                awaits_signature=unsigned,
            )


def acts_in_words(role: Role, reach: frozenset[int], case: Case) -> set[Act]:
    """What somebody in one role may do to a report, its state aside: the oracle, slow and plain."""
    return anybodys(case) | (_restricted(role, reach, case) if case.is_restricted else _plain(role, reach, case))


def anybodys(case: Case) -> set[Act]:
    """Anybody may report, and follow what is neither secret nor restricted."""
    return {Act.SUBMIT} if case.is_secret or case.is_restricted else {Act.SUBMIT, Act.FOLLOW}


def _restricted(role: Role, reach: frozenset[int], case: Case) -> set[Act]:
    """A restricted report is dealt with by the Inspectorate and those appointed to read it; by nobody else."""
    if DESK not in reach:
        return set()
    appointed = {Act.ASK, Act.INFORM, Act.DISPATCH, Act.ARCHIVE, Act.NOTE, Act.CLOSE}
    if role is Role.SEALED_READER:
        return appointed
    if role is Role.INSPECTORATE:
        second = {Act.APPROVE, Act.RETURN_ANSWER} if case.proposed_by_id != ME else set()
        return appointed | second | {Act.START, Act.PROPOSE_ANSWER, Act.REOPEN, Act.ESCALATE}
    return set()


def _plain(role: Role, reach: frozenset[int], case: Case) -> set[Act]:
    """Any other report: by the desk, by the agency that holds it, and by those who check and lead."""
    is_second = case.proposed_by_id != ME
    check = {Act.APPROVE, Act.RETURN_ANSWER} if is_second else set()
    take = {Act.ACCEPT_TRANSFER, Act.DECLINE_TRANSFER}
    back_at_desk = take if case.state == State.TRANSFER_PENDING and case.offered_to_id is None else set()
    sort = {Act.ASK, Act.INFORM, Act.DISPATCH, Act.ARCHIVE, Act.NOTE, Act.PUBLISH, Act.RECALL, Act.SEAL}
    sort |= {Act.RELEASE, Act.ASK_PART, Act.WITHDRAW_PART, Act.HAND_TO_PPID, Act.EXTEND_INFORMATION}
    sort |= {Act.RECEIVE_LETTER, Act.ANSWER_AUDIENCE}
    whole = sort | {Act.FORWARD_EXTERNAL, Act.OUTSIDE_NEWS, Act.TRANSFER, Act.MERGE, Act.UNMERGE, Act.SPLIT}
    acts: set[Act] = set()
    match role:
        case Role.NATIONAL_ADMIN if DESK in reach:
            acts = sort
        case Role.ASSISTANT_ADMIN if DESK in reach:
            acts = whole | back_at_desk
        case Role.AGENCY_ADMIN if DESK in reach:
            acts = whole | {Act.CLOSE, Act.REOPEN, Act.ESCALATE, Act.ASK_IDENTITY} | check | back_at_desk
        case Role.INSPECTORATE if DESK in reach:
            acts = {Act.SEAL, Act.ASK_IDENTITY}
        case Role.LEADER if DESK in reach:
            acts = {Act.NOTE, Act.REOPEN, Act.ESCALATE, Act.ANSWER_AUDIENCE}
        case Role.RESPONSE_VALIDATOR if case.holder_id in reach:
            acts = {Act.NOTE, Act.REOPEN} | check
        case Role.CALL_OPERATOR | Role.INTAKE_PARTNER if case.entered_by_id == ME:
            acts = {Act.RECEIVE_LETTER}
        case Role.UNIT_HANDLER if case.holder_id in reach:
            acts = {Act.START, Act.PROPOSE_ANSWER, Act.RESUME, Act.NOTE}
        case Role.LIAISON:
            if case.holder_id in reach:
                acts |= {Act.START, Act.PROPOSE_ANSWER, Act.RESUME, Act.NOTE}
                acts |= {Act.SCHEDULE, Act.TRANSFER, Act.ASK, Act.INFORM}
                acts |= {Act.ASK_PART, Act.WITHDRAW_PART, Act.EXTEND_INFORMATION}
                acts |= {Act.SIGN, Act.RETURN_ANSWER} if case.awaits_signature and is_second else set()
            if case.offered_to_id in reach:
                acts |= take
    return acts


def reads_in_words(role: Role, reach: frozenset[int], case: Case) -> bool:
    """Whether somebody in one role sees more of a report than everybody does."""
    if role is Role.INSPECTORATE:
        return DESK in reach  # the Inspectorate reads every report of its government
    if case.is_restricted:
        return role is Role.SEALED_READER and DESK in reach
    match role:
        case Role.AGENCY_ADMIN | Role.ASSISTANT_ADMIN | Role.NATIONAL_ADMIN | Role.LEADER:
            return DESK in reach
        case Role.LIAISON:
            return case.holder_id in reach or case.offered_to_id in reach
        case Role.UNIT_HANDLER | Role.RESPONSE_VALIDATOR:
            return case.holder_id in reach
        case Role.CALL_OPERATOR | Role.INTAKE_PARTNER:
            return case.entered_by_id == ME  # wherever they sit
    return False


def knows_name_in_words(role: Role, reach: frozenset[int], case: Case) -> bool:
    """Whether somebody sees who the reporter is: of an anonymous one nobody; those who only check or lead never."""
    if case.is_anonymous or not reads_in_words(role, reach, case):
        return False
    if role is Role.LIAISON:
        return case.holder_id in reach  # an agency that is only asked to take it over need not know
    return role not in (Role.UNIT_HANDLER, Role.RESPONSE_VALIDATOR, Role.LEADER)


def reads_original_in_words(role: Role, reach: frozenset[int], case: Case) -> bool:
    """Whether somebody reads the words as they were written, numbers of persons included."""
    if not reads_in_words(role, reach, case):
        return False
    match role:
        case Role.AGENCY_ADMIN | Role.ASSISTANT_ADMIN | Role.NATIONAL_ADMIN | Role.INSPECTORATE | Role.SEALED_READER:
            return True
        case Role.LIAISON:
            return not case.is_anonymous and case.holder_id in reach
        case Role.CALL_OPERATOR:
            return not case.is_anonymous
    return False


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", Role)
class TestEveryRole:
    def test_may_do_what_the_matrix_says_and_nothing_more(self, role: Role, place: str) -> None:
        reach = PLACES[place]
        actor = Actor(person_id=ME, reach={role: reach})
        for case in cases():
            allowed = {act for act in Act if may(actor, act, case)}
            assert allowed == acts_in_words(role, reach, case), case
            offered = {act for act in allowed if can(act, State(case.state))}
            assert set(acts_of(actor, case)) == offered, case

    def test_sees_what_the_matrix_says_and_nothing_more(self, role: Role, place: str) -> None:
        reach = PLACES[place]
        actor = Actor(person_id=ME, reach={role: reach})
        for case in cases():
            assert may_read(actor, case) == reads_in_words(role, reach, case), case
            is_inside = role not in (Role.CALL_OPERATOR, Role.INTAKE_PARTNER)
            assert may_read_notes(actor, case) == (is_inside and may_read(actor, case)), case
            assert may_know_name(actor, case) == knows_name_in_words(role, reach, case), case
            assert may_read_original(actor, case) == reads_original_in_words(role, reach, case), case


@pytest.mark.parametrize(("one", "other"), [(a, b) for a in Role for b in Role if a < b])
def test_two_posts_give_what_each_gives_and_nothing_more(one: Role, other: Role) -> None:
    both = {one: PLACES["at the agency that holds it"], other: PLACES["at the top of this government"]}
    actor = Actor(person_id=ME, reach=both)
    for case in (
        Case(),
        Case(proposed_by_id=ME, state=State.AWAITING_VALIDATION),
        Case(is_restricted=True, proposed_by_id=ME),
        Case(is_restricted=True),
    ):
        wanted = {act for role, reach in both.items() for act in acts_in_words(role, reach, case)}
        assert {act for act in Act if may(actor, act, case)} == wanted
        assert may_read(actor, case) == any(reads_in_words(role, reach, case) for role, reach in both.items())


class TestReporter:
    mine = Actor(report_id=1)

    def test_may_do_the_same_to_their_own_report_whatever_it_is(self) -> None:
        own = {
            Act.COMPLETE,
            Act.APPEAL,
            Act.WITHDRAW,
            Act.SUPPLEMENT,
            Act.REPLY,
            Act.RATE,
            Act.REOPEN,
            Act.SET_PRIVACY,
        }
        for case in cases():
            assert {act for act in Act if may(self.mine, act, case)} == own | anybodys(case)
            assert not may_read_notes(self.mine, case)
            assert may_read(self.mine, case)
            assert may_read_original(self.mine, case)

    def test_is_a_stranger_to_every_other_report(self) -> None:
        for case in cases():
            other = replace(case, pk=2)
            assert {act for act in Act if may(self.mine, act, other)} == anybodys(other)
            assert not may_read(self.mine, other)
            assert not may_read_original(self.mine, other)
            assert not may_know_name(self.mine, other)


def test_a_stranger_may_report_and_follow_and_nothing_else() -> None:
    for case in cases():
        assert {act for act in Act if may(STRANGER, act, case)} == anybodys(case)
        assert not may_read(STRANGER, case)
        assert not may_know_name(STRANGER, case)
        assert not may_read_original(STRANGER, case)


SYSTEMS = {Act.ARCHIVE, Act.CLOSE, Act.DECLINE_TRANSFER, Act.ESCALATE}


def test_the_system_ends_what_nobody_answered_and_knows_no_name() -> None:
    for case in cases():
        assert {act for act in Act if may(SYSTEM, act, case)} == SYSTEMS | anybodys(case)
        assert may_read(SYSTEM, case)
        assert not may_know_name(SYSTEM, case)


def test_nobody_with_a_post_is_nobody() -> None:
    """A person without posts, such as one who left, is a stranger."""
    for case in cases():
        gone = Actor(person_id=ME)
        assert {act for act in Act if may(gone, act, case)} == anybodys(case)
        assert not may_read(gone, case)


def test_everybody_may_know_of_what_is_neither_secret_nor_restricted() -> None:
    for case in cases():
        assert is_public(case) == (not case.is_secret and not case.is_restricted)


def test_nobody_approves_their_own_answer_whatever_their_posts() -> None:
    everything = {role: frozenset({CITY, DESK, ROADS, WASTE}) for role in Role}
    author = Actor(person_id=ME, reach=everything)
    for case in cases():
        if case.proposed_by_id == ME:
            assert not may(author, Act.APPROVE, case)
            assert not may(author, Act.RETURN_ANSWER, case)
        else:
            assert may(author, Act.APPROVE, case) or case.holder_id is None or not case.is_restricted
