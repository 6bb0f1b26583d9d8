from collections.abc import Collection
from datetime import datetime, timedelta

from tuntas.kit.crypto import new_token
from tuntas.kit.errors import Invalid, Mistake
from tuntas.kit.words import Say
from tuntas.people.models import Token
from tuntas.people.queries import token_hash
from tuntas.people.tokens import LONGEST_NAME, MOST_DAYS, Scope
from tuntas.rules.text import trouble_with

NAME = Say("Tulis untuk apa token ini, paling banyak 100 huruf", "Write what this token is for, 100 characters at most")
SCOPES = Say("Pilih sedikitnya satu yang boleh dilakukan", "Choose at least one thing it may do")
DAYS = Say("Tulis jumlah hari dari 1 sampai 365", "Write a number of days from 1 to 365")


def make_token(person_id: int, *, name: str, scopes: Collection[str], days: int | None, real_now: datetime) -> str:
    """Make a key to the API that may do less than its owner, and ends; it is shown this once.

    Raises Invalid at /name, /scopes, /days.
    """
    mistakes = []
    if trouble_with(name, most=LONGEST_NAME) is not None:
        mistakes.append(Mistake("/name", NAME))
    if not scopes or not set(scopes) <= set(Scope):
        mistakes.append(Mistake("/scopes", SCOPES))
    if days is None or not 1 <= days <= MOST_DAYS:
        mistakes.append(Mistake("/days", DAYS))
    if mistakes or days is None:
        raise Invalid(*mistakes)
    token = new_token()
    Token.objects.create(
        person_id=person_id,
        hash=token_hash(token),
        name=name.strip(),
        scopes=sorted(set(scopes)),
        created_at=real_now,
        expires_at=real_now + timedelta(days=days),
    )
    return token
