"""``tuntas migrate``: tables up to date, or models and migrations compared."""

import argparse

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from tuntas.ops.trouble import Trouble


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="only compare models and migrations; needs no database")


def run(args: argparse.Namespace) -> int:
    """Migrate the database, or with --check fail where somebody forgot to write a migration."""
    if args.check:
        check_models()
    else:
        migrate()
    return 0


def migrate() -> None:
    """Apply what is missing; nothing is said, for it takes a second."""
    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)


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
