from datetime import datetime

from django.db import transaction

from tuntas.agencies.installation import forget_installation
from tuntas.kit.errors import NOT_FOUND, NotFound, WrongState
from tuntas.kit.words import Say
from tuntas.people.models import Change
from tuntas.rules.registers import Register
from tuntas.rules.who import Actor
from tuntas.steps.book import Asked, scope_of
from tuntas.steps.change_register import noticed
from tuntas.steps.load_profile import lock_profile
from tuntas.steps.registers import book_of

TOO_LATE = Say(
    "Perubahan ini sudah berlaku. Ubah lagi bila perlu.", "This change is in force already. Change it again if needed."
)


def withdraw_change(change_id: int, *, by: Actor, now: datetime) -> Change:
    """Take back a change that still waits for its day. Raises NotFound, WrongState."""
    with transaction.atomic():
        lock_profile()
        change = Change.objects.select_for_update(of=("self",)).filter(pk=change_id).first()
        if change is None or by.person_id is None:
            raise NotFound(NOT_FOUND)
        book = book_of(Register(change.register))
        if not book.may(scope_of(by), change.after):
            raise NotFound(NOT_FOUND)
        if change.withdrawn_at is not None:
            return change
        if change.applied_at is not None:
            raise WrongState(TOO_LATE)
        if book.WRITES_AHEAD:
            book.take_back(Asked(change.key, change.before, change.after, by, change.valid_from, now, change.decree))
        change.withdrawn_at, change.withdrawn_by_id = now, by.person_id
        change.save(update_fields=["withdrawn_at", "withdrawn_by"])
        noticed()
    forget_installation()
    return change
