from datetime import datetime

from tuntas.steps.challenges import asked
from tuntas.steps.second import keep_sure, slowed, take_passkey


def check_passkey(person_id: int, token: str, passkey: str, *, session_id: int, real_now: datetime) -> None:
    """Take somebody's passkey as proof that it is still them.

    token   what ``ask_passkey`` gave for that person

    Raises Invalid at /passkey, NotFound where the time is over, TooOften.
    """
    challenge = asked(token, "passkey", person_id, real_now=real_now)
    with slowed(person_id, real_now=real_now):
        take_passkey(challenge, passkey, person_id=person_id, real_now=real_now)
    keep_sure(session_id, person_id, by_factor=True, real_now=real_now)
