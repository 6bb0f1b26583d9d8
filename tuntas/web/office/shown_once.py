"""What is shown once after a form: it travels in the next page's address, closed so that only this session opens it."""

import base64
from datetime import datetime, timedelta

from tuntas.kit.crypto import Unreadable, decrypt, derive, encrypt
from tuntas.kit.env import env
from tuntas.web.office.signed import Signed

SHOWN_FOR = timedelta(minutes=10)
LONGEST = 2000


def hidden(text: str, signed: Signed, *, real_now: datetime) -> str:
    """Return *text* closed, for an address."""
    closed = encrypt(_key(signed), f"{int(real_now.timestamp())}\n{text}".encode())
    return base64.urlsafe_b64encode(closed).decode().rstrip("=")


def revealed(link: str, signed: Signed, *, real_now: datetime) -> str:
    """Return what ``hidden`` closed for this session in the last minutes, or nothing."""
    try:
        closed = base64.urlsafe_b64decode(link[:LONGEST] + "=" * (-len(link[:LONGEST]) % 4))
        at, _, text = decrypt(_key(signed), closed).decode().partition("\n")
    except (Unreadable, ValueError):
        return ""
    return text if real_now.timestamp() - int(at) < SHOWN_FOR.total_seconds() else ""


def _key(signed: Signed) -> bytes:
    return derive(env().secret_key, f"shown once {signed.person.person_id} {signed.person.session_id}")
