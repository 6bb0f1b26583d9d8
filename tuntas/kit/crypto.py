"""Keys, keyed hashes and encryption. The only module that may import cryptography."""

import hashlib
import hmac
import os
import secrets

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_KEY_BYTES = 32
_NONCE_BYTES = 12


class Unreadable(Exception):
    """Wrong key, or the bytes were changed. Which of the two is never told."""


def derive(secret: str, purpose: str) -> bytes:
    """Make the key for one purpose out of a secret, so that keys of different purposes never meet.

    secret     the installation's secret key, or a random token; never a password, which is too easy to guess
    purpose    what the key is for, such as ``tracking code``

    Returns 32 bytes: HKDF-SHA256 (RFC 5869) without salt, with *purpose* as info.
    """
    return HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=_bytes(purpose)).derive(_bytes(secret))


def derive_bytes(secret: bytes, purpose: bytes, *, salt: bytes | None = None) -> bytes:
    """Make 32 bytes out of a secret as the age format does: HKDF-SHA256, with *purpose* as info."""
    return HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=salt, info=purpose).derive(secret)


class StreamBox:
    """ChaCha20-Poly1305 (RFC 8439), for pieces that whoever calls has numbered: no nonce may come twice."""

    def __init__(self, key: bytes) -> None:
        self._box = ChaCha20Poly1305(key)

    def close(self, nonce: bytes, plain: bytes) -> bytes:
        return self._box.encrypt(nonce, plain, None)

    def open(self, nonce: bytes, data: bytes) -> bytes:
        """Open one piece. Raises Unreadable."""
        try:
            return self._box.decrypt(nonce, data, None)
        except (InvalidTag, ValueError) as error:
            raise Unreadable from error


def keyed_hash(key: bytes, text: str) -> str:
    """Return a fingerprint of *text* that nobody can compute, or try out, without the key.

    Returns HMAC-SHA256 (RFC 2104) as 64 small hex digits. Compare with ``hmac.compare_digest``, or by database look-up.
    """
    return hmac.new(key, _bytes(text), hashlib.sha256).hexdigest()


def encrypt(key: bytes, plain: bytes) -> bytes:
    """Close *plain* so that only the key opens it, and no byte can be changed unseen.

    key   32 bytes; a key may close about 4 billion texts before nonces could repeat

    Returns 12 random bytes, then AES-256-GCM ciphertext with its 16-byte tag. Raises ValueError on another key size.
    """
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + _box(key).encrypt(nonce, plain, None)


def decrypt(key: bytes, data: bytes) -> bytes:
    """Open what encrypt closed.

    Raises Unreadable where the key is not the one, or the bytes are not as encrypt left them; ValueError on a
    key that is not of 32 bytes.
    """
    box = _box(key)
    try:
        return box.decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], None)
    except (InvalidTag, ValueError) as error:  # ValueError: a nonce cut short
        raise Unreadable from error


def new_token() -> str:
    """Make the key of a machine account: ``tuntas_`` and 32 random bytes in base64url (43 symbols).

    The fixed front lets scanners of leaked secrets know it.
    """
    return "tuntas_" + secrets.token_urlsafe(32)


def new_signing_key() -> bytes:
    """Make the private half of an Ed25519 key: 32 random bytes."""
    return os.urandom(_KEY_BYTES)


def public_of(key: bytes) -> bytes:
    """Return the public half of an Ed25519 key, 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw()


def sign(key: bytes, data: bytes) -> bytes:
    """Return the Ed25519 signature (RFC 8032) of *data*, 64 bytes."""
    return Ed25519PrivateKey.from_private_bytes(key).sign(data)


def is_signed(public: bytes, data: bytes, signature: bytes) -> bool:
    """Return whether the key with this public half signed *data*; a key or signature of a wrong size did not."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def _box(key: bytes) -> AESGCM:
    if len(key) != _KEY_BYTES:  # AESGCM would take a shorter key, and be a weaker cipher
        raise ValueError(f"a key has {_KEY_BYTES} bytes, not {len(key)}")
    return AESGCM(key)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # half a character in a request must not be an error of ours
