"""What pages ask about meetings: which there are, their points and decisions, and the work that came out of them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from tuntas.agencies.installation import installation
from tuntas.kit.errors import NOT_FOUND, NotFound
from tuntas.meetings.models import Brought, Decision, Item, Meeting, MeetingState
from tuntas.reports.models import Report
from tuntas.rules.who import is_public

MOST_MEETINGS, MOST_TASKS = 50, 50


@dataclass(frozen=True, slots=True)
class Case:
    """A case as an agenda names it; the title only while everybody may read it."""

    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting in the list, and how many decisions it made."""

    meeting: Meeting
    decisions: int
    still_open: int


def meetings_of(desk_id: int) -> list[Held]:
    """Return the meetings of a desk, the newest first."""
    found = Meeting.objects.filter(desk=desk_id).annotate(
        decided=Count("items__decisions"),
        still_open=Count("items__decisions", filter=Q(items__decisions__done_at=None)),  # of no row: none is counted
    )
    return [Held(each, each.decided, each.still_open) for each in found.order_by("-held_on")[:MOST_MEETINGS]]


def meeting_on(day: str) -> Meeting:
    """Return the meeting of a day such as 2026-11-24. Raises NotFound."""
    try:
        held_on = date.fromisoformat(day)
    except ValueError:
        raise NotFound(NOT_FOUND) from None
    found = Meeting.objects.filter(desk=installation().desk_id, held_on=held_on).select_related("planned_by").first()
    if found is None or found.day != day:
        raise NotFound(NOT_FOUND)
    return found


def item_at(meeting: Meeting, position: int) -> Item:
    """Return the point at a place of the agenda. Raises NotFound."""
    found = next((item for item in meeting.items.all() if item.position == position), None)
    if found is None:
        raise NotFound(NOT_FOUND)
    return found


def decision_named(key: int) -> Decision:
    """Return a decision, with its meeting. Raises NotFound."""
    if key >= 2**63:
        raise NotFound(NOT_FOUND)
    found = Decision.objects.select_related("item__meeting").filter(pk=key).first()
    if found is None:
        raise NotFound(NOT_FOUND)
    return found


def items_of(meeting: Meeting) -> list[Item]:
    """Return the points of a meeting that has begun, with their decisions. Three queries."""
    with_all = meeting.items.select_related("brought__by").prefetch_related("decisions__report", "decisions__done_by")
    return list(with_all.order_by("position"))


def cases_of(keys: Iterable[int]) -> dict[int, Case]:
    """Return the cases an agenda may name; those that were sealed since are not among them. One query."""
    plain = Report.objects.filter(pk__in=set(keys), is_restricted=False, is_suspected=False)
    fields = ("number", "public_title", "is_restricted", "is_secret", "is_suspected", "doubts")
    found = plain.only(*fields)
    return {each.pk: Case(each.number or "", each.public_title if is_public(each) else "") for each in found}


def tasks_of(agencies: Collection[int]) -> list[Decision]:
    """Return what agencies have to do since a meeting ended, the nearest day first. One query."""
    if not agencies:
        return []
    asked = Decision.objects.filter(done_at=None, agency__in=agencies, item__meeting__state=MeetingState.ENDED)
    return list(asked.select_related("item__meeting").order_by("by_when", "id")[:MOST_TASKS])


def discussed_in(report_id: int) -> list[Decision]:
    """Return what ended meetings decided about a case, the newest first. One query."""
    said = Decision.objects.filter(report=report_id, item__meeting__state=MeetingState.ENDED)
    return list(said.select_related("item__meeting", "decided_by").order_by("-id")[:MOST_TASKS])


def is_brought(report_id: int) -> bool:
    """Return whether a case stands on the next agenda already. One query."""
    return Brought.objects.filter(report=report_id, item=None).exists()
