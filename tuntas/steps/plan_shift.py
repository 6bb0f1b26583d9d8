from datetime import date, datetime, time, timedelta

from django.db import transaction

from tuntas.agencies.installation import installation
from tuntas.kit.errors import NOT_FOUND, Invalid, Mistake, NotFound
from tuntas.kit.words import Say
from tuntas.people.duty import who_can_be_on_duty
from tuntas.people.models import Leave, Person, Shift
from tuntas.rules.shifts import LONGEST
from tuntas.rules.who import Actor, Role

NOBODY = Say("Pilih petugas dari daftar", "Choose somebody from the list")
NO_TIME = Say("Tulis hari, jam mulai, dan jam selesai", "Write the day, the beginning and the end")
TOO_LONG = Say("Satu giliran paling lama 16 jam", "A shift lasts 16 hours at most")
TWICE = Say("{name} sudah berjaga pada jam itu.", "{name} is on duty at that time already.")
AWAY = Say("{name} tidak masuk pada hari itu.", "{name} is away on that day.")


def plan_shift(
    desk_id: int, person_id: int | None, *, on: date | None, starts: time | None, ends: time | None, by: Actor
) -> Shift:
    """Plan somebody's shift on a day of the government; one that ends before it begins ends on the next day.

    Raises NotFound, Invalid at /person, /on, /starts.
    """
    if not may_plan(by, desk_id):
        raise NotFound(NOT_FOUND)
    mistakes = []
    person = next((each for each in who_can_be_on_duty(desk_id) if each.pk == person_id), None)
    if person is None:
        mistakes.append(Mistake("/person", NOBODY))
    if on is None or starts is None or ends is None:
        mistakes.append(Mistake("/on", NO_TIME))
    if mistakes or person is None or on is None or starts is None or ends is None:
        raise Invalid(*mistakes)
    begins, until = (datetime.combine(on, at, installation().zone) for at in (starts, ends))
    until += timedelta(days=1) if until <= begins else timedelta(0)
    if until - begins > LONGEST:
        raise Invalid.field("/starts", TOO_LONG)
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        if Shift.objects.filter(person=person, starts_at__lt=until, ends_at__gt=begins).exists():
            raise Invalid.field("/person", TWICE.fill(name=person.name))
        if Leave.objects.filter(person=person, starts_at__lt=until, ends_at__gt=begins).exists():
            raise Invalid.field("/person", AWAY.fill(name=person.name))
        return Shift.objects.create(desk_id=desk_id, person=person, starts_at=begins, ends_at=until)


def may_plan(by: Actor, desk_id: int) -> bool:
    """Return whether somebody writes the plan of a desk."""
    return by.has(Role.AGENCY_ADMIN, desk_id)
