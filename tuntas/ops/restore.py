"""``tuntas restore``: bring back everything a backup holds, or change nothing."""

import argparse
import hmac
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tarfile import TarError
from typing import Any, BinaryIO, cast

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from tqdm import tqdm

from tuntas.kit.age import FRONT, open_stream
from tuntas.kit.age_streams import is_locked, unlock_stream
from tuntas.kit.backup_file import PIECE, Damaged, Way, checked, entries
from tuntas.kit.crypto import Unreadable
from tuntas.kit.env import env
from tuntas.ops.backup import first_line
from tuntas.ops.database_programs import restoring
from tuntas.ops.trouble import Trouble

UNCHANGED = "Nothing was changed."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``tuntas restore`` takes."""
    parser.add_argument("file", type=Path, help="the backup")
    key = parser.add_mutually_exclusive_group(required=True)
    key.add_argument("--identity", type=Path, metavar="FILE", help="a file with the private key (AGE-SECRET-KEY-1…)")
    key.add_argument("--passphrase-file", type=Path, metavar="FILE", help="a file whose first line is the passphrase")
    parser.add_argument("--over", action="store_true", help="replace what is in the database and the folder of files")
    parser.add_argument("--check", action="store_true", help="only look whether the backup is whole and can be opened")
    parser.epilog = "Stop web and worker first. Read docs/how-to/backup.md."


def run(args: argparse.Namespace) -> int:
    """Read all of the backup once and check it; only then read it again and put it in place."""
    way = _way(args)
    told, keys = look(args.file, way)
    if args.check:
        print(f"{args.file} is whole: made {told['made_at']}, {sum(told['tables'].values()):,} rows.")
        return 0
    _refuse_newer(told)
    _refuse_full(over=args.over)
    _refuse_other_keys(keys, over=args.over)
    put_back(args.file, way, told, keys)
    print(f"Restored what stood at {told['made_at']}: {sum(told['tables'].values()):,} rows.")
    if not told["has_files"]:
        print("The backup holds no photos and documents: bring them back from elsewhere.")
    print("Now run “tuntas migrate”, “tuntas verify-log” and “tuntas doctor”, then start web and worker.")
    return 0


def look(path: Path, way: Way) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Read a backup to its end; return its manifest and the keys in it. Raises Trouble."""
    try:
        with path.open("rb") as source:
            if not source.read(len(FRONT)) == FRONT:
                raise Trouble(f"{path} is no backup of Tuntas. {UNCHANGED}")
            with _opened(path, "checking") as whole:
                return checked(whole, way)
    except Unreadable as error:
        raise Trouble(f"{path} cannot be opened: the key is another one, or it is damaged. {UNCHANGED}") from error
    except Damaged as error:
        raise Trouble(f"{path} is damaged or cut off. {UNCHANGED}") from error
    except OSError as error:
        raise Trouble(f"{path} cannot be read: {error.strerror or error}. {UNCHANGED}") from error


def put_back(path: Path, way: Way, told: dict[str, Any], keys: dict[str, bytes]) -> None:
    """Put rows, files and keys in place together. Raises Trouble, having changed nothing."""
    try:
        with _opened(path, "restoring") as whole, _staged() as fresh, restoring() as rows:
            for entry in entries(whole, way):
                if entry.name.startswith("database/"):
                    shutil.copyfileobj(entry.source, rows, PIECE)
                elif entry.name.startswith("files/"):
                    _keep(fresh / entry.name.removeprefix("files/"), entry.source)
            rows.close()
            if told["has_files"]:
                _swap(fresh)
            _put_keys(keys)
            os.sync()
    except (Unreadable, Damaged, TarError) as error:
        raise Trouble(f"{path} changed while it was read. {UNCHANGED}") from error
    except OSError as error:
        raise Trouble(f"The backup cannot be put back: {error.strerror or error}. {UNCHANGED}") from error


def _way(args: argparse.Namespace) -> Way:
    path = args.passphrase_file or args.identity
    given = first_line(path) if args.passphrase_file else _identities(path)
    try:
        with args.file.open("rb") as source:
            locked = is_locked(source.read(200))
    except OSError as error:
        raise Trouble(f"{args.file} cannot be read: {error.strerror}. {UNCHANGED}") from error
    if locked != bool(args.passphrase_file):
        other = "--passphrase-file" if locked else "--identity"
        raise Trouble(f"{args.file} is opened with {other}. {UNCHANGED}")
    return partial(_unlock, passphrase=given) if locked else partial(_open, identities=given)


def _unlock(source: BinaryIO, target: BinaryIO, *, passphrase: str) -> None:
    unlock_stream(source, target, passphrase)


def _open(source: BinaryIO, target: BinaryIO, *, identities: str) -> None:
    open_stream(source, target, identities)


def _identities(path: Path) -> str:
    try:
        lines = [line.strip() for line in path.read_text().splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(f"{path} cannot be read.") from error
    found = [line for line in lines if line.startswith("AGE-SECRET-KEY-1")]
    if not found:
        raise Trouble(f"{path} holds no private key (AGE-SECRET-KEY-1…).")
    return "\n".join(found)


@contextmanager
def _opened(path: Path, does: str) -> Iterator[BinaryIO]:
    with (
        path.open("rb") as source,
        tqdm.wrapattr(
            source, "read", total=path.stat().st_size, desc=does, unit="B", unit_scale=True, disable=None
        ) as shown,
    ):
        yield cast(BinaryIO, shown)


def _refuse_newer(told: dict[str, Any]) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if strange := [name for name in told["migrations"] if name not in known]:
        raise Trouble(
            f"The backup was made by a newer Tuntas ({told['version']}, {strange[-1]}): install that first. {UNCHANGED}"
        )


def _refuse_full(*, over: bool) -> None:
    if over:
        return
    many = len(connection.introspection.table_names())
    if many:
        raise Trouble(f"The database has {many} tables already: add --over to replace them. {UNCHANGED}")
    if env().files.is_dir() and any(each.name != ".held" for each in env().files.iterdir()):
        raise Trouble(f"{env().files} has files already: add --over to replace them. {UNCHANGED}")


def _refuse_other_keys(keys: dict[str, bytes], *, over: bool) -> None:
    """Refuse where codes and passwords of the backup could not be checked afterwards."""
    if _is_secret_given() and not hmac.compare_digest(keys.get("secret_key", b""), env().secret_key.encode()):
        raise Trouble(
            "TUNTAS_SECRET_KEY is not the one of the backup: take keys/secret_key out of it, "
            f"as docs/how-to/backup.md says. {UNCHANGED}"
        )
    kept = env().data / "keys"
    for name, data in keys.items():
        if not over and (kept / name).is_file() and (kept / name).read_bytes() != data:
            raise Trouble(f"{kept / name} is another key than the backup's: add --over to replace it. {UNCHANGED}")


def _is_secret_given() -> bool:
    return any(os.environ.get(name) for name in ("TUNTAS_SECRET_KEY", "TUNTAS_SECRET_KEY_FILE"))


@contextmanager
def _staged() -> Iterator[Path]:
    """Give a folder to put new files in, on the same disk; what was swapped comes back where the block fails."""
    root = env().files
    stage = root / f".restore-{secrets.token_hex(4)}"
    fresh, old = stage / "new", stage / "old"
    fresh.mkdir(parents=True)
    old.mkdir()
    try:
        yield fresh
    except BaseException:
        for each in old.iterdir():
            if (root / each.name).exists():
                (root / each.name).rename(fresh / each.name)
            each.rename(root / each.name)
        raise
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _swap(fresh: Path) -> None:
    """Put the old files aside and the new ones in their place: some hundreds of renames."""
    root, old = env().files, fresh.with_name("old")
    for each in root.iterdir():
        if not each.name.startswith("."):
            each.rename(old / each.name)
    for each in fresh.iterdir():
        each.rename(root / each.name)


def _keep(path: Path, source: BinaryIO) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        shutil.copyfileobj(source, out, PIECE)


def _put_keys(keys: dict[str, bytes]) -> None:
    kept = env().data / "keys"
    kept.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, data in keys.items():
        if name != "secret_key":
            _private(kept / name, data)
        elif env().is_embedded and not _is_secret_given():
            _private(env().data / name, data)


def _private(path: Path, data: bytes) -> None:
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(path)
