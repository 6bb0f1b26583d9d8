"""The reporter's code: shown once, kept as a keyed hash."""

from functools import lru_cache

from tuntas.kit.age import lookup_of
from tuntas.kit.crypto import derive, keyed_hash
from tuntas.kit.env import env
from tuntas.kit.ids import LONG, read_code


@lru_cache(maxsize=1)
def _key() -> bytes:
    return derive(env().secret_key, "codes")


def code_hash(code: str) -> str:
    """Return what is kept of a code, given as 10 or 24 symbols without hyphens.

    Of a long one only its lookup is hashed: the reporter's browser tells us no more than that.
    """
    return lookup_hash(lookup_of(code)) if len(code) == LONG else keyed_hash(_key(), code)


def lookup_hash(lookup: str) -> str:
    """Return what is kept of a lookup, given as 64 hex digits."""
    return keyed_hash(_key(), f"lookup {lookup.lower()}")


def hash_of_typed(text: str) -> str | None:
    """Return the hash of a code as somebody typed it; None where it cannot be a code at all."""
    code = read_code(text)
    return None if code is None else code_hash(code)
