"""What somebody may show besides a password: who must, what they have, and how it is kept."""

from collections.abc import Sequence
from functools import lru_cache

from tuntas.kit.crypto import decrypt, derive, encrypt, keyed_hash
from tuntas.kit.env import env
from tuntas.people.models import Factor, FactorKind, RecoveryCode

LONGEST_NAME = 60
RECOVERY_CODES = 10


def needs_second() -> bool:
    """Return whether a password alone opens nothing: everywhere but on the embedded database (CONTRACT 1)."""
    return not env().is_embedded


def factors_of(person_id: int) -> Sequence[Factor]:
    """Return somebody's authenticator apps and passkeys, the oldest first."""
    return list(Factor.objects.filter(person_id=person_id).order_by("created_at", "id"))


def has_factor(person_id: int) -> bool:
    """Return whether somebody has an authenticator app or a passkey."""
    return Factor.objects.filter(person_id=person_id).exists()


def has_passkey(person_id: int) -> bool:
    """Return whether somebody has a passkey."""
    return Factor.objects.filter(person_id=person_id, kind=FactorKind.PASSKEY).exists()


def recovery_codes_left(person_id: int) -> int:
    """Return how many recovery codes somebody has not used yet."""
    return RecoveryCode.objects.filter(person_id=person_id, used_at=None).count()


def kept_secret(secret: bytes) -> bytes:
    """Return what is kept of an app's secret: a stolen copy of the database shows no code."""
    return encrypt(_key("authenticator apps"), secret)


def secret_of(factor: Factor) -> bytes:
    """Return the secret of an authenticator app."""
    return decrypt(_key("authenticator apps"), bytes(factor.secret))


def recovery_hash(person_id: int, code: str) -> str:
    """Return what is kept of a recovery code."""
    return keyed_hash(_key("recovery codes"), f"{person_id}\n{code}")


def challenge_hash(token: str) -> str:
    """Return what is kept of a challenge's token."""
    return keyed_hash(_key("challenges"), token)


def passkey_user(person_id: int) -> bytes:
    """Return what a passkey knows somebody by: it tells nothing to whoever holds the device."""
    return bytes.fromhex(keyed_hash(_key("passkey users"), str(person_id)))


@lru_cache(maxsize=8)
def _key(purpose: str) -> bytes:
    return derive(env().secret_key, purpose)
