from datetime import datetime

from django.contrib.auth.hashers import check_password

from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.people.factors import has_factor
from tuntas.people.models import Person
from tuntas.steps.second import keep_sure, slowed
from tuntas.steps.sign_in import LONGEST_PASSWORD

WRONG = Say("Kata sandi tidak cocok. Tulis lagi.", "The password does not match. Write it again.")
SHOW_FACTOR = Say("Pakai kode atau kunci sandi Anda.", "Use your code or passkey.")


def check_own_password(person_id: int, password: str, *, session_id: int, real_now: datetime) -> None:
    """Take a password as proof that it is still them, of somebody who has nothing better to show.

    Raises Invalid at /password, TooOften.
    """
    if has_factor(person_id):
        raise Invalid.field("/password", SHOW_FACTOR)
    person = Person.objects.get(pk=person_id)
    with slowed(person_id, real_now=real_now):
        if not check_password(password[:LONGEST_PASSWORD], person.password):
            raise Invalid.field("/password", WRONG)
    keep_sure(session_id, person_id, by_factor=False, real_now=real_now)
