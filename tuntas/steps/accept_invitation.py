from django.contrib.auth.hashers import make_password
from django.db import transaction

from tuntas.kit.errors import Invalid
from tuntas.people.invitations import person_invited
from tuntas.people.models import Person, Session
from tuntas.rules.passwords import trouble_with_password


def accept_invitation(token: str, password: str) -> None:
    """Give whoever holds a good link the password they chose; wherever they were signed in, it ends.

    The link is dead then. Raises NotFound for a dead link, Invalid at /password.
    """
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person_invited(token).pk)
        person = person_invited(token)  # again: the same link may have been used meanwhile
        if (say := trouble_with_password(password, email=person.email, name=person.name)) is not None:
            raise Invalid.field("/password", say)
        Person.objects.filter(pk=person.pk).update(password=make_password(password))
        Session.objects.filter(person_id=person.pk).delete()
