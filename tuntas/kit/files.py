"""Keep clean files on the disk, under names we made."""

import os
import secrets
from pathlib import Path

from tuntas.kit.env import env


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


def drop(name: str) -> None:
    """Delete a file; gone already is fine."""
    _path(name).unlink(missing_ok=True)


def _path(name: str) -> Path:
    """Return where a name lies: in folders by its first two signs, so that none grows too large."""
    return env().files / name[:2] / name
