"""Mark parts whose day is over, once each, and tell both sides."""

from datetime import datetime

from django.db import transaction

from tuntas.people.models import Person
from tuntas.people.queries import nearest_with
from tuntas.reports.models import SideTask
from tuntas.reports.side_tasks import PartState
from tuntas.rules.life import Told
from tuntas.rules.who import Role
from tuntas.steps.tell import staff_of, tell_people


def miss_parts(*, now: datetime, most: int = 100) -> int:
    """Mark up to *most* parts that ran out, and tell who should have done them and who waits for them.

    Returns how many; safe side by side. One that somebody is ending at this very moment is left for the next call.
    """
    with transaction.atomic():
        due = SideTask.objects.filter(state=PartState.ASKED, missed_at=None, due_at__lt=now).order_by("due_at")
        parts = list(due.select_for_update(of=("self",), skip_locked=True).select_related("report")[:most])
        for part in parts:
            part.missed_at = part.due_at
            part.save(update_fields=["missed_at"])
            if not (part.report.is_restricted or part.report.is_suspected):
                tell_people(part.report, _both_sides(part, now), "part_late", now=now)
    return len(parts)


def _both_sides(part: SideTask, now: datetime) -> list[Person]:
    helpers = nearest_with(Role.LIAISON, part.agency_id, now=now)
    people = {person.pk: person for person in (*helpers, *staff_of(part.report, Told.HOLDER, now=now))}
    return list(people.values())
