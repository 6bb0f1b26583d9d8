from datetime import datetime

from tuntas.people.models import Token


def revoke_token(token_id: int, *, person_id: int, real_now: datetime) -> None:
    """Take one of somebody's keys to the API away; the next call with it is answered as one nobody knows."""
    Token.objects.filter(pk=token_id, person_id=person_id, revoked_at=None).update(revoked_at=real_now)
