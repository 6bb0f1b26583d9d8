"""Every role, act and state over the staff's pages: offered is what may be done, and refused is what the API refuses.

Who may is judged with the sentences of ``test_permissions_api``; what is possible now, by the acts the API offers.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import Cast
from tests.doors.test_permissions_api import MEANING, ROWS, STAFF, Case, Person, examine, make_row
from tests.make import Made, bring, make_report, make_restricted, refuse_three_times
from tests.office import at_work
from tests.sealed_room import make_readers
from tuntas.kit.time import current_time
from tuntas.ops.reference_permissions import name_of
from tuntas.reports.models import Event
from tuntas.rules.life import ARROW, Act, State
from tuntas.rules.who import Role
from tuntas.web.office.case_forms import FORMS

pytestmark = pytest.mark.usefixtures("city")

HAVE_CASE_PAGES = {
    *(Role.AGENCY_ADMIN, Role.ASSISTANT_ADMIN, Role.NATIONAL_ADMIN, Role.LEADER, Role.INSPECTORATE, Role.SEALED_READER),
    Role.ARBITER,
}
DONE_BY_A_BUTTON = {
    "bukan-segel",
    "loloskan",
    "setujui",
    "terima",
    "teks",
}  # forms that ask for nothing: sent, they would be done
ONE_OF_EACH_STATE = [
    next(row for row in ROWS[n:] + ROWS[:n] if row[0] is state)
    for n, state in enumerate(dict.fromkeys(r[0] for r in ROWS))
]


def reads(person: Person, case: Case) -> bool:
    """Whether somebody sees more of a plain report than everybody does, of those who have case pages."""
    if case.is_suspected:
        return bool(person.roles & {Role.INSPECTORATE, Role.SEALED_READER})
    if person.roles == {Role.ARBITER}:
        return case.awaits_arbiter
    return bool(person.roles & (HAVE_CASE_PAGES - {Role.SEALED_READER}))


def expected(person: Person, case: Case, act: Act, offered: set[str]) -> int:
    """The status of an empty form: no page of cases, no such report, not you, not now, not so."""
    if not person.roles & HAVE_CASE_PAGES:
        return 403
    if not reads(person, case):
        return 404
    if not any(MEANING[name_of(allowed)](person, case) for allowed in ARROW[act].who):
        return 403
    return 422 if act.value in offered else 409


@dataclass(frozen=True)
class AtWork:
    """Somebody with a browser and a token, signed in once for all reports."""

    person: Person
    browser: Client
    headers: dict[str, str]


def signed_in(person: Person, cast: Cast) -> AtWork:
    role, *more = sorted(person.roles, key=lambda role: role is Role.SEALED_READER)
    also = more[0] if more else None
    return AtWork(person, at_work(cast, role, person.agency, also=also), cast.bearer(role, person.agency, also=also))


def offers(one: AtWork, base: str, offered: set[str]) -> list[str]:
    """Return where the page of a report offers other forms than the API offers acts."""
    links = set(re.findall(rf'href="{base}/([a-z-]+)[?#"]', one.browser.get(base).content.decode()))
    shown, wanted = (
        {form.slug for form in FORMS if form.slug in links},
        {f.slug for f in FORMS if f.act.value in offered},
    )
    return [] if shown == wanted else [f"{base}: {one.person.name} is offered {shown}, not {wanted}"]


def check(one: AtWork, case: Case, made: Made, nth: int) -> list[str]:
    """Let one person open the page and send forms empty; return what is not as it should be.

    Each refusal that shows the whole page again is slow: of those that come too early or late, a third is tried on
    each report, another third on the next.
    """
    number = made.report.number
    base, view = f"/meja/kasus/{number}", one.browser.get(f"/api/v1/reports/{number}", headers=one.headers)
    offered = set(view.json()["acts"]) if view.status_code == 200 else set()
    has_page = bool(one.person.roles & HAVE_CASE_PAGES)
    wrong = offers(one, base, offered) if has_page and reads(one.person, case) else []
    for n, form in enumerate(FORMS if has_page else FORMS[nth % len(FORMS) :][:1]):
        status = expected(one.person, case, form.act, offered)
        if (status == 422 and form.slug in DONE_BY_A_BUTTON) or (status == 409 and (n + nth) % 3):
            continue
        got = one.browser.post(f"{base}/{form.slug}", {"kunci": f"{form.slug}-{one.person.name}-{nth}"}).status_code
        wrong += [f"{case} {one.person.name} {form.slug}: {got}, not {status}"] if got != status else []
    return wrong


def make_awaited(cast: Cast) -> tuple[Made, Case]:
    """A report that was refused three times."""
    begun = current_time() - timedelta(hours=9)
    made = make_report(begun)
    refuse_three_times(bring(made, State.DISPATCHED, cast, begun), cast, begun)
    return made, Case(State.TRANSFER_PENDING, holder="dinas-pupr", awaits_arbiter=True)


def test_pages_offer_and_refuse_what_the_life_table_says(cast: Cast) -> None:
    made = [*(make_row(row, cast) for row in ONE_OF_EACH_STATE), make_awaited(cast)]
    before, wrong = Event.objects.count(), list[str]()
    for one in [signed_in(person, cast) for person in STAFF]:
        for nth, (report, case) in enumerate(made):
            wrong += check(one, case, report, nth)
    assert wrong == []
    assert Event.objects.count() == before


@pytest.mark.parametrize("state", [State.SUBMITTED, State.UNDER_EXAMINATION, State.AWAITING_VALIDATION, State.ANSWERED])
def test_a_sealed_report_is_there_for_the_inspectorate_and_opens_for_the_appointed(cast: Cast, state: State) -> None:
    make_readers()
    made = make_restricted(current_time())
    if state is not State.SUBMITTED:
        examine(made, state, cast)
    report = made.report
    desk, room = f"/meja/kasus/{report.ref}", f"/brankas/{report.ref}"
    before, wrong = Event.objects.count(), list[str]()
    for one in [signed_in(person, cast) for person in STAFF]:
        is_appointed = Role.SEALED_READER in one.person.roles
        refused = 404 if one.person.roles & HAVE_CASE_PAGES else 403
        pages = [one.browser.get(address).status_code for address in (desk, room)]
        asking = [form.slug for form in FORMS if form.slug not in DONE_BY_A_BUTTON]
        sent = {one.browser.post(f"{desk}/{slug}", {"kunci": slug}).status_code for slug in asking}
        if is_appointed or Role.INSPECTORATE in one.person.roles:
            is_right = pages == ([303, 200] if is_appointed else [200, 404]) and sent <= {403, 409, 422}
        else:
            is_right = pages == [refused, 404] and sent == {refused}
        wrong += [] if is_right else [f"{one.person.name}: pages {pages}, forms {sent}"]
    assert wrong == []
    assert Event.objects.count() == before
