"""Ask that a reader leaves: the first of two persons."""

from datetime import datetime

from django.db import transaction

from tuntas.kit.errors import NOT_FOUND, Invalid, NotAllowed, NotFound, WrongState
from tuntas.kit.words import Say
from tuntas.people.models import Look
from tuntas.rules.sealed_purposes import RoomLook
from tuntas.rules.text import checked
from tuntas.rules.who import Actor, Role
from tuntas.sealed.models import ReaderKey
from tuntas.steps.ask_identity import ASKED_ALREADY, FEWEST_LETTERS
from tuntas.steps.keep_reader_key import NOT_APPOINTED

MOST_LETTERS = 300  # with a name before it, it fits into a look
TOO_SHORT = Say(
    "Tulis alasannya, sedikitnya {n} huruf. Semua pembaca akan membacanya.",
    "Write the reason, {n} letters at least. All readers will read it.",
)
GONE = Say("Kunci ini sudah tidak dipakai.", "This key is out of use already.")


def ask_reader_leaving(key_id: int, *, by: Actor, why: str, now: datetime) -> ReaderKey:
    """Ask with a reason that somebody's keys are taken out of use; another reader decides.

    Whoever leaves of their own accord needs nobody else: retire_reader_key. Raises NotAllowed, NotFound, Invalid,
    WrongState.
    """
    if by.person_id is None or Role.SEALED_READER not in by.reach:
        raise NotAllowed(NOT_APPOINTED)
    why = reason_of(why)
    with transaction.atomic():
        key = key_in_use(key_id)
        if key.leaving_asked_at is not None:
            raise WrongState(ASKED_ALREADY)
        key.leaving_asked_by_id, key.leaving_asked_at, key.leaving_why = by.person_id, now, why
        key.save()
        told = f"{key.owner} ({key.pk}): {why}"
        Look.objects.create(
            person_id=by.person_id, role=Role.SEALED_READER, what=RoomLook.LEAVING_ASKED, why=told, at=now
        )
        return key


def reason_of(why: str) -> str:
    """Return a reason without white space around it. Raises Invalid where it says too little."""
    why = checked(why, "/why", most=MOST_LETTERS)
    if len(why) < FEWEST_LETTERS:
        raise Invalid.field("/why", TOO_SHORT.fill(n=FEWEST_LETTERS))
    return why


def key_in_use(key_id: int) -> ReaderKey:
    """Return a key, locked. Raises NotFound; WrongState where it is out of use."""
    found = ReaderKey.objects.select_for_update(of=("self",)).select_related("person").filter(pk=key_id).first()
    if found is None:
        raise NotFound(NOT_FOUND)
    if found.retired_at is not None:
        raise WrongState(GONE)
    return found
