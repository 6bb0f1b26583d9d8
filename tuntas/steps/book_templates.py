"""The register of answers to begin with."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from tuntas.agencies.models import Template
from tuntas.agencies.profile import HAVE_TEMPLATES
from tuntas.kit.errors import Mistake
from tuntas.rules.registers import Row
from tuntas.rules.words import ACTS
from tuntas.steps.book import Asked, Choices, Scope

WRITES_AHEAD = False


def rows(today: date) -> dict[str, Row]:
    """Return every template as a row."""
    return {template.code: _row(template) for template in Template.objects.order_by("position", "id")}


def _row(template: Template) -> Row:
    names = ("code", "act", "name_id", "name_en", "text", "position", "is_active")
    return {name: getattr(template, name) for name in names}


def key_of(row: Row) -> str:
    """Return the key of a row."""
    return str(row["code"])


def name_of(row: Row) -> str:
    """Return what people call a row."""
    return str(row["name_id"])


def choices() -> Choices:
    """Return what can be chosen in each field: the acts that carry words to a reporter."""
    return {"act": [(str(act), ACTS[act]) for act in HAVE_TEMPLATES]}


def may(scope: Scope, row: Row) -> bool:
    """Return whether somebody changes templates: they are the whole government's."""
    return scope.is_root


def judge(asked: Asked) -> Iterator[Mistake]:
    """Yield what speaks against a change: nothing does."""
    yield from ()


def write(asked: Asked) -> str:
    """Write a row and return its key."""
    Template.objects.update_or_create(
        code=asked.text("code"),
        defaults={
            "act": asked.text("act"),
            "name_id": asked.text("name_id"),
            "name_en": asked.text("name_en"),
            "text": asked.text("text"),
            "position": asked.number("position"),
            "is_active": asked.yes("is_active"),
        },
    )
    return asked.text("code")


def take_back(asked: Asked) -> None:
    """Undo what was written ahead of its day: nothing was."""


def pointing_at(keys: Iterable[str]) -> Mapping[str, int]:
    """Return how many open reports point at each template: none does."""
    return {}
