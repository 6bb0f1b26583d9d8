from datetime import datetime

from tuntas.kit.passkeys import ask_to_make
from tuntas.people.factors import passkey_user
from tuntas.people.models import Factor, FactorKind, Person
from tuntas.steps.ask_passkey import Asked
from tuntas.steps.challenges import ask


def ask_new_passkey(person_id: int, *, real_now: datetime) -> Asked:
    """Ask somebody's browser to make a passkey; a device that has one makes no second."""
    person = Person.objects.get(pk=person_id)
    own = Factor.objects.filter(person_id=person_id, kind=FactorKind.PASSKEY).values_list("handle", flat=True)
    handles = [handle for handle in own if handle]
    options, state = ask_to_make(passkey_user(person_id), email=person.email, name=person.name, handles=handles)
    return Asked(ask("new passkey", person_id, {"passkey": state}, real_now=real_now), options)
