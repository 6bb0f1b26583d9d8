"""Insert several rows in one statement, where each statement's round trip counts (docs/decisions/0012)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Field, GeneratedField, Model

Own = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One unsaved record; ``own`` says which columns the database works out, by SQL that may name earlier rows."""

    name: str
    record: Model
    own: Mapping[str, str]


def insert_together(rows: Sequence[Row], returning: str) -> tuple[Any, ...]:
    """Insert *rows* at once: all or none. Later rows may use ``first.id`` and what else the first row returns.

    returning   what to give back, such as ``report.id, report.number``; must name the first row

    The first row's name is the source of the others. Returns the values named by *returning*.
    """
    shape = tuple((row.name, type(row.record), tuple(sorted(row.own.items()))) for row in rows)
    given = [value for row in rows for value in _values(row)]
    with connection.cursor() as cursor:
        cursor.execute(_statement(shape, returning), given)
        found: tuple[Any, ...] = cursor.fetchone()
    return found


@lru_cache(maxsize=256)
def _statement(shape: tuple[tuple[str, type[Model], Own], ...], returning: str) -> str:
    """Return the statement; every name in it comes from our own models, no value does."""
    first = shape[0][0]
    parts = []
    for name, model, own in shape:
        known = dict(own)
        columns = ", ".join(f'"{field.column}"' for field in _fields(model))
        values = ", ".join(known.get(str(field.column), "%s") for field in _fields(model))
        source = "" if name == first else f" FROM {first}"
        table = model._meta.db_table
        parts.append(f"{name} AS (INSERT INTO {table} ({columns}) SELECT {values}{source} RETURNING *)")
    return f"WITH {', '.join(parts)} SELECT {returning} FROM {', '.join(_named(shape, returning))}"  # noqa: S608


def _named(shape: tuple[tuple[str, type[Model], Own], ...], returning: str) -> list[str]:
    return [name for name, _, _ in shape if f"{name}." in returning]


def _values(row: Row) -> list[Any]:
    fields = (field for field in _fields(type(row.record)) if field.column not in row.own)
    return [field.get_db_prep_save(getattr(row.record, field.attname), connection) for field in fields]


@lru_cache(maxsize=32)
def _fields(model: type[Model]) -> "tuple[Field[Any, Any], ...]":
    fields = model._meta.local_concrete_fields
    return tuple(field for field in fields if not field.primary_key and not isinstance(field, GeneratedField))
