"""Everything an installation keeps, to be searched for what must not be in it: each row of each table, each file."""

from pathlib import Path

from django.db import connection

from tuntas.kit.env import env


def rows_with(mark: str) -> list[str]:
    """Return the rows of all tables in which *mark* stands: as text, as bytes, or with its letters escaped."""
    forms = {mark.lower(), mark.encode().hex(), mark.encode("utf-16-le").hex()}
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT schemaname, relname FROM pg_stat_user_tables ORDER BY 1, 2")
        for schema, table in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{schema}"."{table}" t')  # the test reads its own database
            for (row,) in cursor.fetchall():
                if any(form in row.lower() for form in forms):
                    found.append(f"{table}: {row[:300]}")
    return found


def files_with(mark: str) -> list[Path]:
    """Return the files of the installation in which *mark* stands."""
    forms = (mark.encode(), mark.encode("utf-16-le"))
    return [
        path
        for folder in (env().files, env().data / "logs")
        if folder.exists()
        for path in folder.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]
