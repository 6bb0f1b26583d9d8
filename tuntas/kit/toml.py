"""Write TOML as a person would: one table below the other, what is small on one line."""

from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit.items import InlineTable, Table


def as_toml(tables: Mapping[str, Mapping[str, Any] | Sequence[Mapping[str, Any]]]) -> str:
    """Return tables and lists of tables as text; what is inside a row stands on its line.

    tables    by name: a table, or rows that become ``[[name]]``; keys whose value is None are left out
    """
    document = tomlkit.document()
    for name, given in tables.items():
        if isinstance(given, Mapping):
            document.add(name, _table(given))
            continue
        rows = tomlkit.aot()
        for row in given:
            rows.append(_table(row))
        document.add(name, rows)
    return tomlkit.dumps(document)


def _table(row: Mapping[str, Any]) -> Table:
    table = tomlkit.table()
    for key, value in row.items():
        if value is not None:
            table.add(key, _value(value))
    return table


def _value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _inline(value)
    if isinstance(value, list | tuple | set | frozenset):
        row = tomlkit.array()
        row.extend(_value(each) for each in value)
        return row.multiline(len(row) > 1 and len(row.as_string()) > 90)
    if isinstance(value, str) and "\n" in value:
        return tomlkit.string(value, multiline=True)
    return value


def _inline(row: Mapping[str, Any]) -> InlineTable:
    table = tomlkit.inline_table()
    for key, value in row.items():
        if value is not None:
            table.add(key, _value(value))
    return table
