from datetime import datetime

from tuntas.kit.totp import new_secret
from tuntas.people.factors import kept_secret
from tuntas.steps.challenges import ask


def ask_app(person_id: int, *, real_now: datetime) -> str:
    """Make the secret of a new authenticator app; return the token under which it waits for its first code."""
    return ask("app", person_id, {"secret": kept_secret(new_secret()).hex()}, real_now=real_now)
