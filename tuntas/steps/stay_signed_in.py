from datetime import datetime

from tuntas.people.models import Session
from tuntas.people.sessions import SEEN_EVERY, SignedIn


def stay_signed_in(signed: SignedIn, *, real_now: datetime) -> None:
    """Keep that somebody is at work here, to the minute: only so long is a session open."""
    if real_now - signed.seen_at >= SEEN_EVERY:
        Session.objects.filter(pk=signed.session_id).update(seen_at=real_now)
