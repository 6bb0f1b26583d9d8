"""Change one row of a register, now or from a day on, and keep what it was before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F

from tuntas.agencies.installation import forget_installation
from tuntas.agencies.models import Government
from tuntas.kit.errors import NOT_FOUND, Invalid, Mistake, NotFound, WrongState
from tuntas.kit.words import Say
from tuntas.people.models import Change
from tuntas.rules.registers import Register, Row, changed_in, mark_of, read_row, write_value
from tuntas.rules.registers_fields import FIELDS
from tuntas.rules.who import Actor
from tuntas.steps.book import Asked, Book, Scope, scope_of
from tuntas.steps.load_profile import lock_profile
from tuntas.steps.registers import book_of, today_of

LONGEST_AHEAD = timedelta(days=731)
CHANGED = Say(
    "Orang lain mengubah ini sejak Anda membukanya. Periksa lagi, lalu simpan.",
    "Somebody else changed this since you opened it. Check again, then save.",
)
NOTHING = Say("Belum ada yang diubah", "Nothing was changed yet")
THERE = Say("Sudah ada dalam daftar", "It is in the list already")
TOO_EARLY = Say("Pilih hari ini atau sesudahnya", "Choose today or later")
TOO_FAR = Say("Paling lama dua tahun ke depan", "Two years ahead at most")
NO_DECREE = Say("Tulis nomor keputusan atau alasannya", "Write the decree's number or the reason")
LONGEST_DECREE = 200


class Stale(WrongState):
    """Somebody else changed the row since the form was made; carries the row as it is now."""

    def __init__(self, row: Row | None) -> None:
        super().__init__(CHANGED)
        self.row = row


def change_register(
    register: Register,
    key: str,
    typed: Mapping[str, str],
    *,
    by: Actor,
    now: datetime,
    decree: str = "",
    valid_from: date | None = None,
    seen: str | None = None,
) -> Change:
    """Change a row, or add one where *key* is empty; from a later day on it waits for that day.

    typed        text by field name, as forms and spreadsheets hold it; what is missing stays as it is
    valid_from   none: today
    seen         the row's fingerprint when the form was made; none: nobody looked at it before

    Raises NotFound, Stale, Invalid at /field, /decree, /valid_from.
    """
    with transaction.atomic():
        lock_profile()
        opened = opened_register(register, by=by, now=now)
        change = changed(opened, key, typed, by=by, now=now, decree=decree, valid_from=valid_from, seen=seen)
        noticed()
    forget_installation()
    return change


@dataclass
class Opened:
    """A register as it is while nobody else changes it."""

    register: Register
    book: Book
    rows: dict[str, Row]
    choices: dict[str, list[str]]
    scope: Scope
    today: date


def opened_register(register: Register, *, by: Actor, now: datetime) -> Opened:
    """Return a register as it is now. Raises NotFound."""
    book, today = book_of(register), today_of(now)
    return Opened(register, book, book.rows(today), _codes(book), scope_of(by), today)


def _codes(book: Book) -> dict[str, list[str]]:
    return {name: [code for code, _ in given] for name, given in book.choices().items()}


def changed(
    opened: Opened,
    key: str,
    typed: Mapping[str, str],
    *,
    by: Actor,
    now: datetime,
    decree: str,
    valid_from: date | None = None,
    seen: str | None = None,
) -> Change:
    """Do the change inside a transaction that nobody else's crosses."""
    book, scope = opened.book, opened.scope
    before = opened.rows.get(key) if key else None
    if (key and before is None) or (before is not None and not book.may(scope, before)):
        raise NotFound(NOT_FOUND)
    after = wanted_row(opened, before, typed)
    if seen is not None and seen != mark_of(before):
        raise Stale(before)
    on = _day(after, valid_from, opened.today)
    decree = str(after["decree"]) if "decree" in after else decree.strip()
    asked = Asked(key or book.key_of(after), before, after, by, on, now, decree)
    _check(opened, asked)
    if not book.may(scope, after):
        raise NotFound(NOT_FOUND)
    is_now = on <= opened.today
    done_key = book.write(asked) if is_now or book.WRITES_AHEAD else asked.key
    if is_now:
        opened.rows[done_key] = after
        if before is None:  # what was added can be chosen by the next
            opened.choices, opened.scope = _codes(book), scope_of(by)
    return Change.objects.create(
        register=opened.register,
        key=done_key,
        name=book.name_of(after)[:200],
        before=before,
        after=after,
        decree=decree,
        by_id=by.person_id,
        at=now,
        valid_from=on,
        applied_at=now if is_now else None,
    )


def wanted_row(opened: Opened, before: Row | None, typed: Mapping[str, str]) -> Row:
    """Return the row that is asked for; what is said once stays, and so does what was not typed. Raises Invalid."""
    fields = FIELDS[opened.register]
    own = {
        field.name: write_value(before[field.name])
        for field in fields
        if before is not None and (field.fixed or field.name not in typed)
    }
    after, mistakes = read_row(fields, {**typed, **own}, opened.choices)
    if mistakes:
        raise Invalid(*mistakes)
    return after


def _day(after: Row, valid_from: date | None, today: date) -> date:
    if "since" in after:
        return date.fromisoformat(str(after["since"]))
    return valid_from or today


def _check(opened: Opened, asked: Asked) -> None:
    """Raise Invalid where something speaks against a change."""
    mistakes, fields = list[Mistake](), FIELDS[opened.register]
    day_field = "/since" if "since" in asked.after else "/valid_from"
    if asked.on < opened.today:
        mistakes.append(Mistake(day_field, TOO_EARLY))
    elif asked.on - opened.today > LONGEST_AHEAD:
        mistakes.append(Mistake(day_field, TOO_FAR))
    if not asked.decree or len(asked.decree) > LONGEST_DECREE:
        mistakes.append(Mistake("/decree", NO_DECREE))
    first = f"/{next(field.name for field in fields if not field.fixed)}"
    if asked.before is None and asked.key and asked.key in opened.rows:
        mistakes.append(Mistake(f"/{fields[0].name}", THERE))
    elif not set(changed_in(asked.before, asked.after)) - {"decree", "since"}:
        mistakes.append(Mistake(first, NOTHING))
    mistakes += opened.book.judge(asked)
    if mistakes:
        raise Invalid(*mistakes)


def noticed() -> None:
    """Let every process read the government again."""
    Government.objects.update(version=F("version") + 1)
