from datetime import datetime

from tuntas.kit.errors import NOT_FOUND, NotFound
from tuntas.people.duty import ON_DUTY
from tuntas.people.models import ShiftNote
from tuntas.rules.text import checked
from tuntas.rules.who import Actor

MOST_LETTERS = 2000


def leave_note(desk_id: int, text: str, *, by: Actor, now: datetime) -> ShiftNote:
    """Leave a note for those who are on duty next. Raises NotFound, Invalid."""
    if by.person_id is None or not any(by.has(role, desk_id) for role in ON_DUTY):
        raise NotFound(NOT_FOUND)
    text = checked(text, most=MOST_LETTERS)
    return ShiftNote.objects.create(desk_id=desk_id, by_id=by.person_id, at=now, text=text)
