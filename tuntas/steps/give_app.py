from datetime import datetime

from django.db import transaction

from tuntas.people.factors import kept_secret
from tuntas.people.models import Factor, FactorKind, Person


def give_app(email: str, secret: bytes, *, name: str, real_now: datetime) -> None:
    """Give a person an authenticator app of a known secret in place of the one of the same *name*, as the demo does."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(email=email)
        Factor.objects.filter(person=person, kind=FactorKind.TOTP, name=name).delete()
        Factor.objects.create(
            person=person, kind=FactorKind.TOTP, name=name, secret=kept_secret(secret), created_at=real_now
        )
