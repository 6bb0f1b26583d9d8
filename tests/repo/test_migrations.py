"""Old code goes on serving while a migration runs and after it: what it reads and writes stays where it was."""

from collections.abc import Iterator
from functools import cache

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED

from tuntas.ops.large_tables import LARGE

ROOMS = {"agencies", "people", "sealed", "reports", "publications", "statistics", "ledger", "meetings", "web"}
TAKES_AWAY = (
    migrations.RemoveField,
    migrations.DeleteModel,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.AlterModelTable,
)
# The first that landed, with which nothing older is compatible, and what landed later before this test was written.
FIRST = {
    "agencies.0001", "people.0001", "people.0002", "publications.0001", "reports.0001", "reports.0002",
    "statistics.0001",
}  # fmt: skip
LANDED = {
    "agencies.0002 adds category.words",
    "agencies.0003 adds agency.liaison_signs",
    "agencies.0003 adds government.manners",
    "agencies.0004 adds government.signer",
    "ledger.0002 adds checkpoint.signer",
    "people.0003 adds person.keys",
    "people.0003 adds person.zone",
    "publications.0002 adds publication.is_late",
    "reports.0006 adds report.awaits_signature",
    "reports.0006 adds report.recallable",
    "sealed.0002 adds readerkey.leaving_why",
    "sealed.0002 adds readerkey.name",
    "statistics.0002 adds dayfigure.answer_not_due",
    "statistics.0002 adds dayfigure.open_again",
}
"""Exceptions from before this test, which only code older than theirs minds. Nothing is added here any more."""


@cache
def loader() -> MigrationLoader:
    return MigrationLoader(None)


def ours() -> list[tuple[str, migrations.Migration]]:
    found = [(f"{app}.{name[:4]}", one) for (app, name), one in loader().disk_migrations.items() if app in ROOMS]
    return sorted((name, one) for name, one in found if name not in FIRST)


def troubles(name: str, migration: migrations.Migration) -> Iterator[str]:
    """Yield what a migration does that old code would not survive."""
    before = loader().project_state((migration.app_label, migration.name), at_end=False)
    made: set[str] = set()
    for operation in migration.operations:
        if isinstance(operation, migrations.CreateModel):
            made.add(operation.name.lower())
        yield from (f"{name} {said}" for said in _of(operation, made, before, migration))
        operation.state_forwards(migration.app_label, before)


def _of(operation: Operation, made: set[str], before: ProjectState, migration: migrations.Migration) -> Iterator[str]:
    model = getattr(operation, "model_name", "").lower()
    where = f"{model}.{getattr(operation, 'name', '')}"
    if isinstance(operation, TAKES_AWAY):
        yield f"takes away {where}"
    elif isinstance(operation, migrations.SeparateDatabaseAndState) or model in made:
        return
    elif isinstance(operation, migrations.AddField):
        if not operation.field.null and operation.field.db_default is NOT_PROVIDED and not _is_many(operation.field):
            yield f"adds {where}"  # which old code does not write: give it null or db_default
    elif isinstance(operation, migrations.AlterField):
        old = before.models[migration.app_label, model].fields[operation.name]
        yield from (f"narrows {where}: {how}" for how in _narrows(old, operation.field))


def _is_many(field: object) -> bool:
    return isinstance(field, models.ManyToManyField)


def _narrows(old: models.Field, new: models.Field) -> Iterator[str]:  # type: ignore[type-arg]
    if type(old) is not type(new):
        yield "another type"
    if old.null and not new.null:
        yield "null no longer"
    if new.max_length is not None and new.max_length < (old.max_length or 0):
        yield "shorter"
    if new.unique and not old.unique:
        yield "unique now"


@pytest.mark.parametrize(("name", "migration"), ours(), ids=[name for name, _ in ours()])
def test_a_migration_takes_nothing_from_old_code(name: str, migration: migrations.Migration) -> None:
    assert [said for said in troubles(name, migration) if said not in LANDED] == []


@pytest.mark.parametrize(("name", "migration"), ours(), ids=[name for name, _ in ours()])
def test_what_is_built_beside_the_work_can_be_begun_again(name: str, migration: migrations.Migration) -> None:
    """Indexes and checks of large tables are put off by ``tuntas migrate`` itself: see ops/large_tables.py."""
    concurrent = [each for each in migration.operations if isinstance(each, AddIndexConcurrently)]
    assert not (concurrent and migration.atomic)


def test_exceptions_are_still_needed() -> None:
    found = {said for name, migration in ours() for said in troubles(name, migration)}
    assert set(LANDED) <= found


def test_large_begins_where_reading_takes_more_than_a_moment() -> None:
    assert LARGE <= 64 * 1024 * 1024
    assert connection.vendor == "postgresql"
