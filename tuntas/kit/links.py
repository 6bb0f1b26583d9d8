"""Links and form keys that nobody can guess or make up: random, and signed so that a forged one costs no query."""

import hmac
import secrets

from tuntas.kit.crypto import derive, keyed_hash
from tuntas.kit.env import env

_RANDOM_BYTES = 16
_RANDOM, _SIGNED = 22, 12  # letters of each part


def new_link(purpose: str) -> str:
    """Return 34 letters fit for an address: 128 random bits and a signature for *purpose*."""
    return sign_link(secrets.token_urlsafe(_RANDOM_BYTES), purpose)


def sign_link(text: str, purpose: str) -> str:
    """Return *text* with its signature behind it."""
    return text + _signature(text, purpose)


def is_link(link: str, purpose: str) -> bool:
    """Return whether we made *link* for *purpose*."""
    if len(link) != _RANDOM + _SIGNED or not link.isascii():
        return False
    return hmac.compare_digest(_signature(link[:_RANDOM], purpose), link[_RANDOM:])


def link_from(*parts: str, purpose: str) -> str:
    """Return the one link that follows from *parts*, for those who know them all."""
    return sign_link(keyed_hash(_key(purpose), "\n".join(parts))[:_RANDOM], purpose)


def link_hash(link: str, purpose: str) -> str:
    """Return what the database keeps of a link: a keyed hash, from which the link cannot be told."""
    return keyed_hash(_key(f"{purpose} rows"), link)


def _signature(text: str, purpose: str) -> str:
    return keyed_hash(_key(purpose), text)[:_SIGNED]


def _key(purpose: str) -> bytes:
    return derive(env().secret_key, f"link {purpose}")
