"""What a case page asks about those who work on it: words not yet sent, who else has it open, what is new."""

from datetime import datetime, timedelta

from django.db.models import Max, Q

from tuntas.reports.models import Event, Presence, Report, Unsent

PRESENT = timedelta(seconds=60)  # since the last sign of an open page


def unsent_of(report: Report, person_id: int, *, with_shared: bool = False) -> list[Unsent]:
    """Return the words a person typed on a report and did not send, with who saved them. One query.

    with_shared   also those that are written together, for those who ``may_read_notes`` alone; these have no person
    """
    whose = Q(person_id=person_id) | Q(person=None) if with_shared else Q(person_id=person_id)
    return list(Unsent.objects.filter(whose, report=report).select_related("last_by").order_by("form", "person"))


def others_present(report: Report, person_id: int, now: datetime) -> list[tuple[str, datetime]]:
    """Return who else has a report open, and since when, the longest first. One query."""
    open_now = Presence.objects.filter(report_id=report.pk, seen_at__gte=now - PRESENT).exclude(person_id=person_id)
    return list(open_now.order_by("since", "id").values_list("person__name", "since"))


def last_event_of(report: Report) -> int:
    """Return the id of a report's newest event: what a page has seen that was made now."""
    newest: int | None = Event.objects.filter(report=report).aggregate(newest=Max("id"))["newest"]
    return newest or 0
