from datetime import datetime

from django.db import transaction

from tuntas.agencies.installation import forget_installation
from tuntas.kit.errors import Invalid, No
from tuntas.kit.words import Say
from tuntas.people.models import Change
from tuntas.rules.registers import Register, Row, changed_in
from tuntas.rules.who import Actor
from tuntas.steps.book import Asked
from tuntas.steps.change_register import noticed
from tuntas.steps.load_profile import lock_profile
from tuntas.steps.registers import book_of, today_of

GONE = Say("Baris ini sudah ada, jadi tidak dibuat lagi.", "This row is there already, so it was not made again.")


def apply_changes(*, now: datetime) -> int:
    """Put the changes into force whose day has come, in the order of their days; return how many.

    One that no longer fits stays, with a sentence why, and is tried again. Safe to repeat, and side by side.
    """
    done = 0
    waiting = Change.objects.filter(applied_at=None, withdrawn_at=None, valid_from__lte=today_of(now))
    for pk in list(waiting.order_by("valid_from", "id").values_list("pk", flat=True)):
        done += _apply(pk, now)
    if done:
        forget_installation()
    return done


def _apply(pk: int, now: datetime) -> int:
    """Apply one change unless somebody else did meanwhile; return whether it is done now."""
    with transaction.atomic():
        lock_profile()
        change = Change.objects.select_for_update(of=("self",)).get(pk=pk)
        if change.applied_at is not None or change.withdrawn_at is not None:
            return 0
        try:
            with transaction.atomic():
                _write(change, now)
        except No as no:
            change.trouble = {"id": no.say.id, "en": no.say.en}
            change.save(update_fields=["trouble"])
            return 0
        change.applied_at, change.trouble = now, None
        change.save(update_fields=["key", "before", "after", "applied_at", "trouble"])
        noticed()
        return 1


def _write(change: Change, now: datetime) -> None:
    """Write what the change says over the row as it is by now. Raises Invalid."""
    book, by = book_of(Register(change.register)), Actor(person_id=change.by_id)
    if book.WRITES_AHEAD:
        return
    there: Row | None = book.rows(today_of(now)).get(change.key) if change.key else None
    if change.before is None and there is not None:
        raise Invalid.field("/", GONE)
    after = {**(there or {}), **{name: change.after[name] for name in changed_in(change.before, change.after)}}
    asked = Asked(change.key, there, after, by, change.valid_from, now, change.decree)
    if mistakes := list(book.judge(asked)):
        raise Invalid(*mistakes)
    change.before, change.after = there, after
    change.key = book.write(asked)
