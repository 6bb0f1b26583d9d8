"""The registers of a government, as somebody may see and change them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db.models import Q

from tuntas.agencies.installation import installation
from tuntas.kit.errors import NOT_FOUND, NotFound
from tuntas.people.models import Change
from tuntas.rules.registers import Register, Row
from tuntas.rules.who import Actor
from tuntas.steps import (
    book_agencies,
    book_areas,
    book_brand,
    book_calendars,
    book_days,
    book_people,
    book_promises,
    book_templates,
    book_topics,
)
from tuntas.steps.book import Book, Choices, scope_of

BOOKS: Mapping[Register, Book] = {
    Register.AGENCIES: book_agencies,
    Register.PEOPLE: book_people,
    Register.TOPICS: book_topics,
    Register.PROMISES: book_promises,
    Register.CALENDARS: book_calendars,
    Register.DAYS: book_days,
    Register.TEMPLATES: book_templates,
    Register.BRAND: book_brand,
    Register.AREAS: book_areas,
}
SHOWN = 50  # changes on a page


@dataclass(frozen=True, slots=True)
class Shown:
    """A register as somebody sees it: its rows by key, what can be chosen, and how much points at each row."""

    rows: Mapping[str, Row]
    choices: Choices
    pointing: Mapping[str, int]


def shown_register(register: Register, *, by: Actor, now: datetime) -> Shown:
    """Return the rows of a register that somebody may change. Raises NotFound where they may change none of it."""
    book = book_of(register)
    scope = scope_of(by)
    rows = {key: row for key, row in book.rows(today_of(now)).items() if book.may(scope, row)}
    if not rows and not scope.is_root:
        raise NotFound(NOT_FOUND)
    return Shown(rows, book.choices(), book.pointing_at(rows))


def book_of(register: Register) -> Book:
    """Return how a register is read and written. Raises NotFound."""
    if register not in BOOKS:
        raise NotFound(NOT_FOUND)
    return BOOKS[register]


def today_of(now: datetime) -> date:
    """Return the government's day."""
    return now.astimezone(installation().zone).date()


def has_part(register: Register, *, by: Actor, now: datetime) -> bool:
    """Return whether somebody may change anything of a register."""
    scope = scope_of(by)
    if scope.is_root:
        return True
    book = book_of(register)
    return any(book.may(scope, row) for row in book.rows(today_of(now)).values())


def waiting_changes(*, by: Actor, register: Register | None = None) -> Sequence[Change]:
    """Return the changes that wait for their day and that somebody may withdraw, the earliest first."""
    waiting = Change.objects.filter(applied_at=None, withdrawn_at=None).select_related("by", "withdrawn_by")
    waiting = waiting.filter(register=register) if register else waiting
    return _allowed(by, waiting.order_by("valid_from", "id"))


def changes_of(register: Register, key: str) -> Sequence[Change]:
    """Return how a row came to be as it is, the newest change first."""
    found = Change.objects.filter(register=register, key=key).select_related("by", "withdrawn_by")
    return list(found.order_by("-id")[:SHOWN])


def all_changes(
    *, by: Actor, register: Register | None = None, words: str = "", below: int | None = None, most: int | None = SHOWN
) -> Sequence[Change]:
    """Return the changes somebody may see, the newest first.

    below   only those before this one, for the next page
    most    none: all of them
    """
    found = Change.objects.select_related("by", "withdrawn_by").order_by("-id")
    found = found.filter(register=register) if register else found
    found = found.filter(pk__lt=below) if below else found
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(key__icontains=word) | Q(decree__icontains=word))
    return list(islice(_allowed_each(by, found.iterator()), most))


def _allowed(by: Actor, changes: Iterable[Change]) -> list[Change]:
    return list(_allowed_each(by, changes))


def _allowed_each(by: Actor, changes: Iterable[Change]) -> Iterator[Change]:
    scope = scope_of(by)
    for change in changes:
        if scope.is_root or book_of(Register(change.register)).may(scope, change.after):
            yield change
