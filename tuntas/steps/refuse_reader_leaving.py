from datetime import datetime

from django.db import transaction

from tuntas.kit.errors import NotAllowed, WrongState
from tuntas.kit.words import Say
from tuntas.people.models import Look
from tuntas.rules.sealed_purposes import RoomLook
from tuntas.rules.who import Actor, Role
from tuntas.steps.ask_reader_leaving import key_in_use
from tuntas.steps.keep_reader_key import NOT_APPOINTED, forget_leaving

NOT_ASKED = Say("Tidak ada yang meminta pembaca ini keluar.", "Nobody asked for this reader to leave.")
THEIR_OWN = Say("Ini tentang Anda. Pembaca lain yang memutuskan.", "This is about you. Another reader decides.")


def refuse_reader_leaving(key_id: int, *, by: Actor, now: datetime) -> None:
    """Let a reader stay whom somebody asked to leave; who asked may take it back so too.

    Raises NotAllowed (also to the one it is about), NotFound, WrongState.
    """
    if by.person_id is None or Role.SEALED_READER not in by.reach:
        raise NotAllowed(NOT_APPOINTED)
    with transaction.atomic():
        key = key_in_use(key_id)
        if key.leaving_asked_at is None:
            raise WrongState(NOT_ASKED)
        if key.person_id == by.person_id:
            raise NotAllowed(THEIR_OWN)
        forget_leaving(key)
        key.save()
        told = f"{key.owner} ({key.pk})"
        Look.objects.create(
            person_id=by.person_id, role=Role.SEALED_READER, what=RoomLook.LEAVING_REFUSED, why=told, at=now
        )
