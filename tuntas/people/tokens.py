"""Keys to the API: what each may do, and whose there are."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from tuntas.people.models import Token

LONGEST_NAME = 100
MOST_DAYS = 365
USED_EVERY = timedelta(hours=1)  # how exactly it is kept when a token was last used


class Scope(StrEnum):
    """What a token may do of what its owner may; a token that names none may do all of it."""

    READ = "read"
    ACT = "act"
    INTAKE = "intake"


def tokens_of(person_id: int, *, real_now: datetime) -> Sequence[Token]:
    """Return somebody's tokens that still open something, the newest first."""
    held = Token.objects.filter(person_id=person_id, revoked_at=None).exclude(expires_at__lte=real_now)
    return list(held.order_by("-created_at", "-id"))
