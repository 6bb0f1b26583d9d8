"""Closing and opening in the age format (C2SP age-encryption.org/v1, X25519). The only module that may import pyrage.

Whoever holds an identity opens such files with any age program, also when this software is gone. Reports are closed
in the reporter's browser where it can; what is here is the way without scripts, and must give the same bytes to read.
"""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, BinaryIO

import pyrage
from pyrage import passphrase as with_passphrase
from pyrage import x25519

from tuntas.kit.crypto import Unreadable, derive

_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_KIB = 1024
_BUCKETS = (4 * _KIB, 16 * _KIB, 64 * _KIB)
FRONT = b"age-encryption.org/v1\n"  # what every age file begins with


def new_identity() -> str:
    """Make a key pair; return its private half, ``AGE-SECRET-KEY-1…``."""
    return str(x25519.Identity.generate())


def recipient_of(identity: str) -> str:
    """Return the public half of an identity, ``age1…``. Raises Unreadable."""
    try:
        return str(x25519.Identity.from_str(identity).to_public())
    except pyrage.IdentityError as error:
        raise Unreadable from error


def is_recipient(text: str) -> bool:
    """Return whether *text* is a public key that files can be closed to."""
    try:
        x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def close(plain: bytes, recipients: Sequence[str]) -> bytes:
    """Close *plain* so that each of the recipients opens it, and nobody else.

    recipients   public keys, ``age1…``; at least one

    Returns an age file. Raises ValueError on a key that is none.
    """
    if not recipients:
        raise ValueError("a file must be closed to somebody")
    try:
        return bytes(pyrage.encrypt(plain, [x25519.Recipient.from_str(each) for each in recipients]))
    except pyrage.RecipientError as error:
        raise ValueError("this is no public key") from error


def opened(data: bytes, identities: str) -> bytes:
    """Open an age file with one of the identities, given one a line. Raises Unreadable."""
    try:
        return bytes(pyrage.decrypt(data, [x25519.Identity.from_str(each) for each in identities.split()]))
    except (pyrage.DecryptError, pyrage.IdentityError) as error:
        raise Unreadable from error


def close_stream(source: BinaryIO, target: BinaryIO, recipients: Sequence[str]) -> None:
    """Close what *source* holds to each of the recipients and write it to *target*, piece by piece. Raises OSError."""
    try:
        pyrage.encrypt_io(source, target, [x25519.Recipient.from_str(each) for each in recipients])
    except pyrage.EncryptError as error:
        raise OSError(str(error)) from error


def open_stream(source: BinaryIO, target: BinaryIO, identities: str) -> None:
    """Write to *target* what one of the identities opens. Raises Unreadable, after some pieces where it is cut off."""
    try:
        pyrage.decrypt_io(source, target, [x25519.Identity.from_str(each) for each in identities.split()])
    except (pyrage.DecryptError, pyrage.IdentityError) as error:
        raise Unreadable from error
    except OSError as error:
        if error.errno is None:  # not the system's word but pyrage's, for a file cut off or changed
            raise Unreadable from error
        raise


def lock(identity: str, passphrase: str) -> bytes:
    """Close an identity under a passphrase (scrypt; about a second), as a reader's browser does with its own."""
    return bytes(with_passphrase.encrypt(identity.encode(), passphrase))


def unlock(data: bytes, passphrase: str) -> str:
    """Open what lock closed. Raises Unreadable."""
    try:
        return bytes(with_passphrase.decrypt(data, passphrase)).decode()
    except pyrage.DecryptError as error:
        raise Unreadable from error


def lookup_of(code: str) -> str:
    """Return what finds a sealed report without opening it: SHA-256 over "id" and the 24 symbols, 64 hex digits."""
    return sha256(b"id" + code.encode()).hexdigest()


def identity_of_code(code: str) -> str:
    """Return the reporter's own identity, which the 24 symbols of their code are enough to make (118 bits)."""
    return _bech32("age-secret-key-", derive(code, "kunci")).upper()


def enveloped(words: Mapping[str, Any], recipients: Sequence[str]) -> bytes:
    """Close the words of one act: JSON, padded with spaces so that the size tells next to nothing."""
    plain = json.dumps({"v": 1, **words}, ensure_ascii=False).encode()
    return close(plain.ljust(_bucket(len(plain))), recipients)


def words_in(data: bytes, identities: str) -> dict[str, Any]:
    """Return the words of an envelope. Raises Unreadable, also where something else is in it."""
    try:
        found = json.loads(opened(data, identities))
    except ValueError as error:
        raise Unreadable from error
    if not isinstance(found, dict):
        raise Unreadable
    return found


def enveloped_file(name: str, kind: str, data: bytes, recipients: Sequence[str]) -> bytes:
    """Close a file: a line of JSON (name, type, size), its bytes, and zeros up to the next 64 KiB."""
    head = json.dumps({"v": 1, "name": name, "type": kind, "size": len(data)}, ensure_ascii=False).encode()
    plain = head + b"\n" + data
    return close(plain.ljust(_bucket(len(plain), file=True), b"\0"), recipients)


def file_in(data: bytes, identities: str) -> tuple[dict[str, Any], bytes]:
    """Return what an envelope says of its file, and the file. Raises Unreadable."""
    head, _, rest = opened(data, identities).partition(b"\n")
    try:
        said = json.loads(head)
        return said, rest[: int(said["size"])]
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable from error


def _bucket(size: int, *, file: bool = False) -> int:
    for bucket in () if file else _BUCKETS:
        if size <= bucket:
            return bucket
    return -(-size // _BUCKETS[-1]) * _BUCKETS[-1]


def _bech32(front: str, data: bytes) -> str:
    """Write bytes the way age writes keys: bech32 (BIP 173), without its limit on the length."""
    bits = int.from_bytes(data, "big") << (-8 * len(data)) % 5
    symbols = [bits >> at & 31 for at in range((8 * len(data) + 4) // 5 * 5 - 5, -1, -5)]
    check = _polymod([*(ord(c) >> 5 for c in front), 0, *(ord(c) & 31 for c in front), *symbols, *[0] * 6]) ^ 1
    symbols += [check >> 5 * (5 - at) & 31 for at in range(6)]
    return f"{front}1{''.join(_BECH32[each] for each in symbols)}"


def _polymod(values: Sequence[int]) -> int:
    check = 1
    for value in values:
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for at, generator in enumerate(_GENERATORS):
            check ^= generator if top >> at & 1 else 0
    return check
