"""Keep files on the disk, under names we made: clean ones, and those that nobody has looked at yet in quarantine.

While a backup is made, what is deleted lies in ``.held`` until it has ended: the rows it saw still name those files.
"""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from tuntas.kit.env import env

_PIECE = 1024 * 1024


def put(name: str, data: bytes) -> None:
    """Write a file whole or not at all, and to the disk before it is called kept."""
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def get(name: str) -> bytes:
    """Return the bytes of a file. Raises FileNotFoundError."""
    return _path(name).read_bytes()


def open_clean(name: str) -> BinaryIO:
    """Return a clean file, open for reading. Raises FileNotFoundError."""
    return _path(name).open("rb")


def drop(name: str) -> None:
    """Delete a file; gone already is fine."""
    _delete(_path(name))


def write_to_quarantine(name: str, offset: int, data: bytes) -> None:
    """Put a piece of a file into quarantine behind its first *offset* bytes; what stood behind those is cut off."""
    path = quarantined(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    with path.open("r+b") as out:
        out.truncate(offset)
        out.seek(offset)
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def hold(name: str, source: BinaryIO, *, most: int) -> int:
    """Copy a stream into quarantine and return its length; past *most* bytes it stops, and is longer than that."""
    path, length = quarantined(name), 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        while length <= most and (piece := source.read(_PIECE)):
            length += len(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    return length


def release(name: str, clean_name: str) -> None:
    """Let a file that was cleaned in quarantine be a clean one too; it may have been one before."""
    path = _path(clean_name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.link(quarantined(name), path)


def drop_quarantined(name: str) -> None:
    """Delete a file from quarantine; gone already is fine."""
    _delete(quarantined(name))


def quarantined(name: str) -> Path:
    """Return where a file lies that nobody may see yet; nothing that serves files looks there."""
    return env().files / "quarantine" / name[:2] / name


def all_quarantined() -> Iterator[Path]:
    """Return every file that lies in quarantine."""
    yield from (env().files / "quarantine").glob("??/*")


def _path(name: str) -> Path:
    """Return where a name lies: in folders by its first two signs, so that none grows too large."""
    return env().files / name[:2] / name


@contextmanager
def holding_deleted() -> Iterator[None]:
    """Keep whatever is deleted meanwhile for every_file; deleted for good at the end, or by forget_held after a crash.

    Raises BlockingIOError where somebody holds already.
    """
    held = _held()
    held.mkdir(parents=True, exist_ok=True)
    with (held / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        try:
            yield
        finally:
            shutil.rmtree(held, ignore_errors=True)


def forget_held() -> None:
    """Delete what a backup held that did not live to delete it itself."""
    with suppress(FileNotFoundError, BlockingIOError), (_held() / "lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(_held(), ignore_errors=True)


def every_file() -> Iterator[tuple[str, Path]]:
    """Return each file with its name below the folder of files, what is held under the name it had; none half-written.

    A file that is deleted while this runs may come twice, under the same name, and is never missed.
    """
    root = env().files
    for top in (root, _held()):
        for path in _files_below(top):
            name = path.relative_to(top)
            if name.parts[0] != ".held" and name.suffix != ".part" and name != Path("lock"):
                yield str(name), path


def _files_below(folder: Path) -> Iterator[Path]:
    for place, _, names in os.walk(folder):
        for name in names:
            yield Path(place) / name


def _delete(path: Path) -> None:
    held = _held()
    if held.exists():
        with suppress(FileNotFoundError):
            aside = held / path.relative_to(env().files)
            aside.parent.mkdir(parents=True, exist_ok=True)
            path.replace(aside)
    path.unlink(missing_ok=True)


def _held() -> Path:
    return env().files / ".held"
