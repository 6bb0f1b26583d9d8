"""The brand of a government, one row: its name, its numbers, its colours, which must be readable."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from tuntas.agencies.models import Government
from tuntas.kit.errors import Mistake
from tuntas.rules.brand import too_weak
from tuntas.rules.registers import Row
from tuntas.steps.book import Asked, Choices, Scope

WRITES_AHEAD = False
KEY = "merek"
CONTACT = ("phone", "whatsapp", "email")
COLOURS = ("brand", "action", "accent")


def rows(today: date) -> dict[str, Row]:
    """Return the brand as the only row."""
    government = Government.objects.first()
    return {} if government is None else {KEY: _row(government)}


def _row(government: Government) -> Row:
    return {
        "name_id": government.name_id,
        "name_en": government.name_en,
        **{name: government.contact.get(name, "") for name in CONTACT},
        **{name: government.brand.get(name, "") for name in COLOURS},
    }


def key_of(row: Row) -> str:
    """Return the key of the only row."""
    return KEY


def name_of(row: Row) -> str:
    """Return what people call a row."""
    return str(row["name_id"])


def choices() -> Choices:
    """Return what can be chosen in each field: nothing."""
    return {}


def may(scope: Scope, row: Row) -> bool:
    """Return whether somebody changes the brand: they are the whole government's."""
    return scope.is_root


def judge(asked: Asked) -> Iterator[Mistake]:
    """Yield what speaks against a change: colours that cannot be read."""
    for name, say in too_weak({name: asked.text(name) for name in COLOURS}):
        yield Mistake(f"/{name}", say)


def write(asked: Asked) -> str:
    """Write the row and return its key."""
    government = Government.objects.select_for_update().get()
    government.name_id, government.name_en = asked.text("name_id"), asked.text("name_en")
    government.contact = {**government.contact, **{name: asked.text(name) for name in CONTACT}}
    government.brand = {name: asked.text(name) for name in COLOURS if asked.text(name)}
    government.save(update_fields=["name_id", "name_en", "contact", "brand"])
    return KEY


def take_back(asked: Asked) -> None:
    """Undo what was written ahead of its day: nothing was."""


def pointing_at(keys: Iterable[str]) -> Mapping[str, int]:
    """Return how many open reports point at the brand: none does."""
    return {}
