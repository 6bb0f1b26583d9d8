"""Codes of authenticator apps: TOTP (RFC 6238) as those apps make it, with SHA-1, six digits and thirty seconds."""

import base64
import hashlib
import hmac
import secrets
import struct
from datetime import datetime
from urllib.parse import quote, urlencode

SECONDS = 30
DIGITS = 6
SECRET_BYTES = 20  # as long as the hash behind it (RFC 4226, 4)
WINDOW = 1  # steps before and after: clocks of phones differ, and typing takes time


def new_secret() -> bytes:
    """Make the secret an app and we share."""
    return secrets.token_bytes(SECRET_BYTES)


def step_at(real_now: datetime) -> int:
    """Return the number of the time step an instant lies in."""
    return int(real_now.timestamp()) // SECONDS


def code_at(secret: bytes, step: int, *, digits: int = DIGITS) -> str:
    """Return the code of one time step."""
    hashed = hmac.new(secret, struct.pack(">Q", step), hashlib.sha1).digest()
    at = hashed[-1] & 0x0F
    number: int = struct.unpack(">I", hashed[at : at + 4])[0] & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)


def step_of(secret: bytes, code: str, *, after: int, real_now: datetime) -> int | None:
    """Return the time step that *code* belongs to, or None where it is wrong, too old, or was shown before.

    after   the last step a code was taken for: none is taken twice
    """
    here, found = step_at(real_now), None
    for step in range(here - WINDOW, here + WINDOW + 1):
        is_right = hmac.compare_digest(code_at(secret, step).encode(), code.encode("utf-8", "surrogatepass"))
        if is_right and step > after:
            found = step
    return found


def secret_text(secret: bytes) -> str:
    """Return a secret as it is typed into an app: Base32 in groups of four."""
    text = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def app_address(secret: bytes, *, account: str, issuer: str) -> str:
    """Return the address that an app reads from a QR code."""
    given = {"secret": secret_text(secret).replace(" ", ""), "issuer": issuer, "digits": DIGITS, "period": SECONDS}
    return f"otpauth://totp/{quote(issuer)}:{quote(account)}?{urlencode(given, quote_via=quote)}"
