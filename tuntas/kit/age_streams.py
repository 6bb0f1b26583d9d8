"""age files of any size, piece by piece: closed to public keys, or under a passphrase (scrypt).

pyrage reads a file under a passphrase only as a whole, so that way is written out here, by the same page of C2SP.
Either kind is opened by any age program.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Iterator
from typing import BinaryIO

from tuntas.kit.age import FRONT
from tuntas.kit.crypto import StreamBox, Unreadable, derive_bytes

PIECE = 64 * 1024
WORK = 18  # scrypt's cost is 2 to the power of this: about a second and 256 MiB, as the age program takes
MOST_WORK = 20  # what a stranger's file may ask of us
_LABEL = b"age-encryption.org/v1/scrypt"
_TAG = 16
_LONGEST_LINE = 4096


def lock_stream(source: BinaryIO, target: BinaryIO, passphrase: str) -> None:
    """Close what *source* holds under a passphrase and write it to *target*."""
    salt, file_key = os.urandom(16), os.urandom(16)
    wrapped = StreamBox(_wrapping_key(passphrase, salt, WORK)).close(bytes(12), file_key)
    head = b"%s-> scrypt %s %d\n%s\n---" % (FRONT, _base64(salt), WORK, _base64(wrapped))
    target.write(b"%s %s\n" % (head, _base64(_head_sum(file_key, head))))
    nonce = os.urandom(16)
    target.write(nonce)
    box = StreamBox(derive_bytes(file_key, b"payload", salt=nonce))
    for number, piece, is_last in _pieces(source, PIECE):
        target.write(box.close(_nonce(number, is_last), piece))


def unlock_stream(source: BinaryIO, target: BinaryIO, passphrase: str) -> None:
    """Write to *target* what lock_stream closed. Raises Unreadable, after some pieces where the file is cut off."""
    file_key = _file_key(source, passphrase)
    nonce = source.read(16)
    box = StreamBox(derive_bytes(file_key, b"payload", salt=nonce))
    for number, piece, is_last in _pieces(source, PIECE + _TAG):
        target.write(box.open(_nonce(number, is_last), piece))


def is_locked(head: bytes) -> bool:
    """Return whether an age file that begins with *head* is closed under a passphrase."""
    return head.startswith(FRONT + b"-> scrypt ")


def _file_key(source: BinaryIO, passphrase: str) -> bytes:
    first, stanza, body, end = (source.readline(_LONGEST_LINE) for _ in range(4))
    words, front, told = stanza.split(), *end.partition(b" ")[::2]
    try:
        kind, salt, work = words[1], _from_base64(words[2]), int(words[3])
    except (IndexError, ValueError) as error:
        raise Unreadable from error
    if first != FRONT or kind != b"scrypt" or front != b"---" or not 0 < work <= MOST_WORK:
        raise Unreadable
    key = StreamBox(_wrapping_key(passphrase, salt, work)).open(bytes(12), _from_base64(body))
    if not hmac.compare_digest(_head_sum(key, first + stanza + body + front), _from_base64(told)):
        raise Unreadable
    return key


def _wrapping_key(passphrase: str, salt: bytes, work: int) -> bytes:
    cost = 1 << work
    return hashlib.scrypt(passphrase.encode(), salt=_LABEL + salt, n=cost, r=8, p=1, maxmem=cost * 1100, dklen=32)


def _head_sum(file_key: bytes, head: bytes) -> bytes:
    return hmac.new(derive_bytes(file_key, b"header"), head, hashlib.sha256).digest()


def _pieces(source: BinaryIO, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Cut a stream into pieces of *size* bytes, the last one of any length, and say which is the last."""
    number, piece = 0, _full(source, size)
    while True:
        after = _full(source, size)
        yield number, piece, not after
        if not after:
            return
        number, piece = number + 1, after


def _full(source: BinaryIO, size: int) -> bytes:
    """Read *size* bytes where they are to be had; a pipe gives fewer at a time."""
    found = bytearray()
    while len(found) < size and (piece := source.read(size - len(found))):
        found += piece
    return bytes(found)


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _base64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _from_base64(text: bytes) -> bytes:
    text = text.strip()
    try:
        return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except ValueError as error:
        raise Unreadable from error
