from datetime import datetime

from django.db import transaction

from tuntas.kit.errors import NOT_FOUND, NotFound
from tuntas.people.colleagues import posts_of
from tuntas.people.models import Leave
from tuntas.rules.deputies import looks_after
from tuntas.rules.who import Actor


def end_leave(leave_id: int, *, by: Actor, now: datetime) -> None:
    """End a leave at once, or take back one that has not begun; safe to repeat. Raises NotFound.

    Who is away may, who stands in, and who looks after those who are away.
    """
    with transaction.atomic():
        leave = Leave.objects.select_for_update(of=("self",)).select_related("person").filter(pk=leave_id).first()
        if leave is None or not _may(by, leave):
            raise NotFound(NOT_FOUND)
        if leave.ends_at <= now:
            return
        if leave.starts_at > now:
            leave.delete()
            return
        leave.ends_at, leave.ended_by_id = now, by.person_id
        leave.save(update_fields=["ends_at", "ended_by"])


def _may(by: Actor, leave: Leave) -> bool:
    return by.person_id in (leave.person_id, leave.deputy_id) or looks_after(by, posts_of(leave.person))
