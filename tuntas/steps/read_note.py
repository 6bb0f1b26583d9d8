from datetime import datetime

from tuntas.kit.errors import NOT_FOUND, NotFound
from tuntas.people.duty import ON_DUTY
from tuntas.people.models import ShiftNote, ShiftNoteRead
from tuntas.rules.who import Actor


def read_note(note_id: int, *, by: Actor, now: datetime) -> None:
    """Keep that somebody has read a note: it leaves their inbox. Safe to repeat. Raises NotFound."""
    note = ShiftNote.objects.filter(pk=note_id).first()
    if note is None or by.person_id is None or not any(by.has(role, note.desk_id) for role in ON_DUTY):
        raise NotFound(NOT_FOUND)
    ShiftNoteRead.objects.bulk_create([ShiftNoteRead(note=note, person_id=by.person_id, at=now)], ignore_conflicts=True)
