"""A second database beside the product's own, for practice: made, used in place of it for a while, thrown away.

Whatever is asked between ``practising()`` and its end goes there, raw statements and jobs included, because it stands
under the name by which everything here finds its database. Nothing works on its jobs: nothing leaves it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg import sql

SUFFIX = "_latihan"


@contextmanager
def practising() -> Iterator[None]:
    """Let everything this thread does go to the practice database, until the block ends."""
    ours = connections["default"]
    options = {name: value for name, value in ours.settings_dict["OPTIONS"].items() if name != "pool"}
    theirs = DatabaseWrapper({**ours.settings_dict, "NAME": practice_name(), "OPTIONS": options}, alias="default")
    connections["default"] = theirs
    try:
        yield
    finally:
        connections["default"] = ours
        theirs.close()


def practice_name() -> str:
    """Return what the practice database is called: the product's own name with a word behind it."""
    name = str(connection.settings_dict["NAME"])
    return name if name.endswith(SUFFIX) else f"{name}{SUFFIX}"


def is_there() -> bool:
    """Return whether the practice database exists, empty or not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [practice_name()])
        return cursor.fetchone() is not None


def may_make() -> bool:
    """Return whether the product's own user may make databases; if not, an administrator makes this one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])


def make() -> None:
    """Make the empty practice database."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(practice_name())))


def throw_away() -> None:
    """Delete the practice database with all that is in it; who practises just now begins anew."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(practice_name())))
