from datetime import datetime
from secrets import token_urlsafe

from django.db import transaction

from tuntas.people.models import Person, Session
from tuntas.people.sessions import LONGEST, session_hash


def open_session(person_id: int, *, device: str, second_at: datetime | None, is_sure: bool, real_now: datetime) -> str:
    """Open a session for somebody who proved who they are; return its key, which is kept nowhere.

    is_sure    they showed all they have: what is dangerous needs no second proof for a few minutes
    """
    key = token_urlsafe(32)
    with transaction.atomic():
        Session.objects.filter(person_id=person_id, started_at__lt=real_now - LONGEST).delete()
        Session.objects.create(
            person_id=person_id,
            hash=session_hash(key),
            device=device[:200],
            started_at=real_now,
            seen_at=real_now,
            second_at=second_at,
            sure_at=real_now if is_sure else None,
        )
        Person.objects.filter(pk=person_id).update(last_login=real_now)
    return key
