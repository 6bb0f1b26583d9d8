"""``tuntas migrate``: tables up to date, or models and migrations compared.

It may run beside the old code, which goes on serving: it waits only briefly for a table, and tries again. Broken off
at any place, it goes on from there: what a migration did and the note that it did it are one transaction.
"""

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.contrib.postgres.operations import AddIndexConcurrently
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations import Migration
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from psycopg import errors
from tqdm import tqdm

from tuntas.ops.large_tables import as_one, finish, one_by_one
from tuntas.ops.trouble import Trouble

SECONDS_FOR_A_LOCK = 2  # everybody who asks for the table queues behind us for as long
SECONDS_BETWEEN_TRIES = 3.0
SECONDS_OF_TRYING = 300.0
ONE_AT_A_TIME = 0x7475_6E74  # the advisory lock's number


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="only compare models and migrations; needs no database")


def run(args: argparse.Namespace) -> int:
    """Migrate the database, or with --check fail where somebody forgot to write a migration."""
    if args.check:
        check_models()
    else:
        migrate()
    return 0


def migrate(*, patience: float = SECONDS_OF_TRYING) -> None:
    """Apply what is missing, one after another; each waits its turn at busy tables. Safe to break off and call again.

    patience   for how many seconds a busy table is asked for again

    Raises Trouble where a table stays busy, or somebody else migrates all the while.
    """
    give_up = time.monotonic() + patience
    with _alone(give_up), tqdm(total=len(missing_migrations()), unit=" migrations", disable=None) as bar:
        while True:
            try:
                _apply_missing(bar)
                break
            except OperationalError as error:
                if not isinstance(error.__cause__, errors.LockNotAvailable | errors.DeadlockDetected):
                    raise
                if time.monotonic() > give_up:
                    raise Trouble(
                        "A table is in use all the time, so its change has to wait: end long reads such as a dump, "
                        "then run “tuntas migrate” again. What is done so far stays done."
                    ) from error
            time.sleep(SECONDS_BETWEEN_TRIES)
    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)  # what the framework does afterwards


def missing_migrations() -> list[str]:
    """Return the migrations the database does not have yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def check_models() -> None:
    """Raise Trouble where models and migrations differ, naming the rooms."""
    loader = MigrationLoader(None)
    found = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(graph=loader.graph)
    if found:
        raise Trouble(
            f"Models and migrations differ in: {', '.join(sorted(found))}. Run “django-admin makemigrations”."
        )


class _Executor(MigrationExecutor):
    """Django's, but for two things: large tables, and that a migration and the note of it are written together."""

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        if self.progress_callback:
            self.progress_callback("apply_start", migration, fake)
        if migration.atomic:
            with as_one(migration, state) as after:
                self.recorder.record_applied(migration.app_label, migration.name)
        else:
            _drop_left_behind(migration)
            after = one_by_one(migration, state)
            self.recorder.record_applied(migration.app_label, migration.name)
        if self.progress_callback:
            self.progress_callback("apply_success", migration, fake)
        return after


def _apply_missing(bar: Any) -> None:
    def tell(what: str, migration: Migration | None = None, fake: bool | None = False, /) -> None:
        if what == "apply_start" and migration is not None:
            bar.set_description(f"{migration.app_label}.{migration.name}")
        elif what == "apply_success":
            bar.update()

    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{SECONDS_FOR_A_LOCK}s'")
    try:
        executor = _Executor(connection, tell)
        executor.migrate(executor.loader.graph.leaf_nodes())
        bar.set_description("indexes and checks")
        finish()
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")


def _drop_left_behind(migration: Migration) -> None:
    """Drop the indexes of a migration that was broken off, for it begins anew."""
    for operation in migration.operations:
        if isinstance(operation, AddIndexConcurrently):
            with connection.cursor() as cursor:
                cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {connection.ops.quote_name(operation.index.name)}")


@contextmanager
def _alone(give_up: float) -> Iterator[None]:
    """Let one process migrate at a time. Raises Trouble after a while.

    It asks again and again instead of waiting, for who waits in the database keeps an index from being built.
    """
    while not _lock("pg_try_advisory_lock"):
        if time.monotonic() > give_up:
            raise Trouble("Another “tuntas migrate” is at work: wait until it is done.")
        time.sleep(SECONDS_BETWEEN_TRIES)
    try:
        yield
    finally:
        if connection.is_usable():
            _lock("pg_advisory_unlock")


def _lock(how: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {how}(%s)", [ONE_AT_A_TIME])
        return bool(cursor.fetchone()[0])
