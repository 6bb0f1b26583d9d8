"""Change tables that are large and in use: what would read one through while it is closed is done afterwards.

A migration is written as usual. On a large table its columns are added without checks, its constraints are taken as
given for old rows, and its indexes are left out; ``finish`` reads the catalogue for what is missing and makes it while
everybody goes on working. It needs no notes of its own, so it may be broken off anywhere.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from django.db.migrations import Migration
from django.db.migrations.operations import RunPython
from django.db.migrations.state import ProjectState
from django.db.models import CheckConstraint, Field, Index, Model
from django.db.models.constraints import BaseConstraint

LARGE = 16 * 1024 * 1024  # bytes; smaller ones are read in a moment


class GentleEditor(DatabaseSchemaEditor):
    """Django's, gentle to large tables; what it adds may be there already, from a try that was broken off."""

    sql_create_column = DatabaseSchemaEditor.sql_create_column.replace("ADD COLUMN", "ADD COLUMN IF NOT EXISTS")

    def __init__(self, *, only_written: bool = False) -> None:
        super().__init__(connection, collect_sql=only_written, atomic=False)
        self.written: list[str] = []

    def execute(self, sql: Any, params: Any = ()) -> None:
        if self.collect_sql:
            self.written.append(str(sql) if params is None else connection.ops.compose_sql(str(sql), params))  # type: ignore[attr-defined]
        else:
            super().execute(sql, params)

    def add_index(self, model: type[Model], index: Index, concurrently: bool = False) -> None:
        if concurrently or not is_large(model):
            super().add_index(model, index, concurrently)

    def add_constraint(self, model: type[Model], constraint: BaseConstraint) -> None:
        if isinstance(constraint, CheckConstraint) and is_large(model):
            self.execute(f"{constraint.create_sql(model, self)} NOT VALID", None)
        else:
            super().add_constraint(model, constraint)

    def add_field(self, model: type[Model], field: "Field[Any, Any]") -> None:
        if not is_large(model):
            super().add_field(model, field)
            return
        # Looked up on the editor by Django while it writes the column.
        self.sql_check_constraint, self.sql_create_column_inline_fk = "", ""
        self.sql_create_fk = f"{DatabaseSchemaEditor.sql_create_fk} NOT VALID"
        super().add_field(model, field)
        del self.sql_check_constraint, self.sql_create_column_inline_fk, self.sql_create_fk
        if check := field.db_parameters(connection)["check"]:
            name = self.quote_name(f"{model._meta.db_table}_{field.column}_check")
            self.execute(f"ALTER TABLE {self.quote_name(model._meta.db_table)} DROP CONSTRAINT IF EXISTS {name}", None)
            self.execute(
                f"ALTER TABLE {self.quote_name(model._meta.db_table)} ADD CONSTRAINT {name} CHECK ({check}) NOT VALID",
                None,
            )

    def _field_indexes_sql(self, model: type[Model], field: "Field[Any, Any]") -> list[Any]:
        return [] if is_large(model) else list(super()._field_indexes_sql(model, field))  # type: ignore[misc]


def is_large(model: type[Model]) -> bool:
    """Return whether a table is so large that reading it through takes more than a moment; one to be made is not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(pg_relation_size(to_regclass(%s)), 0)", [f'"{model._meta.db_table}"'])
        return bool(cursor.fetchone()[0] > LARGE)


@contextmanager
def as_one(migration: Migration, state: ProjectState) -> Iterator[ProjectState]:
    """Apply an atomic migration in one transaction, which the block may write into; yields the state after it.

    Its statements are thought out before the first lock is taken: that takes longer than most of them do.
    """
    if any(isinstance(operation, RunPython) for operation in migration.operations):
        with transaction.atomic(), GentleEditor() as editor:
            state = migration.apply(state, editor)
            _write_deferred(editor)
            yield state
        return
    with GentleEditor(only_written=True) as editor:
        state = migration.apply(state, editor, collect_sql=True)
    with transaction.atomic(), connection.cursor() as cursor:
        for sql in editor.written:
            cursor.execute(sql)
        yield state


def one_by_one(migration: Migration, state: ProjectState) -> ProjectState:
    """Apply a migration that commits after each of its operations; every one of them may be done already."""
    with GentleEditor() as editor:
        return migration.apply(state, editor)


def finish() -> None:
    """Make the indexes that large tables lack, and check old rows against what new ones obey. Safe to repeat."""
    drop_half_built()
    there = _names("SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()")
    tables = _names("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    for table, name, sql in _wanted_indexes():
        if table in tables and name not in there:
            _run(sql)
    for table, name in _rows(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE NOT convalidated "
        "AND connamespace = current_schema()::regnamespace AND contype IN ('c', 'f') ORDER BY 1, 2"
    ):
        _run(f"ALTER TABLE {table} VALIDATE CONSTRAINT {connection.ops.quote_name(name)}")


def drop_half_built() -> None:
    """Drop indexes whose making was broken off: they serve nobody, and forbid the next try."""
    for (name,) in _rows(
        "SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class c ON c.oid = indexrelid "
        "WHERE NOT indisvalid AND c.relnamespace = current_schema()::regnamespace ORDER BY 1"
    ):
        _run(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")


def _wanted_indexes() -> Iterator[tuple[str, str, str]]:
    """Yield every index that a model asks for: its table, its name, and how to build it while the table is in use."""
    editor = DatabaseSchemaEditor(connection)
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue
        for index in model._meta.indexes:
            yield model._meta.db_table, index.name, str(index.create_sql(model, editor, concurrently=True))
        for field in model._meta.local_fields:
            for statement in editor._field_indexes_sql(model, field):  # type: ignore[attr-defined]
                sql = str(statement).replace("CREATE INDEX", "CREATE INDEX CONCURRENTLY", 1)
                yield model._meta.db_table, str(statement.parts["name"]).strip('"'), sql


def _write_deferred(editor: BaseDatabaseSchemaEditor) -> None:
    """Write what the editor would write after the migration, such as foreign keys, while it is still under way."""
    while editor.deferred_sql:
        editor.execute(editor.deferred_sql.pop(0), None)


def _rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def _names(sql: str) -> set[str]:
    return {name for (name,) in _rows(sql)}


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
