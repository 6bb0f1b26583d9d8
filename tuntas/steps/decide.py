from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.db import transaction

from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid, WrongState
from tuntas.kit.words import Say
from tuntas.meetings.models import MOST_PERSON, MOST_WORDS, Decision, Item, Meeting
from tuntas.reports.models import Report
from tuntas.rules.agenda import cases_in
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.plan_meeting import PAST, leader

NOT_RUNNING = Say(
    "Keputusan dicatat selama rakor berjalan. Sesudahnya tidak ada yang diubah.",
    "Decisions are written down while the meeting runs. Nothing is changed after it.",
)
NO_AGENCY = Say("Pilih instansi dari daftar.", "Choose an agency from the list.")
NOT_ON_IT = Say("Pilih laporan yang ada di butir ini.", "Choose a report that this point names.")


@contextmanager
def running(meeting_id: int, *, by: Actor) -> Iterator[Meeting]:
    """Yield a meeting that runs, locked. Raises NotAllowed, WrongState."""
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
        leader(by, meeting.desk_id)
        if not meeting.is_running:
            raise WrongState(NOT_RUNNING)
        yield meeting


def decide(
    item: Item,
    *,
    by: Actor,
    what: str,
    agency: str,
    by_when: date,
    person: str = "",
    report: str = "",
    now: datetime,
) -> Decision:
    """Write down what was decided about a point, while the meeting runs.

    agency   slug of the one that shall do it
    person   who there, where one was named
    report   number of a case of this point; without it the point's only case, where it has one

    Raises NotAllowed, WrongState, Invalid.
    """
    with running(item.meeting_id, by=by) as meeting:
        here = installation()
        what = checked(what, "/what", most=MOST_WORDS)
        person = checked(person, "/person", most=MOST_PERSON, may_be_empty=True)
        target = here.agency_by_slug.get(agency)
        if target is None or not target.is_active:
            raise Invalid.field("/agency", NO_AGENCY)
        if by_when < now.astimezone(here.zone).date():
            raise Invalid.field("/by_when", PAST)
        return Decision.objects.create(
            item=item,
            what=what,
            agency_id=target.id,
            person=person,
            by_when=by_when,
            report_id=_case_of(item, report),
            decided_by_id=leader(by, meeting.desk_id),
            decided_at=now,
        )


def _case_of(item: Item, number: str) -> int | None:
    """Return the case a decision is about. Raises Invalid."""
    cases = Report.objects.filter(pk__in=cases_in(item.facts), is_restricted=False, is_suspected=False)
    if number:
        if (found := cases.filter(number=number).first()) is None:
            raise Invalid.field("/report", NOT_ON_IT)
        return found.pk
    keys = list(cases.values_list("pk", flat=True)[:2])
    return keys[0] if len(keys) == 1 and len(cases_in(item.facts)) == 1 else None
