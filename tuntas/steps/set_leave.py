from datetime import date, datetime, time, timedelta

from django.db import transaction

from tuntas.agencies.installation import installation
from tuntas.kit.errors import NOT_FOUND, Invalid, Mistake, NotFound
from tuntas.kit.words import Say
from tuntas.people.colleagues import deputies_for, posts_of
from tuntas.people.models import Leave, Person
from tuntas.rules.deputies import LONGEST, Away, looks_after
from tuntas.rules.who import Actor

NO_DEPUTY = Say("Pilih pengganti dari daftar", "Choose a deputy from the list")
NOT_YOURSELF = Say(
    "Pilih orang lain: Anda tidak bisa menunjuk diri sendiri sebagai pengganti.",
    "Choose somebody else: you cannot make yourself the deputy.",
)
AWAY_TOO = Say("{name} juga tidak ada pada hari-hari itu.", "{name} is away on those days, too.")
NO_WHY = Say("Pilih alasannya", "Choose why")
NO_DAYS = Say("Tulis hari pertama dan hari terakhir", "Write the first and the last day")
WHEN = Say("Mulai hari ini, atau dalam satu tahun", "Begin today, or within a year")
TOO_LONG = Say(
    "Paling lama 366 hari, dan tidak berakhir sebelum mulai", "366 days at most, and not over before it begins"
)
TWICE = Say("Sudah ada catatan tidak masuk pada hari-hari itu.", "An absence is already noted for those days.")


def set_leave(
    person_id: int,
    *,
    deputy_id: int | None,
    first: date | None,
    last: date | None,
    why: str,
    by: Actor,
    now: datetime,
) -> Leave:
    """Note that somebody is away for some days and who acts with their posts meanwhile: for oneself, or for another.

    What a deputy's own deputy would be is not followed. Appointments to read sealed reports are never lent.

    Raises NotFound, Invalid at /deputy, /why, /first, /last.
    """
    zone = installation().zone
    mistakes = [Mistake("/why", NO_WHY)] if why not in set(Away) else []
    if (wrong := _wrong_with(first, last, today=now.astimezone(zone).date())) is not None:
        mistakes.append(wrong)
    with transaction.atomic():
        ids = {person_id, deputy_id or 0}
        people = {p.pk: p for p in Person.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")}
        person, deputy = people.get(person_id), people.get(deputy_id or 0)
        if person is None or not person.is_active or by.person_id is None or not _may(by, person):
            raise NotFound(NOT_FOUND)
        if deputy is None or deputy not in deputies_for(person_id):
            mistakes.append(Mistake("/deputy", NO_DEPUTY))
        elif deputy.pk == by.person_id:
            mistakes.append(Mistake("/deputy", NOT_YOURSELF))
        if mistakes or first is None or last is None or deputy is None:
            raise Invalid(*mistakes)
        begins, ends = (datetime.combine(day, time.min, zone) for day in (first, last + timedelta(days=1)))
        during = Leave.objects.filter(starts_at__lt=ends, ends_at__gt=begins)
        if during.filter(person=person).exists():
            raise Invalid.field("/first", TWICE)
        if during.filter(person=deputy).exists():
            raise Invalid.field("/deputy", AWAY_TOO.fill(name=deputy.name))
        return Leave.objects.create(
            person=person,
            deputy=deputy,
            starts_at=begins,
            ends_at=ends,
            why=why,
            made_by_id=by.person_id,
            made_at=now,
        )


def _may(by: Actor, person: Person) -> bool:
    return by.person_id == person.pk or looks_after(by, posts_of(person))


def _wrong_with(first: date | None, last: date | None, *, today: date) -> Mistake | None:
    if first is None or last is None:
        return Mistake("/first" if first is None else "/last", NO_DAYS)
    if not today <= first <= today + LONGEST:
        return Mistake("/first", WHEN)
    return Mistake("/last", TOO_LONG) if not timedelta(0) <= last - first < LONGEST else None
