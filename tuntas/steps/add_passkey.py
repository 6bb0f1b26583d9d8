from datetime import datetime

from django.db import IntegrityError, transaction

from tuntas.kit.errors import Invalid
from tuntas.kit.passkeys import Unproven, made
from tuntas.kit.words import Say
from tuntas.people.factors import LONGEST_NAME
from tuntas.people.models import Factor, FactorKind
from tuntas.rules.text import checked
from tuntas.steps.challenges import answer, asked
from tuntas.steps.second import keep_sure

NOT_MADE = Say("Kunci sandi belum jadi. Coba buat sekali lagi.", "The passkey was not made. Try to make it again.")


def add_passkey(person_id: int, token: str, passkey: str, *, name: str, session_id: int, real_now: datetime) -> None:
    """Keep a passkey that somebody's browser made; their session counts as shown with it.

    Raises Invalid at /name or /passkey, NotFound where the time is over.
    """
    name = checked(name, "/name", most=LONGEST_NAME)
    challenge = asked(token, "new passkey", person_id, real_now=real_now)
    try:
        new = made(challenge.state["passkey"], passkey)
    except Unproven as error:
        raise Invalid.field("/passkey", NOT_MADE) from error
    try:
        with transaction.atomic():
            answer(challenge)
            Factor.objects.create(
                person_id=person_id,
                kind=FactorKind.PASSKEY,
                name=name,
                secret=new.public,
                handle=new.handle,
                counter=new.counter,
                created_at=real_now,
            )
            keep_sure(session_id, person_id, by_factor=True, real_now=real_now)
    except IntegrityError as error:  # another account has it
        raise Invalid.field("/passkey", NOT_MADE) from error
