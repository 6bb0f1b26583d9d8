from datetime import datetime

from tuntas.steps.challenges import asked
from tuntas.steps.open_session import open_session
from tuntas.steps.second import take_passkey


def sign_in_passkey(token: str, passkey: str, *, device: str, real_now: datetime) -> str:
    """Open a session for whoever a passkey belongs to, without a password; return the session's key.

    token     what ``ask_passkey`` gave
    passkey   what the browser showed: the device asked for a finger, a face or a PIN, so it is two factors

    Raises Invalid at /passkey, NotFound where the time is over.
    """
    challenge = asked(token, "passkey", real_now=real_now)
    person_id = take_passkey(challenge, passkey, person_id=challenge.person_id, real_now=real_now)
    return open_session(person_id, device=device, second_at=real_now, is_sure=True, real_now=real_now)
