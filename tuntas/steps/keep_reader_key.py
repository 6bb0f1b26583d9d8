from datetime import datetime

from django.db import transaction

from tuntas.kit.age import FRONT, is_recipient
from tuntas.kit.errors import Invalid, NotAllowed
from tuntas.kit.words import Say
from tuntas.rules.who import Actor, Role
from tuntas.sealed.models import ReaderKey

LONGEST = 8 * 1024  # an identity under a passphrase takes some hundred bytes; with the earlier ones beside it, more
NOT_APPOINTED = Say("Hanya pembaca yang ditunjuk punya kunci.", "Only appointed readers have a key.")
NO_KEY = Say("Kunci ini tidak terbaca. Buat lagi.", "This key cannot be read. Make it again.")
TAKEN = Say("Kunci ini sudah dipakai. Buat yang baru.", "This key is used already. Make a new one.")


def keep_reader_key(*, by: Actor, recipient: str, locked: bytes, now: datetime) -> ReaderKey:
    """Keep the key somebody appointed made in their browser: its public half, and the other one closed.

    The same public half again only changes what closes it (another passphrase). Another one takes the place of the
    key before, whose private half its owner keeps beside the new one: what was closed to it still opens.
    Raises NotAllowed, Invalid.
    """
    if by.person_id is None or Role.SEALED_READER not in by.reach:
        raise NotAllowed(NOT_APPOINTED)
    if not is_recipient(recipient):
        raise Invalid.field("/recipient", NO_KEY)
    if not locked.startswith(FRONT + b"-> scrypt ") or len(locked) > LONGEST:
        raise Invalid.field("/locked", NO_KEY)
    with transaction.atomic():
        mine = ReaderKey.objects.select_for_update().filter(person_id=by.person_id, retired_at=None).first()
        if mine is not None and mine.recipient == recipient:
            mine.locked = locked
            mine.save(update_fields=["locked"])
            return mine
        if ReaderKey.objects.filter(recipient=recipient).exists():
            raise Invalid.field("/recipient", TAKEN)
        fresh = ReaderKey(person_id=by.person_id, recipient=recipient, locked=locked, created_at=now)
        if mine is not None:
            _ask_on(fresh, mine)
            mine.retired_at = now
            mine.save()
        fresh.save()
        return fresh


def _ask_on(fresh: ReaderKey, before: ReaderKey) -> None:
    """Carry over that somebody asked its owner to leave: another key does not get rid of that."""
    for name in ("leaving_asked_by_id", "leaving_asked_at", "leaving_why"):
        setattr(fresh, name, getattr(before, name))
    forget_leaving(before)


def forget_leaving(key: ReaderKey) -> None:
    """Take a request off a key, which is saved elsewhere: it was decided, or stands on another key."""
    key.leaving_asked_by, key.leaving_asked_at, key.leaving_why = None, None, ""
