"""Which migrations the code knows, and which the database has."""

import importlib.util
import pkgutil
from functools import cache

from django.apps import apps
from django.db import connection


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """Return every migration of the code by its file's name, without reading any; looked up once a process."""
    found = set()
    for app in apps.get_app_configs():
        spec = importlib.util.find_spec(f"{app.name}.migrations")
        places = list(spec.submodule_search_locations or []) if spec else []
        found |= {(app.label, module.name) for module in pkgutil.iter_modules(places) if module.name[0] not in "_~"}
    return frozenset(found)


def missing_migrations() -> set[tuple[str, str]]:
    """Return those the database does not have; one statement."""
    known = known_migrations()
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return set(known) - set(cursor.fetchall())
