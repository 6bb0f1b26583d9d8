"""A backup's file: a tar archive inside an age file, written and read piece by piece, never whole in memory.

Anybody with the key and two ordinary programs gets at everything: ``age -d -i KEY FILE | tar x``, then
``cat database/* | pg_restore``. In this order it holds ``about.json``, ``keys/…``, ``database/000000…``, ``files/…``
and last ``manifest.json``, whose *sum* is over the name and SHA-256 of everything before it.
"""

import hashlib
import io
import json
import os
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

FORMAT = 1
ABOUT, MANIFEST = "about.json", "manifest.json"
PIECE = 1024 * 1024
READ_AT_ONCE = 8 * PIECE  # files up to this are read before their size is said
Way = Callable[[BinaryIO, BinaryIO], None]
"""What closes or opens one stream into another."""


class Damaged(Exception):
    """It is no whole backup: cut off, changed, or something else."""


@dataclass(slots=True)
class Sum:
    """A running sum over everything in order, and how much it was."""

    many: dict[str, int] = field(default_factory=dict)
    size: dict[str, int] = field(default_factory=dict)
    _sum: Any = field(default_factory=hashlib.sha256)

    def add(self, name: str, digest: str, size: int) -> None:
        part = name.partition("/")[0]
        self.many[part] = self.many.get(part, 0) + 1
        self.size[part] = self.size.get(part, 0) + size
        self._sum.update(f"{digest} {name}\n".encode())

    def told(self) -> dict[str, Any]:
        return {"sum": self._sum.hexdigest(), "many": self.many, "bytes": self.size}


class Packing:
    """A backup that is being written."""

    def __init__(self, target: BinaryIO) -> None:
        self._tar = tarfile.open(  # noqa: SIM115 (closed by end; what was not ended is thrown away)
            fileobj=target, mode="w|", bufsize=PIECE, format=tarfile.PAX_FORMAT
        )
        self._sum = Sum()

    def add(self, name: str, data: bytes) -> None:
        self._add(name, io.BytesIO(data), len(data))

    def add_file(self, name: str, path: Path) -> int:
        """Add a file and return its size. Raises FileNotFoundError where it is gone before it was opened."""
        with path.open("rb") as source:
            size = os.fstat(source.fileno()).st_size
            if size <= READ_AT_ONCE:
                data = source.read(READ_AT_ONCE)
                self.add(name, data)
                return len(data)
            self._add(name, source, size)
            return size

    def told(self) -> dict[str, Any]:
        """Return how much was packed so far."""
        return self._sum.told()

    def end(self, told: dict[str, Any]) -> None:
        self.add(MANIFEST, json.dumps({**told, **self._sum.told()}, indent=1).encode())
        self._tar.close()

    def let_go(self) -> None:
        """Write nothing more, also when the archive is forgotten."""
        cast(Any, self._tar.fileobj).closed = True

    def _add(self, name: str, source: BinaryIO, size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        summed = _Summed(source, size)
        self._tar.addfile(info, summed)
        self._tar.members.clear()  # type: ignore[attr-defined]  # else it remembers each file's name
        self._sum.add(name, summed.digest(), size)


class _Summed:
    """A stream of exactly *size* bytes that sums what is read; one that became shorter meanwhile ends in zeros."""

    def __init__(self, source: BinaryIO, size: int) -> None:
        self._source, self._left, self._hash = source, size, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        data = self._source.read(wanted).ljust(wanted, b"\0")
        self._left -= len(data)
        self._hash.update(data)
        return data

    def digest(self) -> str:
        return str(self._hash.hexdigest())


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of a backup; its bytes are read before the next part is asked for."""

    name: str
    size: int
    source: BinaryIO


@contextmanager
def packing(target: BinaryIO, close: Way) -> Iterator[Packing]:
    """Pack into *target*, closed by *close*. Raises what closing raised, OSError where the disk is full."""
    end, start = os.pipe()
    failed: list[BaseException] = []
    worker = threading.Thread(target=_carry, args=(close, end, target, failed), daemon=True)
    worker.start()
    try:
        with os.fdopen(start, "wb") as pipe:
            pack = Packing(pipe)
            try:
                yield pack
            finally:
                pack.let_go()
    except BrokenPipeError:
        if not failed:
            worker.join()
        if not failed:
            raise
    finally:
        worker.join()
    if failed:
        raise failed[0]


def _carry(way: Way, end: int, target: BinaryIO, failed: list[BaseException]) -> None:
    with os.fdopen(end, "rb") as pipe:
        try:
            way(pipe, target)
        except BaseException as error:  # told by the other thread, which hears of it by the broken pipe
            failed.append(error)


def entries(source: BinaryIO, open_: Way) -> Iterator[Entry]:
    """Give the parts of a backup in order. Raises Unreadable by *open_* on a wrong key, and Damaged."""
    end, start = os.pipe()
    failed: list[BaseException] = []
    worker = threading.Thread(target=_unlock, args=(open_, source, start, failed), daemon=True)
    worker.start()
    try:
        with os.fdopen(end, "rb") as pipe:
            yield from _entries(pipe)
            while pipe.read(PIECE):  # up to the end, which says whether the file was cut off
                pass
    except tarfile.TarError as error:
        worker.join()
        raise (failed[0] if failed else Damaged()) from error
    finally:
        worker.join()
    if failed:
        raise failed[0]


def _entries(pipe: BinaryIO) -> Iterator[Entry]:
    with tarfile.open(fileobj=pipe, mode="r|", bufsize=PIECE) as tar:
        for member in tar:
            tar.members.clear()  # type: ignore[attr-defined]
            content = tar.extractfile(member)
            if content is None or not _is_plain(member.name):
                raise Damaged
            yield Entry(member.name, member.size, content)  # type: ignore[arg-type]


def _is_plain(name: str) -> bool:
    return not name.startswith("/") and ".." not in name.split("/")


def _unlock(open_: Way, source: BinaryIO, start: int, failed: list[BaseException]) -> None:
    with suppress(BrokenPipeError), os.fdopen(start, "wb") as pipe:
        try:
            open_(source, pipe)
        except BrokenPipeError:  # whoever read had enough
            pass
        except BaseException as error:
            failed.append(error)


def checked(source: BinaryIO, open_: Way) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Read a backup to its end; return what it says of itself and the keys in it. Raises Unreadable, Damaged."""
    told: dict[str, Any] = {}
    keys, total = {}, Sum()
    try:
        for entry in entries(source, open_):
            digest, data = _taken(entry)
            if told or (entry.name == ABOUT and _read(data).get("format") != FORMAT):
                raise Damaged  # something behind the manifest, or of another time
            if entry.name == MANIFEST:
                told = _read(data)
                continue
            if entry.name.startswith("keys/"):
                keys[entry.name.removeprefix("keys/")] = data
            total.add(entry.name, digest, entry.size)
    except tarfile.TarError as error:
        raise Damaged from error
    if not told or any(told.get(name) != value for name, value in total.told().items()):
        raise Damaged
    return told, keys


def _taken(entry: Entry) -> tuple[str, bytes]:
    """Read a part to its end; return its SHA-256, and its bytes where it is a small one."""
    digest, data = hashlib.sha256(), bytearray()
    while piece := entry.source.read(PIECE):
        digest.update(piece)
        if not entry.name.startswith(("database/", "files/")):
            data += piece
    return digest.hexdigest(), bytes(data)


def _read(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except ValueError as error:
        raise Damaged from error
    if not isinstance(found, dict):
        raise Damaged
    return found
