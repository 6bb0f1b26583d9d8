from datetime import datetime

from django.db import transaction

from tuntas.kit.errors import NotAllowed
from tuntas.kit.words import Say
from tuntas.people.models import Look
from tuntas.rules.sealed_purposes import RoomLook
from tuntas.rules.who import Actor, Role
from tuntas.sealed.models import ReaderKey, WrappedKey
from tuntas.steps.ask_reader_leaving import key_in_use
from tuntas.steps.keep_reader_key import NOT_APPOINTED, forget_leaving

TWO_PERSONS = Say(
    "Ini perlu dua orang: satu meminta, pembaca lain menyetujui.",
    "This takes two persons: one asks, another reader agrees.",
)


def retire_reader_key(key_id: int, *, by: Actor, now: datetime) -> int:
    """Take the keys of somebody who leaves out of use; what was wrapped for them on any report is deleted.

    Who leaves may do so alone. For another reader, and for the recovery key, this is the second of two persons.
    The signed list still names them until the next one is published. Returns how many reports that were.
    Raises NotAllowed, NotFound, WrongState.
    """
    if by.person_id is None or Role.SEALED_READER not in by.reach:
        raise NotAllowed(NOT_APPOINTED)
    with transaction.atomic():
        key = key_in_use(key_id)
        if key.person_id != by.person_id and key.leaving_asked_by_id in (None, by.person_id):
            raise NotAllowed(TWO_PERSONS)
        why = key.leaving_why
        forget_leaving(key)
        key.save()
        theirs = ReaderKey.objects.filter(person=key.person)  # or all that ever were for recovery
        ids = list(theirs.values_list("pk", flat=True))
        theirs.filter(retired_at=None).update(retired_at=now)
        gone = WrappedKey.objects.filter(reader_id__in=ids)
        n_reports = gone.values("report_id").distinct().count()
        gone.delete()
        told = f"{key.owner} ({key.pk}): {why}".removesuffix(": ")
        Look.objects.create(person_id=by.person_id, role=Role.SEALED_READER, what=RoomLook.LEFT, why=told, at=now)
        return n_reports
