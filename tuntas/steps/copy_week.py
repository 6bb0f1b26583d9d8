from datetime import date, datetime, time, timedelta

from django.db import transaction

from tuntas.agencies.installation import installation
from tuntas.kit.errors import NOT_FOUND, NotFound
from tuntas.people.duty import who_can_be_on_duty
from tuntas.people.models import Leave, Person, Shift
from tuntas.rules.who import Actor
from tuntas.steps.plan_shift import may_plan

A_WEEK = timedelta(days=7)


def copy_week(desk_id: int, monday: date, *, by: Actor) -> int:
    """Plan the week that begins on *monday* as the week before it, for those who are not away; return how many shifts.

    What would overlap a shift that stands is left out: safe to repeat. Raises NotFound.
    """
    if not may_plan(by, desk_id):
        raise NotFound(NOT_FOUND)
    until = datetime.combine(monday, time.min, installation().zone)
    able = [person.pk for person in who_can_be_on_duty(desk_id)]
    with transaction.atomic():
        list(Person.objects.select_for_update(no_key=True).filter(pk__in=able).order_by("pk"))
        last = Shift.objects.filter(desk=desk_id, person__in=able, starts_at__gte=until - A_WEEK, starts_at__lt=until)
        copied = [
            Shift(
                desk_id=desk_id, person_id=old.person_id, starts_at=old.starts_at + A_WEEK, ends_at=old.ends_at + A_WEEK
            )
            for old in last
        ]
        free = [shift for shift in copied if not _is_taken(shift)]
        return len(Shift.objects.bulk_create(free))


def _is_taken(shift: Shift) -> bool:
    during = {"person": shift.person_id, "starts_at__lt": shift.ends_at, "ends_at__gt": shift.starts_at}
    return Shift.objects.filter(**during).exists() or Leave.objects.filter(**during).exists()
