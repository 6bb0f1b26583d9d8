"""Every role, act, state and switch, at home and elsewhere, author or not: the rules say what one table says.

The tables below are DOMAIN 2.1 and CONTRACT 6 written by hand, never made from the life table, whose rows they judge.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
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

# Who may: a role, "@" where its post must reach (the desk unless said), "+" the kind of report (ordinary, which is
# neither restricted nor suspected, unless said), "?" what else must hold. DESK and ROOM stand for the rows of KINDS.
KINDS = {
    "DESK": "agency_admin assistant_admin national_admin",
    "ROOM": "inspectorate+restricted sealed_reader+restricted",
    "SECOND": "response_validator@holder?not_author?high agency_admin?not_author inspectorate+restricted?not_author",
    "WORKERS": "liaison@holder unit_handler@holder inspectorate+restricted",
    "TAKERS": "liaison@offered agency_admin?back_at_desk assistant_admin?back_at_desk",
    "HELPERS": "liaison@helper unit_handler@helper",
    "SIGNER": "liaison@holder?unsigned?not_author",
}
MAY = """
submit           anyone
follow           anyone?public
ask              DESK liaison@holder ROOM
inform           DESK liaison@holder ROOM
dispatch         DESK ROOM
archive          DESK ROOM system
note             DESK liaison@holder unit_handler@holder response_validator@holder leader ROOM
start            WORKERS
propose_answer   WORKERS
schedule         liaison@holder
resume           liaison@holder unit_handler@holder
sign             SIGNER
approve          SECOND
return_answer    SECOND SIGNER
close            agency_admin ROOM system
reopen           reporter agency_admin response_validator@holder leader inspectorate+restricted
escalate         agency_admin leader inspectorate+restricted system
publish          DESK
recall           DESK
transfer         liaison@holder agency_admin assistant_admin
accept_transfer  TAKERS
decline_transfer TAKERS system
arbitrate        arbiter@holder?awaited
forward_external agency_admin assistant_admin
outside_news     agency_admin assistant_admin
merge            agency_admin assistant_admin
unmerge          agency_admin assistant_admin
split            agency_admin assistant_admin
ask_part         DESK liaison@holder
do_part          HELPERS
decline_part     HELPERS
withdraw_part    DESK liaison@holder
hand_to_ppid     DESK
extend_information DESK liaison@holder
receive_letter   DESK call_operator@entered intake_partner@entered
answer_audience  DESK leader
seal             DESK inspectorate+unsealed sealed_reader+suspected
clear            sealed_reader+suspected
release          DESK
ask_identity     agency_admin inspectorate+unsealed
decide_identity  agency_admin?not_secret?asked?not_asker inspectorate+any?asked?not_asker
complete         reporter
appeal           reporter
withdraw         reporter
supplement       reporter
reply            reporter
rate             reporter
set_privacy      reporter
"""
SEES = """
case             reporter system DESK leader liaison@holder liaison@offered unit_handler@holder
case             response_validator@holder inspectorate+any sealed_reader+restricted sealed_reader+suspected
case             call_operator@entered intake_partner@entered arbiter@holder?awaited
case             HELPERS
notes            system DESK leader liaison@holder liaison@offered unit_handler@holder response_validator@holder
notes            inspectorate+any sealed_reader+restricted sealed_reader+suspected arbiter@holder?awaited
name             DESK?named liaison@holder?named inspectorate+any?named sealed_reader+restricted?named
name             call_operator@entered?named intake_partner@entered?named
original         reporter DESK inspectorate+any sealed_reader+restricted sealed_reader+suspected
original         liaison@holder?named call_operator@entered?named
"""
WHEN = """
submit
follow           open closed
ask              open -needs_info
complete         needs_info
inform           open
dispatch         submitted
archive          submitted needs_info
appeal           archived
withdraw         open
start            dispatched reporter_replied
note             open closed archived
schedule         in_progress
resume           scheduled
propose_answer   in_progress under_examination reporter_replied
sign             awaiting_validation
approve          awaiting_validation
return_answer    awaiting_validation
supplement       open -needs_info -answered
reply            answered
rate             answered closed
close            answered reporter_replied
reopen           answered closed
publish          open closed archived
recall           open archived
seal             open
clear            open
release          open
set_privacy      open closed archived
escalate         open
transfer         dispatched in_progress
accept_transfer  transfer_pending
decline_transfer transfer_pending
arbitrate        transfer_pending
forward_external submitted dispatched in_progress reporter_replied
outside_news     forwarded_external
merge            submitted dispatched in_progress scheduled
unmerge          open
split            submitted needs_info dispatched transfer_pending in_progress scheduled reporter_replied
ask_part         open -submitted -needs_info -forwarded_external -under_examination
do_part          open closed
decline_part     open closed
withdraw_part    open closed
hand_to_ppid     submitted dispatched in_progress
extend_information open -submitted -needs_info -forwarded_external -under_examination
receive_letter   open
answer_audience  open
ask_identity     open closed archived
decide_identity  open closed archived
"""

CITY, DESK, ROADS, WASTE, SIGNS, ELSEWHERE = 1, 2, 3, 4, 5, 99
ME, OTHER = 7, 8
BOTH = (False, True)
PLACES = {
    "the whole city": frozenset({CITY, DESK, ROADS, WASTE, SIGNS}),
    "the holder": frozenset({ROADS}),
    "the agency it is offered to": frozenset({WASTE}),
    "the agency asked for a part": frozenset({SIGNS}),
    "another government": frozenset({ELSEWHERE}),
}


@dataclass(frozen=True)
class Case:
    """A report as the rules see it."""

    state: str = State.IN_PROGRESS
    pk: int = 1
    desk_id: int = DESK
    holder_id: int | None = ROADS
    offered_to_id: int | None = None
    is_restricted: bool = False
    is_suspected: bool = False
    is_held: bool = False
    is_secret: bool = False
    is_anonymous: bool = False
    entered_by_id: int | None = None
    proposed_by_id: int | None = None
    awaits_signature: bool = False
    is_led: bool = False
    reopen_count: int = 0
    awaits_arbiter: bool = False
    helper_ids: tuple[int, ...] = ()
    identity_asked_by_id: int | None = None

    @property
    def is_offered(self) -> bool:
        return self.state == State.TRANSFER_PENDING


Holds = Callable[[Actor, Case], bool]
KIND: dict[str, Callable[[Case], bool]] = {
    "ordinary": lambda case: not case.is_restricted and not case.is_suspected,
    "restricted": lambda case: case.is_restricted,
    "suspected": lambda case: case.is_suspected and not case.is_restricted,
    "unsealed": lambda case: not case.is_restricted,
    "any": lambda case: True,
}
PLACE: dict[str, Callable[[frozenset[int], Case], bool]] = {
    "desk": lambda reach, case: case.desk_id in reach,
    "holder": lambda reach, case: case.holder_id in reach,
    "offered": lambda reach, case: case.offered_to_id in reach,
    "entered": lambda reach, case: case.entered_by_id == ME,
    "helper": lambda reach, case: bool(reach & set(case.helper_ids)),
}
HOLDS: dict[str, Holds] = {
    "public": lambda actor, case: not (case.is_secret or case.is_restricted or case.is_held),
    "named": lambda actor, case: not case.is_anonymous,
    "not_secret": lambda actor, case: not case.is_secret,
    "not_author": lambda actor, case: case.proposed_by_id != actor.person_id,
    "high": lambda actor, case: (
        case.reopen_count < 2 or case.desk_id in actor.reach.get(Role.RESPONSE_VALIDATOR, frozenset())
    ),
    "unsigned": lambda actor, case: case.awaits_signature,
    "back_at_desk": lambda actor, case: (
        case.state == "transfer_pending" and case.offered_to_id is None and not case.awaits_arbiter
    ),
    "awaited": lambda actor, case: case.awaits_arbiter,
    "asked": lambda actor, case: case.identity_asked_by_id is not None,
    "not_asker": lambda actor, case: case.identity_asked_by_id != actor.person_id,
}


def read(table: str) -> dict[str, list[Holds]]:
    """Return the rows of a table, each name with the sentences that let somebody in."""
    found: dict[str, list[Holds]] = {}
    for line in table.strip().splitlines():
        name, *words = line.split()
        found.setdefault(name, []).extend(sentence(word) for word in spelt_out(words))
    return found


def spelt_out(words: list[str]) -> list[str]:
    """Put the rows of KINDS in place of their names; a condition on a name goes to each."""
    found = []
    for word in words:
        name, mark, rest = word.partition("?")
        found += [each + mark + rest for each in KINDS.get(name, name).split()]
    return found


def sentence(word: str) -> Holds:
    head, *conditions = word.split("?")
    head, _, kind = head.partition("+")
    role, _, place = head.partition("@")
    asks = [HOLDS[name] for name in conditions]
    if role in ("anyone", "system", "reporter"):
        is_one: Holds = {
            "anyone": lambda actor, case: True,
            "system": lambda actor, case: actor.is_system,
            "reporter": lambda actor, case: actor.report_id == case.pk,
        }[role]
        return lambda actor, case: is_one(actor, case) and all(ask(actor, case) for ask in asks)
    fits, reaches, held = KIND[kind or "ordinary"], PLACE[place or "desk"], Role(role)
    return lambda actor, case: (
        held in actor.reach
        and fits(case)
        and reaches(actor.reach[held], case)
        and all(ask(actor, case) for ask in asks)
    )


@cache
def tables() -> tuple[dict[str, list[Holds]], dict[str, list[Holds]]]:
    return read(MAY), read(SEES)


def wanted_acts(actor: Actor, case: Case) -> set[str]:
    return {act for act, lets in tables()[0].items() if any(let(actor, case) for let in lets)}


def wanted_views(actor: Actor, case: Case) -> set[str]:
    return {what for what, lets in tables()[1].items() if any(let(actor, case) for let in lets)}


def states_in_words(act: str) -> set[str]:
    """Return from where an act is done, as WHEN says it."""
    every_open = {state.value for state in State} - {"closed", "archived"}
    line = next(line for line in WHEN.strip().splitlines() if line.split()[0] == act)
    found: set[str] = set()
    for word in line.split()[1:]:
        if word == "open":
            found |= every_open
        elif word.startswith("-"):
            found -= {word[1:]}
        else:
            found.add(word)
    return found


def switched() -> Iterator[Case]:
    """Every state with every privacy switch, by the author and by another."""
    for state, restricted, suspected, secret, anonymous, author in product(State, BOTH, BOTH, BOTH, BOTH, (ME, OTHER)):
        yield Case(
            state=state,
            is_restricted=restricted,
            is_suspected=suspected,
            is_secret=secret,
            is_anonymous=anonymous,
            proposed_by_id=author,
            awaits_signature=state is State.AWAITING_VALIDATION,
            helper_ids=(SIGNS, 77),
        )


def in_hands() -> Iterator[Case]:
    """Every hand a report can be in, with every switch that decides over it."""
    states = (State.SUBMITTED, State.TRANSFER_PENDING, State.AWAITING_VALIDATION)
    switches = product(states, BOTH, BOTH, BOTH, (None, ROADS), (None, WASTE))
    people = list(product((None, ME, OTHER), (ME, OTHER), (ME, OTHER), BOTH))
    for state, restricted, suspected, secret, holder, offered in switches:
        for asker, author, entered, unsigned in people:
            yield Case(
                state=state,
                holder_id=holder,
                offered_to_id=offered,
                is_restricted=restricted,
                is_suspected=suspected,
                is_secret=secret,
                is_anonymous=True,
                identity_asked_by_id=asker,
                proposed_by_id=author,
                entered_by_id=entered,
                awaits_signature=unsigned,
                helper_ids=(SIGNS,) if entered == ME else (),
                awaits_arbiter=unsigned and state is State.TRANSFER_PENDING and offered is None,
                reopen_count=2 if secret else 1,
            )


def views(actor: Actor, case: Case) -> set[str]:
    found = {"case": may_read, "notes": may_read_notes, "name": may_know_name, "original": may_read_original}
    return {what for what, rule in found.items() if rule(actor, case)}


def test_the_table_names_every_act_once() -> None:
    assert sorted(tables()[0]) == sorted(act.value for act in Act)
    assert sorted(line.split()[0] for line in WHEN.strip().splitlines()) == sorted(act.value for act in Act)


@pytest.mark.parametrize("act", Act)
def test_an_act_is_done_from_these_states_and_no_other(act: Act) -> None:
    assert {state.value for state in State if can(act, state)} == states_in_words(act.value)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", Role)
def test_every_state_and_switch(role: Role, place: str) -> None:
    actor = Actor(person_id=ME, reach={role: PLACES[place]})
    now = {state: {act.value for act in Act if can(act, state)} for state in State}
    for case in switched():
        allowed = wanted_acts(actor, case)
        assert {act.value for act in acts_of(actor, case)} == allowed & now[State(case.state)], case
        assert views(actor, case) == wanted_views(actor, case), case


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", Role)
def test_every_hand(role: Role, place: str) -> None:
    actor = Actor(person_id=ME, reach={role: PLACES[place]})
    for case in in_hands():
        assert {act.value for act in Act if may(actor, act, case)} == wanted_acts(actor, case), case
        assert views(actor, case) == wanted_views(actor, case), case


@pytest.mark.parametrize("actor", [STRANGER, SYSTEM, Actor(report_id=1), Actor(report_id=2), Actor(person_id=ME)])
def test_those_without_a_post(actor: Actor) -> None:
    for case in switched():
        assert {act.value for act in Act if may(actor, act, case)} == wanted_acts(actor, case), case
        assert views(actor, case) == wanted_views(actor, case), case


@pytest.mark.parametrize(("one", "other"), [(a, b) for a in Role for b in Role if a < b])
def test_two_posts_give_what_each_gives_and_nothing_more(one: Role, other: Role) -> None:
    reach = {one: PLACES["the holder"], other: PLACES["the whole city"]}
    both = Actor(person_id=ME, reach=reach)
    each = [Actor(person_id=ME, reach={role: where}) for role, where in reach.items()]
    for case in (
        Case(proposed_by_id=ME, awaits_signature=True),
        Case(is_restricted=True),
        Case(is_suspected=True, entered_by_id=ME),
        Case(is_anonymous=True, is_secret=True, identity_asked_by_id=OTHER, offered_to_id=WASTE),
    ):
        allowed = {act for act in Act if may(both, act, case)}
        assert allowed == {act for actor in each for act in Act if may(actor, act, case)}
        assert views(both, case) == {what for actor in each for what in views(actor, case)}


def test_nobody_agrees_with_themselves_whatever_their_posts() -> None:
    everything = Actor(person_id=ME, reach=dict.fromkeys(Role, PLACES["the whole city"]))
    for case in switched():
        mine = replace(case, proposed_by_id=ME, identity_asked_by_id=ME)
        allowed = {act for act in Act if may(everything, act, mine)}
        assert not allowed & {Act.APPROVE, Act.RETURN_ANSWER, Act.SIGN, Act.DECIDE_IDENTITY}


def test_everybody_may_know_of_what_is_neither_secret_nor_restricted_nor_held() -> None:
    for case in switched():
        assert is_public(case) == (not case.is_secret and not case.is_restricted)
        assert not is_public(replace(case, is_held=True))


@pytest.mark.parametrize("role", Role)
def test_to_hold_a_report_hides_it_from_everybody_and_takes_nothing_from_those_at_work(role: Role) -> None:
    """Switched by itself: another factor would double the cases above."""
    everybody = (Actor(person_id=ME, reach={role: PLACES["the whole city"]}), STRANGER, SYSTEM, Actor(report_id=1))
    for actor, case in product(everybody, switched()):
        held = replace(case, is_held=True)
        assert {act.value for act in Act if may(actor, act, held)} == wanted_acts(actor, held), held
        assert wanted_acts(actor, case) - wanted_acts(actor, held) <= {"follow"}
        assert views(actor, held) == views(actor, case), held
