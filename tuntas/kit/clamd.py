"""Ask a virus scanner that listens (ClamAV's clamd) about a file, by its INSTREAM command."""

import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO
from urllib.parse import urlsplit

_PIECE = 64 * 1024
_LONGEST_REPLY = 4096
_PORT = 3310


class NotScanned(Exception):
    """The scanner is away, too slow, or does not take a file of this size: nobody knows what is in it."""


def scan(source: BinaryIO, address: str, *, seconds: float) -> str | None:
    """Return the name of what the scanner found in a stream, or None where it found nothing. Raises NotScanned.

    address   ``tcp://host:3310`` or ``unix:///run/clamav/clamd.ctl``
    seconds   for everything together
    """
    until = time.monotonic() + seconds
    try:
        with _connected(address, until) as line:
            line.sendall(b"zINSTREAM\0")
            while piece := source.read(_PIECE):
                _hurry(line, until)
                line.sendall(struct.pack("!I", len(piece)) + piece)
            line.sendall(struct.pack("!I", 0))
            return _found(_reply(line, until))
    except OSError as error:  # it hangs up on what is larger than its own limit
        raise NotScanned(str(error) or "the scanner hung up") from error


def is_there(address: str, *, seconds: float = 2) -> bool:
    """Return whether the scanner answers."""
    until = time.monotonic() + seconds
    try:
        with _connected(address, until) as line:
            line.sendall(b"zPING\0")
            return _reply(line, until) == "PONG"
    except OSError:
        return False


@contextmanager
def _connected(address: str, until: float) -> Iterator[socket.socket]:
    parts = urlsplit(address)
    is_local = parts.scheme == "unix"
    line = socket.socket(socket.AF_UNIX) if is_local else None
    if line is None:
        line = socket.create_connection((parts.hostname or "", parts.port or _PORT), _left(until))
    with line:
        _hurry(line, until)
        if is_local:
            line.connect(parts.path)
        yield line


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("the scanner took too long")
    return left


def _hurry(line: socket.socket, until: float) -> None:
    line.settimeout(_left(until))


def _reply(line: socket.socket, until: float) -> str:
    reply = b""
    while not reply.endswith(b"\0") and len(reply) < _LONGEST_REPLY:
        _hurry(line, until)
        piece = line.recv(_LONGEST_REPLY)
        if not piece:
            break
        reply += piece
    return reply.rstrip(b"\0\n").decode("utf-8", "replace")


def _found(reply: str) -> str | None:
    """Return what a reply names; anything but a plain "OK" or "FOUND" is no result."""
    if reply == "stream: OK":
        return None
    if reply.startswith("stream: ") and reply.endswith(" FOUND"):
        return reply.removeprefix("stream: ").removesuffix(" FOUND")
    raise NotScanned(reply or "the scanner said nothing")
