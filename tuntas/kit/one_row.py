"""Read one record by a unique column, with a statement made once (docs/decisions/0012)."""

from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Field, JSONField, Model

M = TypeVar("M", bound=Model)


def one_row(model: type[M], column: str, value: str, *, without: str = "") -> M | None:
    """Return the record whose *column* holds *value*, or None.

    column    a unique column of the model, named by us and never by a caller from outside
    without   a field to leave out, such as a large one; asking for it later costs a query
    """
    statement, names, json = _reading(model, column, without)
    with connection.cursor() as cursor:
        cursor.execute(statement, [value])
        row = cursor.fetchone()
    if row is None:
        return None
    values = list(row)
    for place, field in json:
        values[place] = field.from_db_value(values[place], field.cached_col, connection)
    return model.from_db(connection.alias, names, values)


@lru_cache(maxsize=16)
def _reading(
    model: type[Model], column: str, without: str
) -> "tuple[str, list[str], list[tuple[int, JSONField[Any, Any]]]]":
    fields: list[Field[Any, Any]] = [field for field in model._meta.concrete_fields if field.name != without]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    json = [(place, field) for place, field in enumerate(fields) if isinstance(field, JSONField)]
    statement = f'SELECT {columns} FROM {model._meta.db_table} WHERE "{column}" = %s'  # noqa: S608  # our own names
    return statement, [field.attname for field in fields], json
