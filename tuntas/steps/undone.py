"""What a profile's load would undo of what people changed at ``/kelola``: named before anything is lost, then kept."""

from collections.abc import Mapping
from datetime import datetime

from tuntas.kit.errors import WrongState
from tuntas.kit.words import Say
from tuntas.people.models import Change
from tuntas.rules.registers import Register, Row
from tuntas.steps.book_promises import is_written
from tuntas.steps.registers import BOOKS, today_of

WOULD_UNDO = Say(
    "Profil ini akan membatalkan {n} perubahan yang dibuat di /kelola: {names}.",
    "This profile would undo {n} changes made at /kelola: {names}.",
)
SHOWN = 10
Told = Mapping[tuple[Register, str], Row]


class WouldUndo(WrongState):
    """Somebody changed at /kelola what the profile says otherwise."""


def all_rows(*, now: datetime) -> Told:
    """Return every row of every register, by register and key; areas aside, for no load undoes what was imported."""
    today, books = today_of(now), {register: book for register, book in BOOKS.items() if register is not Register.AREAS}
    return {(register, key): row for register, book in books.items() for key, row in book.rows(today).items()}


def settle(before: Told, *, over: bool, now: datetime) -> None:
    """Keep what a load has changed, as changes by the profile; refuse it where it undoes what people changed.

    before   the rows as they were
    over     let it undo them

    Raises WouldUndo.
    """
    after = all_rows(now=now)
    made = Change.objects.filter(is_settled=False, withdrawn_at=None).exclude(by=None)
    changed = [change for change in made.exclude(applied_at=None) if _differs(change, before, after)]
    waiting = [
        change for change in made.filter(register=Register.PROMISES, applied_at=None) if not is_written(change.after)
    ]
    undone = changed + waiting
    if undone and not over:
        names = sorted({f"{change.register} “{change.name}”" for change in undone})
        raise WouldUndo(WOULD_UNDO.fill(n=len(undone), names=", ".join(names[:SHOWN])))
    Change.objects.filter(pk__in=[change.pk for change in waiting]).update(withdrawn_at=now)
    made.exclude(applied_at=None).update(is_settled=True)
    Change.objects.bulk_create(_by_profile(before, after, now))


def _differs(change: Change, before: Told, after: Told) -> bool:
    where = (Register(change.register), change.key)
    return before.get(where) != after.get(where)


def _by_profile(before: Told, after: Told, now: datetime) -> list[Change]:
    return [
        Change(
            register=register,
            key=key,
            name=BOOKS[register].name_of(row)[:200],
            before=before.get((register, key)),
            after=row,
            at=now,
            valid_from=today_of(now),
            applied_at=now,
            is_settled=True,
        )
        for (register, key), row in after.items()
        if before.get((register, key)) != row
    ]
