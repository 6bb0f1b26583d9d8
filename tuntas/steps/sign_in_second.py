from datetime import datetime

from tuntas.kit.errors import NotFound
from tuntas.people.models import Person
from tuntas.steps.challenges import GONE, answer, asked, count_try
from tuntas.steps.open_session import open_session
from tuntas.steps.second import slowed, take_code, take_passkey


def sign_in_second(half: str, *, code: str = "", passkey: str = "", token: str = "", real_now: datetime) -> str:
    """Finish signing in with a second factor; return the session's key.

    half      what the password gave: ten minutes, five tries
    code      of an authenticator app, or a recovery code
    passkey   what the browser showed instead, to what was asked under *token*

    Raises Invalid at /code or /passkey, NotFound where it must begin again, TooOften.
    """
    challenge = asked(half, "second", real_now=real_now)
    person_id = challenge.person_id
    if person_id is None or not Person.objects.filter(pk=person_id, is_active=True).exists():
        raise NotFound(GONE)
    count_try(challenge)
    with slowed(person_id, real_now=real_now):
        if passkey:
            take_passkey(asked(token, "passkey", real_now=real_now), passkey, person_id=person_id, real_now=real_now)
        else:
            take_code(person_id, code, real_now=real_now)
    answer(challenge)
    device = str(challenge.state.get("device", ""))
    return open_session(person_id, device=device, second_at=real_now, is_sure=True, real_now=real_now)
