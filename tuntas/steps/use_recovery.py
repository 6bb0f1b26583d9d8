from datetime import datetime

from django.db import transaction

from tuntas.kit.errors import NotAllowed, WrongState
from tuntas.kit.words import Say
from tuntas.people.models import Look
from tuntas.rules.sealed_purposes import RoomLook
from tuntas.rules.who import Actor, Role
from tuntas.sealed.models import ReaderKey
from tuntas.sealed.recovery import LASTS
from tuntas.steps.ask_reader_leaving import reason_of
from tuntas.steps.keep_reader_key import NOT_APPOINTED
from tuntas.steps.keep_recovery_key import count_recoveries

NONE = Say("Belum ada kunci pemulihan.", "There is no recovery key yet.")


def use_recovery(*, by: Actor, why: str, now: datetime) -> datetime:
    """Record that a reader opens reports with the recovery key, and why; return until when the room offers it.

    The private half never comes here: without it, what the room offers opens nothing. Every reader sees the record,
    and the protection page counts it. Raises NotAllowed, Invalid, WrongState.
    """
    if by.person_id is None or Role.SEALED_READER not in by.reach:
        raise NotAllowed(NOT_APPOINTED)
    why = reason_of(why)
    if not ReaderKey.objects.filter(person=None).exists():
        raise WrongState(NONE)
    with transaction.atomic():
        Look.objects.create(
            person_id=by.person_id, role=Role.SEALED_READER, what=RoomLook.RECOVERY_USED, why=why, at=now
        )
        count_recoveries(1)
    return now + LASTS
