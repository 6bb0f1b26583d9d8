from datetime import datetime

from tuntas.people.models import Token
from tuntas.people.tokens import USED_EVERY


def note_token_use(token_id: int, used_at: datetime | None, *, real_now: datetime) -> None:
    """Keep that a key to the API is in use, to the hour: most calls write nothing."""
    if used_at is None or real_now - used_at >= USED_EVERY:
        Token.objects.filter(pk=token_id).update(used_at=real_now)
