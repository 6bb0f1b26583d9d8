from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from tuntas.agencies.installation import forget_installation
from tuntas.agencies.models import Government
from tuntas.kit.age import is_recipient
from tuntas.kit.errors import Invalid, NotAllowed
from tuntas.kit.words import Say
from tuntas.people.models import Look
from tuntas.rules.sealed_purposes import RoomLook
from tuntas.rules.text import checked
from tuntas.rules.who import Actor, Role
from tuntas.sealed.models import ReaderKey
from tuntas.steps.keep_reader_key import NOT_APPOINTED, TAKEN

LONGEST_NAME = 100
NO_KEY = Say(
    "Ini bukan kunci publik age. Tempel isi pemulihan.pub.", "This is no age public key. Paste what pemulihan.pub says."
)


def keep_recovery_key(*, by: Actor, recipient: str, name: str, now: datetime) -> ReaderKey:
    """Keep the public half of the recovery key, made on a computer without a network; the next list names it.

    Another one takes the place of the one before: what was closed to that one still opens with it.
    Raises NotAllowed, Invalid.
    """
    if by.person_id is None or Role.SEALED_READER not in by.reach:
        raise NotAllowed(NOT_APPOINTED)
    if not is_recipient(recipient):
        raise Invalid.field("/recipient", NO_KEY)
    name = checked(name, "/name", most=LONGEST_NAME)
    with transaction.atomic():
        before = ReaderKey.objects.select_for_update().filter(person=None, retired_at=None).first()
        if before is not None and (before.recipient, before.name) == (recipient, name):
            return before
        if ReaderKey.objects.filter(recipient=recipient).exists():
            raise Invalid.field("/recipient", TAKEN)
        if before is not None:
            before.retired_at = now
            before.save(update_fields=["retired_at"])
        key = ReaderKey.objects.create(person=None, name=name, recipient=recipient, locked=b"", created_at=now)
        Look.objects.create(
            person_id=by.person_id, role=Role.SEALED_READER, what=RoomLook.RECOVERY_KEPT, why=name, at=now
        )
        count_recoveries(0)
        return key


def count_recoveries(n: int) -> None:
    """Add to what the protection page tells of the recovery key, and let every process read it again."""
    told = Coalesce("recoveries", 0) + n
    Government.objects.update(recoveries=told, version=F("version") + 1)
    transaction.on_commit(forget_installation)
