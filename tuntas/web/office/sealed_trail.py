"""What the pages about the room's keys say in words: what each key is, and what was done to the room."""

from dataclasses import dataclass
from datetime import datetime

from tuntas.kit.words import Say
from tuntas.rules.role_words import RECOVERY
from tuntas.rules.role_words import ROLES as CALLED
from tuntas.rules.sealed_purposes import ROOM_LOOKS
from tuntas.rules.who import Role
from tuntas.sealed.recovery import room_trail
from tuntas.web.office.office_page import ROLES


@dataclass(frozen=True, slots=True)
class Done:
    """One line of what was done to the room."""

    name: str
    said: Say
    why: str
    at: datetime


def role_said(role: str) -> Say:
    """Return what a reader of the list is: a role of staff, or the recovery key."""
    return CALLED[RECOVERY] if role == RECOVERY else ROLES[Role(role)]


def trail() -> list[Done]:
    """Return what was done to the room, the newest first. One query."""
    return [Done(each.name, ROOM_LOOKS[each.what], each.why, each.at) for each in room_trail()]
