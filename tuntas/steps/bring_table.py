"""Take changes of a register from a table: tried first without a trace, then made in one transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tuntas.agencies.installation import forget_installation
from tuntas.kit.errors import NOT_FOUND, Invalid, Mistake, No, NotFound, WrongState
from tuntas.kit.words import Say
from tuntas.rules.registers import Register, Row, mark_of, read_row
from tuntas.rules.registers_fields import FIELDS
from tuntas.rules.who import Actor
from tuntas.steps.change_register import CHANGED, Opened, changed, noticed, opened_register, wanted_row
from tuntas.steps.load_profile import lock_profile

NOT_YOURS = Say("Baris ini bukan bagian Anda", "This row is not yours to change")
Typed = Mapping[str, str]  # text by field name


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table that would change something, or that cannot be taken; ``n`` counts from the head, which is 1."""

    n: int
    name: str
    before: Row | None
    after: Row | None
    mistakes: tuple[Mistake, ...] = ()


class _Tried(Exception):
    """Undoes what was only tried."""


def try_table(
    register: Register, rows: Sequence[tuple[int, Typed]], *, by: Actor, now: datetime, decree: str
) -> list[Line]:
    """Return what a table would change and what of it is refused; nothing is written. Raises NotFound."""
    lines = list[Line]()
    try:
        with transaction.atomic():
            lines += _each(register, rows, by, now, decree)
            raise _Tried
    except _Tried:
        return lines


def bring_table(
    register: Register, rows: Sequence[tuple[int, Typed]], *, by: Actor, now: datetime, decree: str, seen: str
) -> int:
    """Make the changes of a table, all or none, and return how many.

    seen   the fingerprint of what was tried: where it would be something else by now, nothing is done

    Raises NotFound, WrongState.
    """
    with transaction.atomic():
        lines = list(_each(register, rows, by, now, decree))
        if mark_of_lines(lines) != seen or any(line.mistakes for line in lines):
            raise WrongState(CHANGED)
        noticed()
    forget_installation()
    return len(lines)


def mark_of_lines(lines: Sequence[Line]) -> str:
    """Return a fingerprint of what a table does."""
    return mark_of({str(line.n): f"{mark_of(line.before)} {mark_of(line.after)}" for line in lines})


def _each(
    register: Register, rows: Sequence[tuple[int, Typed]], by: Actor, now: datetime, decree: str
) -> Iterator[Line]:
    """Change one row after the other and yield each that is not as it was."""
    lock_profile()
    opened = opened_register(register, by=by, now=now)
    if not opened.scope.at:
        raise NotFound(NOT_FOUND)
    for n, typed in rows:
        after: Row | None = None
        row, _ = read_row(FIELDS[register], typed, opened.choices)
        before = opened.rows.get(opened.book.key_of(row))
        if before is not None and all(row[name] == before.get(name) for name in typed):
            continue
        try:
            after = wanted_row(opened, before, typed)
            _change(opened, typed, before, after, by, now, decree)
        except Invalid as no:
            yield Line(n, _name(typed), before, after, no.mistakes)
        except No:
            yield Line(n, _name(typed), before, after, (Mistake("/", NOT_YOURS),))
        else:
            yield Line(n, opened.book.name_of(after), before, after)


def _change(
    opened: Opened, typed: Typed, before: Row | None, after: Row, by: Actor, now: datetime, decree: str
) -> None:
    key = opened.book.key_of(after) if before is not None else ""
    with transaction.atomic():
        changed(opened, key, typed, by=by, now=now, decree=decree)


def _name(typed: Typed) -> str:
    return next((typed[name] for name in ("name", "name_id", "code", "slug", "email") if typed.get(name)), "")
