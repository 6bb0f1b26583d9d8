"""Insert several rows in one statement, where each statement's round trip counts (docs/decisions/0012)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import AutoField, Field, GeneratedField, Model


@dataclass(frozen=True, slots=True)
class Row:
    """One unsaved record; ``own`` says which columns the database works out, by SQL that may name earlier rows.

    own   by column; SQL with values of its own stands as the text and the values of its ``%s``
    """

    name: str
    record: Model
    own: Mapping[str, str | tuple[str, Sequence[Any]]]


def insert_together(rows: Sequence[Row], returning: str) -> tuple[Any, ...]:
    """Insert *rows* at once: all or none. Later rows may use ``first.id`` and what else the first row returns.

    returning   what to give back, such as ``report.id, report.number``; must name the first row

    The first row's name is the source of the others. Returns the values named by *returning*.
    """
    given: list[Any] = []
    shape = tuple((row.name, type(row.record), _values(row, given)) for row in rows)
    with connection.cursor() as cursor:
        cursor.execute(_statement(shape, returning), given)
        found: tuple[Any, ...] = cursor.fetchone()
    return found


@lru_cache(maxsize=512)
def _statement(shape: tuple[tuple[str, type[Model], tuple[str, ...]], ...], returning: str) -> str:
    """Return the statement; every name in it comes from our own models, no value does."""
    first = shape[0][0]
    parts = []
    for name, model, values in shape:
        columns = ", ".join(f'"{field.column}"' for field in _fields(model))
        source = "" if name == first else f" FROM {first}"
        table = model._meta.db_table
        parts.append(f"{name} AS (INSERT INTO {table} ({columns}) SELECT {', '.join(values)}{source} RETURNING *)")
    named = [name for name, _, _ in shape if f"{name}." in returning]
    return f"WITH {', '.join(parts)} SELECT {returning} FROM {', '.join(named)}"  # noqa: S608


def _values(row: Row, given: list[Any]) -> tuple[str, ...]:
    """Return what stands for each column, adding to *given* what must travel apart.

    Nothing, empty and no stand in the statement itself: half of a new report's columns are that, and the driver keeps
    only statements of few parameters ready.
    """
    values = []
    for field in _fields(type(row.record)):
        own = row.own.get(str(field.column))
        if isinstance(own, tuple):
            own, more = own
            given += more
        value = None if own else field.get_db_prep_save(getattr(row.record, field.attname), connection)
        written = own or _PLAIN.get((type(value), value) if value is None or value in ("", False) else None)
        if written is None:
            given.append(value)
        values.append(written or "%s")
    return tuple(values)


_PLAIN: dict[Any, str] = {(type(None), None): "NULL", (str, ""): "''", (bool, False): "FALSE", (int, 0): "0"}


@lru_cache(maxsize=32)
def _fields(model: type[Model]) -> "tuple[Field[Any, Any], ...]":
    fields = model._meta.local_concrete_fields
    return tuple(field for field in fields if not isinstance(field, AutoField | GeneratedField))
