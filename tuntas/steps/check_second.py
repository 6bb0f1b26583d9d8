from datetime import datetime

from tuntas.steps.second import keep_sure, slowed, take_code


def check_second(person_id: int, code: str, *, session_id: int, address: str, real_now: datetime) -> None:
    """Take a code of somebody's app, or a recovery code, as proof that it is still them; it is used up.

    session_id   whose ``second_at`` and ``sure_at`` say so from now on
    address      where the try comes from; tries are counted for the person, wherever they come from

    Raises Invalid at /code, TooOften.
    """
    with slowed(person_id, real_now=real_now):
        take_code(person_id, code, real_now=real_now)
    keep_sure(session_id, person_id, by_factor=True, real_now=real_now)
