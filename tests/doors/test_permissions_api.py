"""Every person, every act, every state, over HTTP: the answer follows from ``GET /life`` and from what roles mean.

What the roles mean is written here a second time, from DOMAIN 2 and CONTRACT 6, and never read from the product. Bodies
are broken JSON: whoever may act is told 422, and nothing is done. Switches go pairwise: every two values of a state and
the switches stand together in some report.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations, product
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.make import Made, bring, make_held, make_report, make_restricted, refuse_three_times
from tuntas import steps
from tuntas.agencies.installation import forget_installation
from tuntas.agencies.models import Agency
from tuntas.kit.time import current_time
from tuntas.reports.models import Event, Report
from tuntas.rules.life import State
from tuntas.rules.who import Role

pytestmark = pytest.mark.usefixtures("city")

API = "/api/v1"
BROKEN = "{"
WORKS_AT_AN_AGENCY = {Role.LIAISON, Role.UNIT_HANDLER}


@dataclass(frozen=True)
class Person:
    """Somebody at the door. ``agency`` only for roles that reach one agency; the others serve the whole city."""

    name: str
    roles: frozenset[Role] = frozenset()
    agency: str = ""
    is_reporter: bool = False
    is_unknown: bool = False


@dataclass(frozen=True)
class Case:
    """What the rules may depend on, told by whoever made the report."""

    state: State
    holder: str = ""
    offered: str = ""  # an agency, or "desk"
    is_secret: bool = False
    is_restricted: bool = False
    is_suspected: bool = False
    is_held: bool = False
    is_anonymous: bool = True
    author: str = ""
    asker: str = ""
    is_unsigned: bool = False
    awaits_arbiter: bool = False
    helper: str = ""

    @property
    def is_ordinary(self) -> bool:
        return not self.is_restricted and not self.is_suspected

    @property
    def is_hidden(self) -> bool:
        return self.is_secret or self.is_held


NOBODY = Person("nobody")
BAD_TOKEN = Person("a bad token", is_unknown=True)
OWN_CODE = Person("the reporter", is_reporter=True)
OTHER_CODE = Person("another reporter")
STAFF = [
    Person(f"{role} {agency}".strip(), frozenset({role}), agency)
    for role in Role
    if role is not Role.SEALED_READER
    for agency in (("dinas-pupr", "dlh") if role in WORKS_AT_AN_AGENCY else ("",))
] + [
    Person("appointed inspector", frozenset({Role.INSPECTORATE, Role.SEALED_READER})),
    Person("appointed admin", frozenset({Role.AGENCY_ADMIN, Role.SEALED_READER})),
]
PEOPLE = [NOBODY, BAD_TOKEN, OWN_CODE, OTHER_CODE, *STAFF]

Means = Callable[[Person, Case], bool]


def open_to(role: Role) -> Means:
    """A role of the whole city, on reports that are neither restricted nor suspected of having to be."""
    return lambda person, case: role in person.roles and case.is_ordinary


def works_for_holder(role: Role) -> Means:
    return lambda person, case: (
        role in person.roles and case.is_ordinary and bool(case.holder) and person.agency == case.holder
    )


def checks_answers(person: Person, case: Case) -> bool:
    return Role.RESPONSE_VALIDATOR in person.roles and case.is_ordinary and bool(case.holder)


def examines(person: Person, case: Case) -> bool:
    return Role.INSPECTORATE in person.roles and case.is_restricted


def not_author(means: Means) -> Means:
    return lambda person, case: means(person, case) and person.name != case.author


def is_asked(person: Person, case: Case) -> bool:
    """Whether somebody else waits for a second person to open the name."""
    return bool(case.asker) and person.name != case.asker


def works_for_helper(role: Role) -> Means:
    return lambda person, case: (
        role in person.roles and case.is_ordinary and bool(case.helper) and person.agency == case.helper
    )


def at_the_desk(role: Role) -> Means:
    return lambda person, case: open_to(role)(person, case) and case.offered == "desk"


MEANING: dict[str, Means] = {
    "anyone": lambda person, case: True,
    "anyone_if_public": lambda person, case: not case.is_hidden and not case.is_restricted,
    "system": lambda person, case: False,
    "reporter": lambda person, case: person.is_reporter,
    "agency_admin": open_to(Role.AGENCY_ADMIN),
    "assistant_admin": open_to(Role.ASSISTANT_ADMIN),
    "national_admin": open_to(Role.NATIONAL_ADMIN),
    "leader": open_to(Role.LEADER),
    "liaison_of_holder": works_for_holder(Role.LIAISON),
    "liaison_to_sign": lambda person, case: (
        case.is_unsigned and not_author(works_for_holder(Role.LIAISON))(person, case)
    ),
    "unit_handler_of_holder": works_for_holder(Role.UNIT_HANDLER),
    "liaison_of_offered_agency": lambda person, case: (
        Role.LIAISON in person.roles and case.is_ordinary and bool(case.offered) and person.agency == case.offered
    ),
    "liaison_of_helper": works_for_helper(Role.LIAISON),
    "unit_handler_of_helper": works_for_helper(Role.UNIT_HANDLER),
    "call_operator_who_entered": lambda person, case: False,
    "intake_partner_who_entered": lambda person, case: False,
    "arbiter_if_awaited": lambda person, case: open_to(Role.ARBITER)(person, case) and case.awaits_arbiter,
    "agency_admin_if_offered": at_the_desk(Role.AGENCY_ADMIN),
    "assistant_admin_if_offered": at_the_desk(Role.ASSISTANT_ADMIN),
    "response_validator": checks_answers,
    "response_validator_not_author": not_author(checks_answers),
    "agency_admin_not_author": not_author(open_to(Role.AGENCY_ADMIN)),
    "inspectorate_if_restricted": examines,
    "inspectorate_not_author_if_restricted": not_author(examines),
    "inspectorate_if_not_restricted": lambda person, case: Role.INSPECTORATE in person.roles and not case.is_restricted,
    "sealed_reader_if_suspected": lambda person, case: (
        Role.SEALED_READER in person.roles and case.is_suspected and not case.is_restricted
    ),
    "agency_admin_not_asker": lambda person, case: (
        Role.AGENCY_ADMIN in person.roles and case.is_ordinary and not case.is_secret and is_asked(person, case)
    ),
    "inspectorate_not_asker": lambda person, case: Role.INSPECTORATE in person.roles and is_asked(person, case),
    "sealed_reader_if_restricted": lambda person, case: Role.SEALED_READER in person.roles and case.is_restricted,
}
SEES_SECRETS = [
    "reporter",
    "agency_admin",
    "assistant_admin",
    "national_admin",
    "leader",
    "liaison_of_holder",
    "unit_handler_of_holder",
    "liaison_of_offered_agency",
    "liaison_of_helper",
    "unit_handler_of_helper",
    "arbiter_if_awaited",
    "response_validator",
]


def sees(person: Person, case: Case) -> bool:
    """Whether the person may know of the report at all."""
    if case.is_restricted:
        return person.is_reporter or bool(person.roles & {Role.INSPECTORATE, Role.SEALED_READER})
    if case.is_hidden and case.is_suspected and Role.SEALED_READER in person.roles:
        return True
    if case.is_hidden:
        return Role.INSPECTORATE in person.roles or any(MEANING[name](person, case) for name in SEES_SECRETS)
    return True


def expected(person: Person, case: Case, row: dict[str, Any]) -> int:
    """The status CONTRACT 5 asks for: 404, 401, 403, 409, and 422 for whoever may."""
    if not sees(person, case):
        return 404
    if person is BAD_TOKEN or (person is NOBODY and not any(name.startswith("anyone") for name in row["who"])):
        return 401
    if not any(MEANING[name](person, case) for name in row["who"]):
        return 403
    return 422 if case.state in row["from"] else 409


def headers_of(person: Person, cast: Cast, made: Made) -> dict[str, str]:
    if person is OWN_CODE:
        return made.header
    if person is OTHER_CODE:
        return make_report(current_time()).header
    if person is BAD_TOKEN:
        return {"Authorization": "Bearer nobody"}
    if person is NOBODY:
        return {}
    role, *more = sorted(person.roles, key=lambda role: role is Role.SEALED_READER)
    return cast.bearer(role, person.agency, also=more[0] if more else None)


def check(client: Client, cast: Cast, made: Made, case: Case) -> None:
    """Let everybody try everything, by number or ref, and compare."""
    report = Report.objects.get(pk=made.report.pk)
    switches = (report.is_secret, report.is_restricted, report.is_suspected, report.is_anonymous)
    assert switches == (case.is_secret, case.is_restricted, case.is_suspected, case.is_anonymous)
    assert (report.state, report.is_held) == (case.state, case.is_held)
    before = Event.objects.count()
    life = client.get(f"{API}/life").json()["acts"]
    wrong, seen = [], set()
    for person in PEOPLE:
        headers = headers_of(person, cast, made)
        for row in life:
            if row["act"] == "submit":
                continue
            path = f"{API}/reports/{report.name}/acts/{row['act']}"
            status = client.post(path, BROKEN, content_type="application/json", headers=headers).status_code
            seen.add(status)
            if status != (wanted := expected(person, case, row)):
                wrong.append(f"{person.name} {row['act']}: {status}, not {wanted}")
        view = client.get(f"{API}/reports/{report.name}", headers=headers).status_code
        if view != (wanted := 404 if not sees(person, case) else 401 if person is BAD_TOKEN else 200):
            wrong.append(f"{person.name} reads: {view}, not {wanted}")
    assert wrong == []
    assert {403, 409, 422} <= seen
    assert Event.objects.count() in (before, before + 1)  # the other reporter's own report


HELD = {s for s in State if s not in (State.SUBMITTED, State.NEEDS_INFO, State.FORWARDED_EXTERNAL, State.ARCHIVED)}


PLAIN = [s for s in State if s is not State.UNDER_EXAMINATION]
SWITCHES = ("is_secret", "is_anonymous", "is_suspected", "is_asked")
Row = tuple[Any, ...]


def pairwise(*axes: list[Any]) -> list[Row]:
    """Return rows in which every two values of every two axes stand together; few, and the same each time."""
    missing = {(a, x, b, y) for a, b in combinations(range(len(axes)), 2) for x, y in product(axes[a], axes[b])}
    rows = []
    while missing:
        best = max(product(*axes), key=lambda row: len(_pairs(row) & missing))
        missing -= _pairs(best)
        rows.append(best)
    return rows


def _pairs(row: Row) -> set[tuple[int, Any, int, Any]]:
    return {(a, row[a], b, row[b]) for a, b in combinations(range(len(row)), 2)}


def possible(row: Row) -> Row:
    """A name is asked for where one is hidden."""
    state, *switches = row
    given = dict(zip(SWITCHES, switches, strict=True))
    return (
        state,
        given["is_secret"],
        given["is_anonymous"] or given["is_asked"],
        given["is_suspected"],
        given["is_asked"],
    )


BOTH = [False, True]
ROWS = list(dict.fromkeys(possible(row) for row in pairwise(PLAIN, BOTH, BOTH, BOTH, BOTH)))


def make_row(row: Row, cast: Cast) -> tuple[Made, Case]:
    """Make the report of a row by real steps; only the suspicion is laid on it by hand."""
    state, is_secret, is_anonymous, is_suspected, is_asked = row
    begun = current_time() - timedelta(hours=9)
    made = make_report(begun, is_secret=is_secret, is_anonymous=is_anonymous, email="sari@mail.example")
    bring(made, state, cast, begun)
    if is_asked:
        steps.ask_identity(made.report, by=cast.desk, text="Saksi harus ditemui segera.", now=current_time())
    Report.objects.filter(pk=made.report.pk).update(is_suspected=is_suspected)
    case = Case(
        state=state,
        holder="dinas-pupr" if state in HELD else "",
        offered="dlh" if state is State.TRANSFER_PENDING else "",
        is_secret=is_secret,
        is_anonymous=is_anonymous,
        is_suspected=is_suspected,
        author="liaison dinas-pupr",
        asker="agency_admin" if is_asked else "",
    )
    return made, case


def test_every_two_values_stand_together_somewhere() -> None:
    axes: list[list[Any]] = [list("abcdefg"), BOTH, BOTH, [1, 2, 3]]
    rows = pairwise(*axes)
    for (a, one), (b, other) in combinations(enumerate(axes), 2):
        assert {(row[a], row[b]) for row in rows} == set(product(one, other))
    assert len(rows) <= 21 + 2
    assert {row[0] for row in ROWS} == set(PLAIN)
    assert all({row[n] for row in ROWS} == {False, True} for n in range(1, 5))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{''.join('01'[each] for each in row[1:])}")
def test_everybody_may_do_what_the_life_table_says(client: Client, cast: Cast, row: Row) -> None:
    check(client, cast, *make_row(row, cast))


@pytest.mark.usefixtures("changed_profile")
def test_an_unsigned_answer_is_the_liaisons_to_sign_or_to_send_back(client: Client, cast: Cast) -> None:
    begun = current_time() - timedelta(hours=9)
    made = make_report(begun)
    bring(made, State.IN_PROGRESS, cast, begun)
    Agency.objects.filter(slug="dinas-pupr").update(liaison_signs=True)
    forget_installation()
    steps.propose_answer(made.report, by=cast.handler, text="Sudah.", outcome="answered", now=current_time())
    case = Case(State.AWAITING_VALIDATION, holder="dinas-pupr", author="unit_handler dinas-pupr", is_unsigned=True)
    check(client, cast, made, case)


def test_a_report_offered_back_to_the_desk_is_the_desks_to_take(client: Client, cast: Cast) -> None:
    begun = current_time() - timedelta(hours=9)
    made = make_report(begun)
    bring(made, State.DISPATCHED, cast, begun)
    steps.transfer(
        made.report, by=cast.liaison, agency=None, reason_code="wrong_agency", text="Bukan kami.", now=current_time()
    )
    check(client, cast, made, Case(State.TRANSFER_PENDING, holder="dinas-pupr", offered="desk"))


@pytest.mark.parametrize("is_secret", BOTH)
def test_a_report_refused_three_times_is_the_arbiters_to_settle(client: Client, cast: Cast, is_secret: bool) -> None:
    begun = current_time() - timedelta(hours=9)
    made = make_report(begun, is_secret=is_secret)
    refuse_three_times(bring(made, State.DISPATCHED, cast, begun), cast, begun)
    case = Case(State.TRANSFER_PENDING, holder="dinas-pupr", is_secret=is_secret, awaits_arbiter=True)
    check(client, cast, made, case)


@pytest.mark.parametrize("is_secret", BOTH)
def test_who_is_asked_for_a_part_reads_it_and_answers_for_that_alone(
    client: Client, cast: Cast, is_secret: bool
) -> None:
    begun = current_time() - timedelta(hours=9)
    made = make_report(begun, is_secret=is_secret)
    bring(made, State.IN_PROGRESS, cast, begun)
    day = current_time().date() + timedelta(days=7)
    steps.ask_part(made.report, by=cast.liaison, agency="dlh", text="Pasang rambu.", due_on=day, now=current_time())
    check(client, cast, made, Case(State.IN_PROGRESS, holder="dinas-pupr", is_secret=is_secret, helper="dlh"))


def examine(made: Made, to: State, cast: Cast) -> None:
    """Walk a restricted report on: sent to the Inspectorate, examined, answered by one and let out by another."""
    report, now = made.report, current_time()
    steps.dispatch(report, by=cast.appointed_admin, agency="inspektorat", now=now)
    if to is State.DISPATCHED:
        return
    steps.start(report, by=cast.inspector, text="Kami periksa.", now=now)
    if to is State.UNDER_EXAMINATION:
        return
    steps.propose_answer(report, by=cast.inspector, text="Terbukti.", outcome="answered", now=now)
    if to is State.ANSWERED:
        steps.approve(report, by=cast.appointed_inspector, now=now)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.UNDER_EXAMINATION, State.AWAITING_VALIDATION])
def test_a_restricted_report_is_there_for_the_appointed_alone(client: Client, cast: Cast, state: State) -> None:
    made = make_restricted(current_time())
    if state is not State.SUBMITTED:
        examine(made, state, cast)
    held = state is not State.SUBMITTED
    author = "inspectorate" if state in (State.AWAITING_VALIDATION, State.ANSWERED) else ""
    check(client, cast, made, Case(state, holder="inspektorat" if held else "", is_restricted=True, author=author))


@pytest.mark.parametrize("is_secret", BOTH)
def test_a_held_report_is_the_desks_and_nobody_elses(client: Client, cast: Cast, is_secret: bool) -> None:
    made = make_held(current_time(), is_secret=is_secret)
    check(client, cast, made, Case(State.SUBMITTED, is_secret=is_secret, is_held=True))


def test_whoever_typed_in_a_secret_report_sees_it_and_does_nothing_to_it(client: Client, cast: Cast) -> None:
    for role, other in ((Role.CALL_OPERATOR, Role.INTAKE_PARTNER), (Role.INTAKE_PARTNER, Role.CALL_OPERATOR)):
        made = make_report(current_time(), is_secret=True, by=cast.actor(role))
        path = f"{API}/reports/{made.report.number}"
        assert client.get(path, headers=cast.bearer(role)).status_code == 200
        assert client.get(path, headers=cast.bearer(other)).status_code == 404
        acted = client.post(f"{path}/acts/note", BROKEN, content_type="application/json", headers=cast.bearer(role))
        assert acted.status_code == 403


def test_a_restricted_report_locks_behind_whoever_typed_it_in(client: Client, cast: Cast) -> None:
    headers = cast.bearer(Role.CALL_OPERATOR)
    story = '{"body": "Diminta uang.", "category": "bribery_corruption"}'
    answer = client.post(f"{API}/reports", story, content_type="application/json", headers=headers)
    assert answer.status_code == 201
    ref = Report.objects.get().ref
    assert client.get(f"{API}/reports/{ref}", headers=headers).status_code == 404


def test_the_code_opens_the_track_acts_and_nothing_else_does(client: Client, cast: Cast) -> None:
    for headers in ({}, cast.bearer(Role.AGENCY_ADMIN), {"Authorization": "Code 234-567-89A7"}):
        for act in ("withdraw", "set_privacy", "dispatch"):
            answer = client.post(f"{API}/track/acts/{act}", "{", content_type="application/json", headers=headers)
            assert answer.status_code == 401
        assert client.get(f"{API}/track", headers=headers).status_code == 401
