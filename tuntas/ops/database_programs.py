"""PostgreSQL's own programs at work on the product's database; its password is never on a command line."""

import os
import re
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO, cast

from django.db import connection
from psycopg.conninfo import make_conninfo

from tuntas.kit.programs import find_clients
from tuntas.ops.trouble import Trouble

PART = 8 * 1024 * 1024
_LATER_SETTING = b"SET transaction_timeout = 0;\n"  # written by programs of 17 on, unknown to servers before
_ANEW = b"""\
BEGIN;
SET LOCAL client_min_messages = warning;
SET LOCAL lock_timeout = '30s';
DROP SCHEMA IF EXISTS public CASCADE;
CREATE SCHEMA public;
ALTER SCHEMA public OWNER TO pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""


def dumped(snapshot: str) -> Iterator[bytes]:
    """Give pg_dump's file of what *snapshot* sees, in parts. Raises Trouble."""
    words = ["--format=custom", "--compress=1", "--no-owner", "--no-privileges", "--lock-wait-timeout=60s"]
    with _running("pg_dump", *words, f"--snapshot={snapshot}", stdout=subprocess.PIPE) as (dump, said):
        while part := _end(dump.stdout).read(PART):
            yield part
        _expect_good(dump, said, "The database cannot be copied")


@contextmanager
def restoring() -> Iterator[BinaryIO]:
    """Give what takes the parts of a dump; all of it replaces what is in the database, or nothing does.

    It is committed when the block ends well. Raises Trouble.
    """
    with _running("psql", "-qXv", "ON_ERROR_STOP=1", stdin=subprocess.PIPE) as (into, into_said):
        archive = subprocess.PIPE
        with _running("pg_restore", "--no-owner", "--no-privileges", "--file=-", stdin=archive, stdout=archive) as (
            reader,
            reader_said,
        ):
            script, rows = _end(into.stdin), _end(reader.stdin)
            pump = threading.Thread(target=_pump, args=(_end(reader.stdout), script), daemon=True)
            pump.start()
            with suppress(BrokenPipeError):
                yield rows
                rows.close()
            pump.join()
            if into.poll() is not None:
                _expect_good(into, into_said, "The database refused what is in the backup")
            _expect_good(reader, reader_said, "The copy of the database cannot be read")
        with suppress(BrokenPipeError):
            script.write(b"\nCOMMIT;\n")
            script.close()
        _expect_good(into, into_said, "The database refused what is in the backup")


def _end(pipe: IO[bytes] | None) -> BinaryIO:
    """Return our end of a pipe that was asked for."""
    return cast(BinaryIO, pipe)


def _pump(source: IO[bytes], target: IO[bytes]) -> None:
    """Carry the script of pg_restore to psql; where psql has ended, read on so that nobody waits for ever."""
    is_first = True
    with suppress(ValueError):  # closed from the other side
        _write(target, _ANEW)
        while piece := source.read1(PART):  # type: ignore[attr-defined]
            _write(target, piece.replace(_LATER_SETTING, b"") if is_first else piece)
            is_first = False


def _write(target: IO[bytes], data: bytes) -> None:
    with suppress(BrokenPipeError):
        target.write(data)
        target.flush()


@contextmanager
def _running(
    name: str, *words: str, stdin: int = subprocess.DEVNULL, stdout: int = subprocess.DEVNULL
) -> Iterator[tuple[subprocess.Popen[bytes], IO[bytes]]]:
    """Run one of the programs; whatever happens, it has ended afterwards. Raises NoPostgres."""
    connection.ensure_connection()
    folder = find_clients(connection.get_database_version()[0])
    place = [] if name == "pg_restore" else ["-d", _place()]
    with tempfile.TemporaryFile() as said:
        program = subprocess.Popen(
            [folder / name, *words, *place], stdin=stdin, stdout=stdout, stderr=said, env=_environment(folder)
        )
        try:
            yield program, said
        finally:
            if program.poll() is None:
                program.kill()
            program.wait()
            for pipe in filter(None, (program.stdin, program.stdout)):
                with suppress(BrokenPipeError):
                    pipe.close()


def _place() -> str:
    """Say where the database is, all but the password."""
    found = connection.settings_dict
    options = {name: value for name, value in found.get("OPTIONS", {}).items() if isinstance(value, str)}
    options.pop("password", None)
    told = {"dbname": found["NAME"], "user": found["USER"], "host": found["HOST"], "port": found["PORT"], **options}
    return make_conninfo(**{name: value for name, value in told.items() if value})


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TUNTAS_", "DJANGO_"))}
    given = {**kept, "LC_ALL": "C", "PATH": f"{folder}:{os.environ.get('PATH', '')}"}
    if password := connection.settings_dict["PASSWORD"]:
        given["PGPASSWORD"] = str(password)
    return given


def _expect_good(program: subprocess.Popen[bytes], said: IO[bytes], what: str) -> None:
    if program.wait() == 0:
        return
    said.seek(0)
    lines = said.read().decode(errors="replace").splitlines()
    # The first error is the cause; its DETAIL and CONTEXT quote rows, and are not shown.
    cause = next((line for line in lines if re.search(r"ERROR|FATAL|error:", line)), "it does not say why")
    raise Trouble(f"{what}: {cause.strip().rstrip('.')}.")
