from collections.abc import Collection

from django.contrib.auth.hashers import make_password

from tuntas.people.models import Person


def set_password(emails: Collection[str], password: str) -> None:
    """Let people sign in with *password* from now on. Several at once share it, as in the demo."""
    Person.objects.filter(email__in=emails).update(password=make_password(password))
