"""The key under which the outbox keeps a code until its receipt is sent."""

from functools import lru_cache

from tuntas.kit.crypto import derive
from tuntas.kit.env import env


@lru_cache(maxsize=1)
def outbox_key() -> bytes:
    return derive(env().secret_key, "outbox")
