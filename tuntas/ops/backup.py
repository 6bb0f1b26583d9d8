"""``tuntas backup``: one encrypted file that holds everything, taken while the city goes on."""

import argparse
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

from django.db import connection, transaction
from tqdm import tqdm

from tuntas.kit import files
from tuntas.kit.age import close_stream, is_recipient
from tuntas.kit.age_streams import lock_stream
from tuntas.kit.backup_file import ABOUT, FORMAT, Packing, Way, packing
from tuntas.kit.env import env
from tuntas.kit.time import real_time
from tuntas.ops.database_programs import dumped
from tuntas.ops.trouble import Trouble

LAST = "backup.json"
"""In TUNTAS_DATA: when the last backup was made, and how large it is."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``tuntas backup`` takes."""
    parser.add_argument("file", type=Path, help="the file to write; in a folder it gets the hour as its name")
    key = parser.add_mutually_exclusive_group(required=True)
    key.add_argument("--to", nargs="+", metavar="RECIPIENT", help="public keys (age1…), or files with one a line")
    key.add_argument("--passphrase-file", type=Path, metavar="FILE", help="close it under the first line of FILE")
    parser.add_argument("--no-files", action="store_true", help="leave photos and documents out")
    parser.add_argument("--keep", type=int, metavar="N", help="in a folder: delete all but the newest N backups")
    parser.epilog = "Read docs/how-to/backup.md before you need it."


def run(args: argparse.Namespace) -> int:
    """Write the backup under another name, and give it its own when it is whole and on the disk."""
    close = _way(args)
    target = args.file / f"tuntas-{real_time():%Y%m%dT%H%M%SZ}.age" if args.file.is_dir() else args.file
    try:
        told = write_backup(target, close, with_files=not args.no_files)
    except BlockingIOError as error:
        raise Trouble("Another backup is being made: wait for its end.") from error
    except OSError as error:
        raise Trouble(f"{target} cannot be written: {error.strerror or error}.") from error
    print(f"{target}: {told['many'].get('files', 0):,} files, {sum(told['tables'].values()):,} rows.")
    if args.keep and args.file.is_dir():
        for old in sorted(args.file.glob("tuntas-*.age"))[: -args.keep]:
            old.unlink()
    return 0


def write_backup(target: Path, close: Way, *, with_files: bool = True) -> dict[str, Any]:
    """Write a backup closed by *close* and return its manifest. Raises Trouble, OSError, BlockingIOError."""
    with files.holding_deleted(), _whole_or_not(target) as out, packing(out, close) as pack:
        made_at = real_time().isoformat(timespec="seconds")
        about = {"format": FORMAT, "product": "tuntas", "version": version("tuntas"), "made_at": made_at}
        pack.add(ABOUT, json.dumps(about).encode())
        _add_keys(pack)
        with tqdm(unit="B", unit_scale=True, desc="database", disable=None) as bar:
            told = {**about, **_add_database(pack, bar)}
            bar.set_description("files")
            if with_files:
                _add_files(pack, bar)
        pack.end(told | {"has_files": with_files})
    last = {"at": made_at, "bytes": target.stat().st_size, "has_files": with_files}
    _replace(env().data / LAST, json.dumps(last).encode())
    return told | pack.told()


def _way(args: argparse.Namespace) -> Way:
    if args.passphrase_file:
        return partial(_lock, passphrase=first_line(args.passphrase_file))
    keys = [key for word in args.to for key in _keys_in(word)]
    if not keys:
        raise Trouble("No public key was given: name one behind --to.")
    return partial(_close, keys=keys)


def _lock(source: BinaryIO, target: BinaryIO, *, passphrase: str) -> None:
    lock_stream(source, target, passphrase)


def _close(source: BinaryIO, target: BinaryIO, *, keys: list[str]) -> None:
    close_stream(source, target, keys)


def first_line(path: Path) -> str:
    """Return the first line of a file that holds a passphrase. Raises Trouble."""
    try:
        line = path.read_text().partition("\n")[0].strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(f"{path} cannot be read.") from error
    if not line:
        raise Trouble(f"{path} holds no passphrase in its first line.")
    return line


def _keys_in(word: str) -> Iterator[str]:
    if is_recipient(word):
        yield word
        return
    if not Path(word).is_file():
        raise Trouble(f"“{word}” is neither a public key (age1…) nor a file that holds some.")
    for line in Path(word).read_text().splitlines():
        if not (key := line.strip()) or key.startswith("#"):
            continue
        if not is_recipient(key):
            raise Trouble(f"{word} holds a line that is no public key (age1…).")
        yield key


def _add_keys(pack: Packing) -> None:
    """Put in what the rows are worth nothing without: the secret key, and what lies in ``keys``."""
    pack.add("keys/secret_key", env().secret_key.encode())
    for path in sorted((env().data / "keys").glob("*")):
        if path.is_file():
            pack.add_file(f"keys/{path.name}", path)


def _add_database(pack: Packing, bar: "tqdm[Any]") -> dict[str, Any]:
    """Put in everything that one moment's snapshot sees, and say what that is."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot(), current_setting('server_version')")
        snapshot, server = cursor.fetchone()
        tables = {}
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608
            tables[name] = cursor.fetchone()[0]
        cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        migrations = [name for (name,) in cursor.fetchall()]
        cursor.execute("SELECT note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1")
        checkpoint = cursor.fetchone()
        for number, part in enumerate(dumped(snapshot)):
            pack.add(f"database/{number:06}", part)
            bar.update(len(part))
    point = checkpoint[0] if checkpoint else None
    return {"postgresql": server, "tables": tables, "migrations": migrations, "checkpoint": point}


def _add_files(pack: Packing, bar: "tqdm[Any]") -> None:
    # Behind the rows: what they name was there before them, and what is deleted meanwhile is held.
    for name, path in files.every_file():
        with suppress(FileNotFoundError):
            bar.update(pack.add_file(f"files/{name}", path))


@contextmanager
def _whole_or_not(target: Path) -> Iterator[BinaryIO]:
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(target)
        _sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)


def _replace(path: Path, data: bytes) -> None:
    with _whole_or_not(path) as out:
        out.write(data)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
