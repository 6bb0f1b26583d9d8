from datetime import datetime

from django.db import transaction

from tuntas.kit.crypto import new_token
from tuntas.people.models import Person, Token
from tuntas.people.queries import token_hash


def give_token(email: str, *, name: str, now: datetime) -> str:
    """Give a person a key to the API in place of the one of the same *name*; it is shown this once."""
    token = new_token()
    with transaction.atomic():
        person = Person.objects.select_for_update().get(email=email)
        Token.objects.filter(person=person, name=name).delete()
        Token.objects.create(person=person, hash=token_hash(token), name=name, created_at=now)
    return token
