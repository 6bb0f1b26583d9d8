from datetime import datetime
from secrets import token_urlsafe

from tuntas.people.models import Session
from tuntas.people.sessions import session_hash


def renew_session(session_id: int, *, person_id: int, real_now: datetime) -> str:
    """Give a session that may do more from now on a new key; the one before opens nothing any more."""
    key = token_urlsafe(32)
    Session.objects.filter(pk=session_id, person_id=person_id).update(hash=session_hash(key), seen_at=real_now)
    return key
