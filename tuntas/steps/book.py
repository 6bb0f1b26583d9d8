"""What every register of a government offers to those who show and change it; one file for each: ``book_…``."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from tuntas.agencies.installation import installation
from tuntas.agencies.models import Agency, Government
from tuntas.kit.errors import Mistake
from tuntas.kit.words import Say
from tuntas.rules.registers import Row
from tuntas.rules.who import Actor, Role

Choices = Mapping[str, list[tuple[str, Say]]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A change that somebody asks for.

    key      of the row in its register; empty for a new one
    before   the row as it is; none: it is new
    on       the day from which it counts
    """

    key: str
    before: Row | None
    after: Row
    by: Actor
    on: date
    now: datetime
    decree: str = ""

    @property
    def switches_off(self) -> bool:
        return self.before is not None and bool(self.before["is_active"]) and not self.after["is_active"]

    def text(self, name: str) -> str:
        return str(self.after[name])

    def yes(self, name: str) -> bool:
        return bool(self.after[name])

    def number(self, name: str) -> int:
        return int(str(self.after[name]))

    def many(self, name: str) -> list[str]:
        """Return a list's entries."""
        value = self.after[name]
        return list(value) if isinstance(value, list) else []

    def differs(self, name: str) -> bool:
        """Return whether a field is not as it was."""
        return self.before is None or self.before.get(name) != self.after.get(name)


@dataclass(frozen=True, slots=True)
class Scope:
    """What an admin may change: everything, or what stands in the part of the tree that their post reaches."""

    is_root: bool
    at: frozenset[str]  # slugs of agencies


class Book(Protocol):
    """A register: its rows by key, what can be chosen, what speaks against a change, and how it is written."""

    WRITES_AHEAD: bool  # a change is written at once and counts from its day by itself

    def rows(self, today: date) -> dict[str, Row]: ...
    def key_of(self, row: Row) -> str: ...
    def name_of(self, row: Row) -> str: ...
    def choices(self) -> Choices: ...
    def may(self, scope: Scope, row: Row) -> bool: ...
    def judge(self, asked: Asked) -> Iterator[Mistake]: ...
    def write(self, asked: Asked) -> str: ...
    def take_back(self, asked: Asked) -> None: ...
    def pointing_at(self, keys: Iterable[str]) -> Mapping[str, int]: ...


def scope_of(by: Actor) -> Scope:
    """Return what somebody may change; a post in the office that serves the whole government reaches the whole."""
    reach = by.reach.get(Role.AGENCY_ADMIN, frozenset())
    root_id = Government.objects.values_list("root_id", flat=True).first()
    lines = list(Agency.objects.order_by("id").values_list("pk", "slug", "parent_id"))
    ids = set(reach)
    while more := {pk for pk, _, above in lines if above in ids} - ids:  # made just now, they count, too
        ids |= more
    return Scope(root_id in reach, frozenset(slug for pk, slug, _ in lines if pk in ids))


def agency_choices(*, active_only: bool = True) -> list[tuple[str, Say]]:
    """Return the agencies to choose from, in the order of their ids."""
    found = Agency.objects.order_by("id")
    found = found.filter(is_active=True) if active_only else found
    return [(slug, Say(name, name)) for slug, name in found.values_list("slug", "name")]


def tier_choices() -> list[tuple[str, Say]]:
    """Return the words for the tiers of this government."""
    return list(installation().tiers.items())
