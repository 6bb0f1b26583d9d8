"""The part of a follower's links that only we can make: it stands for the follower, and nothing of it is stored."""

from functools import lru_cache
from hmac import compare_digest

from tuntas.kit.crypto import derive, keyed_hash
from tuntas.kit.env import env

MAC_DIGITS = 24
LONGEST_ID = 18  # digits: whatever is longer is no row's id


@lru_cache(maxsize=1)
def _key() -> bytes:
    return derive(env().secret_key, "followers")


def follow_token(follower_id: int) -> str:
    """Return the follower's id and a proof that we wrote it, always the same for the same follower."""
    return f"{follower_id}-{keyed_hash(_key(), str(follower_id))[:MAC_DIGITS]}"


def follower_id_of(token: str) -> int | None:
    """Return whose token this is; None for one that we did not write."""
    digits, _, _ = token.partition("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_ID and token.isascii()):
        return None
    return int(digits) if compare_digest(follow_token(int(digits)), token) else None
