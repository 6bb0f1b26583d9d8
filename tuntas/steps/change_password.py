from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from tuntas.kit.errors import Invalid
from tuntas.people.models import Person, Session
from tuntas.rules.passwords import trouble_with_password
from tuntas.steps.check_own_password import WRONG
from tuntas.steps.second import slowed
from tuntas.steps.sign_in import LONGEST_PASSWORD


def change_password(person_id: int, old: str, new: str, *, session_id: int, real_now: datetime) -> None:
    """Give somebody who knows their password another one; wherever else they are signed in, it ends.

    Raises Invalid at /old or /new, TooOften.
    """
    person = Person.objects.get(pk=person_id)
    with slowed(person_id, real_now=real_now):
        if not check_password(old[:LONGEST_PASSWORD], person.password):
            raise Invalid.field("/old", WRONG)
    if (say := trouble_with_password(new, email=person.email, name=person.name)) is not None:
        raise Invalid.field("/new", say)
    with transaction.atomic():
        Person.objects.filter(pk=person_id).update(password=make_password(new))
        Session.objects.filter(person_id=person_id).exclude(pk=session_id).delete()
