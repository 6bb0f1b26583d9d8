"""An installation of the first landed version, with rows of every kind, is brought up to today and goes on working.

``first_landed.json.gz`` was written by that version itself (commit 22d6afc): its profile and its ``make-reports 60``.
"""

import gzip
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from tuntas.kit.cluster import Cluster

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("upgrade")]
ROWS = Path(__file__).with_name("first_landed.json.gz")
FIRST_LANDED = {
    "agencies": "0001", "people": "0002", "publications": "0001", "reports": "0002", "statistics": "0001",
    "procrastinate": "0041",
}  # fmt: skip
ALL_LARGE = "import tuntas.ops.large_tables as tables; tables.LARGE = -1"
MIGRATE = "from tuntas.ops.migrate import migrate; migrate(patience=60)"
PARENTS = ("agencies_calendar", "agencies_agency", "agencies_area", "agencies_category", "people_person")
GENERATED = {"words"}  # by the database itself
SHAPE = """
    SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT conrelid::regclass || conname || convalidated || pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT table_name || column_name || data_type || is_nullable || coalesce(column_default, '')
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT tgrelid::regclass || tgname FROM pg_trigger WHERE NOT tgisinternal
    ORDER BY 1
"""


class Old:
    """One database that a process of its own works on."""

    def __init__(self, home: Path) -> None:
        self.home, self.cluster = home, Cluster(home)
        self.url = self.cluster.start()
        clean = {name: value for name, value in os.environ.items() if not name.startswith("TUNTAS_")}
        self.given = clean | {
            "TUNTAS_DATA": str(home),
            "TUNTAS_EMBEDDED_URL": self.url,
            "TUNTAS_SECRET_KEY": "x" * 40,
            "DJANGO_SETTINGS_MODULE": "tuntas.settings",
        }

    def begin(self, *lines: str) -> "subprocess.Popen[str]":
        code = "\n".join(("import django", "django.setup()", *lines))
        return subprocess.Popen(
            [sys.executable, "-c", code], env=self.given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def do(self, *lines: str) -> str:
        process = self.begin(*lines)
        told, wrong = process.communicate(timeout=300)
        assert process.returncode == 0, wrong
        return told

    def fill(self) -> None:
        """Make the first landed tables, with its rows."""
        kept = [f"call_command('migrate', {app!r}, {name!r}, verbosity=0)" for app, name in FIRST_LANDED.items()]
        self.do("from django.core.management import call_command", *kept)
        tables: dict[str, list[Any]] = json.loads(gzip.decompress(ROWS.read_bytes()))
        with psycopg.connect(self.url) as there:
            there.execute("SET CONSTRAINTS ALL DEFERRED")
            for table in sorted(tables, key=lambda name: (PARENTS.index(name) if name in PARENTS else 99, name)):
                columns = ", ".join(f'"{name}"' for name in tables[table][0] if name not in GENERATED)
                there.execute(
                    f"INSERT INTO {table} ({columns}) SELECT {columns} "
                    f"FROM json_populate_recordset(NULL::{table}, %s)".encode(),
                    [json.dumps(tables[table])],
                )
            there.execute("SELECT setval('report_number', 2000), setval('report_ref', 2000)")
            for (sql,) in there.execute(
                "SELECT format('SELECT setval(%L, coalesce(max(id), 1)) FROM %I', "
                "pg_get_serial_sequence(quote_ident(table_name), 'id'), table_name) FROM information_schema.columns "
                "WHERE table_schema = 'public' AND column_name = 'id' AND is_identity = 'YES'"
            ).fetchall():
                there.execute(sql)

    def shape(self) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url) as there:
            return there.execute(SHAPE.encode()).fetchall()

    def count(self, table: str) -> int:
        with psycopg.connect(self.url) as there:
            return int(there.execute(f"SELECT count(*) FROM {table}".encode()).fetchall()[0][0])


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Old]:
    old = Old(tmp_path / "data")
    try:
        old.fill()
        yield old
    finally:
        old.cluster.remove()


@pytest.fixture(scope="module")
def today(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Any, ...]]:
    """What tables look like that were made today, by the framework alone."""
    new = Old(tmp_path_factory.mktemp("upgrade") / "data")
    try:
        new.do("from django.core.management import call_command", "call_command('migrate', verbosity=0)")
        return new.shape()
    finally:
        new.cluster.remove()


@pytest.mark.parametrize("size", ["", ALL_LARGE])
def test_the_first_landed_tables_become_todays_and_are_served(
    old: Old, today: list[tuple[Any, ...]], size: str
) -> None:
    before = {table: old.count(table) for table in ("reports_report", "reports_event", "reports_deadline")}
    old.do(size, MIGRATE)
    assert old.shape() == today, "as if it had been made today"
    assert {table: old.count(table) for table in before} == before
    assert old.do("from tests.ops.after_upgrade import walk", "walk()") == "60 reports\n"


def test_killed_anywhere_it_goes_on_from_there(old: Old, today: list[tuple[Any, ...]]) -> None:
    for seconds in (2.0, 4.0, 6.0):
        process = old.begin(ALL_LARGE, MIGRATE)
        time.sleep(seconds)  # wherever that is: every place must do
        process.send_signal(signal.SIGKILL)
        process.communicate()
    old.do(ALL_LARGE, MIGRATE)
    assert old.shape() == today
    assert old.do("from tests.ops.after_upgrade import walk", "walk()") == "60 reports\n"


def test_a_table_in_use_is_waited_for_without_closing_it(old: Old) -> None:
    waited: list[float] = []
    with psycopg.connect(old.url) as reader, psycopg.connect(old.url, autocommit=True) as writer:
        reader.execute("SELECT 1 FROM reports_report LIMIT 1")  # as a dump does, for as long as it takes
        process = old.begin("from tuntas.ops.migrate import migrate", "migrate(patience=8)")
        while process.poll() is None:
            began = time.monotonic()
            writer.execute("UPDATE reports_report SET title = title WHERE id = (SELECT min(id) FROM reports_report)")
            waited.append(time.monotonic() - began)
            threading.Event().wait(0.1)
    _, wrong = process.communicate()
    assert process.returncode == 1
    assert "A table is in use all the time" in wrong
    assert max(waited) < 5, "whoever comes meanwhile waits no longer than the lock is asked for"
    old.do(MIGRATE)


@pytest.mark.django_db
def test_what_newer_code_has_loaded_is_passed_over(city: None) -> None:
    from tuntas.agencies.installation import forget_installation, installation  # noqa: PLC0415
    from tuntas.people.queries import actor_of_posts  # noqa: PLC0415

    known = len(installation().templates)
    with connection.cursor() as cursor:
        for table, column in (("agencies_target", "promise"), ("agencies_template", "act")):
            cursor.execute(
                "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass "
                "AND pg_get_constraintdef(oid) LIKE %s",
                [table, f"%{column}%"],
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute(
            "UPDATE agencies_target SET promise = 'tomorrows' WHERE id = (SELECT min(id) FROM agencies_target)"
        )
        cursor.execute(
            "UPDATE agencies_template SET act = 'tomorrows' WHERE id = (SELECT min(id) FROM agencies_template)"
        )
    forget_installation()
    assert len(installation().templates) == known - 1
    desk = installation().desk_id
    assert actor_of_posts(1, [("tomorrows", desk, None)]) == actor_of_posts(1, [])
