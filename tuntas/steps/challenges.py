"""What somebody was asked to prove, kept until they answer: ten minutes, and each is answered once."""

from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from django.db import transaction

from tuntas.kit.errors import NotFound
from tuntas.kit.words import Say
from tuntas.people.factors import challenge_hash
from tuntas.people.models import Challenge

LASTS = timedelta(minutes=10)
TRIES = 5
GONE = Say("Waktunya habis. Mulai lagi dari awal.", "The time is over. Begin again.")
LONGEST_TOKEN = 100


def ask(purpose: str, person_id: int | None, state: dict[str, Any], *, real_now: datetime) -> str:
    """Keep what was asked of somebody (None: of whoever answers); return the token it is answered with."""
    token = token_urlsafe(24)
    Challenge.objects.create(key=challenge_hash(token), person_id=person_id, purpose=purpose, state=state, at=real_now)
    return token


def asked(token: str, purpose: str, person_id: int | None = None, *, real_now: datetime) -> Challenge:
    """Return what was asked; of that person, where one is named. Raises NotFound."""
    found = Challenge.objects.filter(
        key=challenge_hash(token[:LONGEST_TOKEN]), purpose=purpose, at__gt=real_now - LASTS
    ).first()
    if found is None or (person_id is not None and found.person_id != person_id):
        raise NotFound(GONE)
    return found


def person_half_in(half: str, *, real_now: datetime) -> int:
    """Return whose password was right, whom the second page asks now. Raises NotFound."""
    person_id = asked(half, "second", real_now=real_now).person_id
    if person_id is None:
        raise NotFound(GONE)
    return person_id


def answer(challenge: Challenge) -> None:
    """Take a challenge as answered. Raises NotFound where somebody else was quicker."""
    if not Challenge.objects.filter(pk=challenge.pk).delete()[0]:
        raise NotFound(GONE)


def count_try(challenge: Challenge) -> None:
    """Count one try, whatever comes of it. Raises NotFound from the sixth on: it begins again with the password."""
    with transaction.atomic():
        row = Challenge.objects.select_for_update().filter(pk=challenge.pk).first()
        tries = TRIES if row is None else row.state.get("tries", 0)
        if row is not None and tries < TRIES:
            row.state["tries"] = tries + 1
            row.save(update_fields=["state"])
    if tries >= TRIES:
        Challenge.objects.filter(pk=challenge.pk).delete()
        raise NotFound(GONE)
