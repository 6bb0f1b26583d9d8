"""What the acts on a part have in common: finding the one that is meant, ending it, telling who waits for it."""

from datetime import datetime

from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.people.models import Person
from tuntas.reports.models import Report, SideTask
from tuntas.reports.side_task_queries import note_helpers, works_at
from tuntas.reports.side_tasks import PartState
from tuntas.rules.life import Told
from tuntas.rules.who import Actor
from tuntas.steps.tell import staff_of, tell_people

NO_PART = Say("Bagian ini sudah selesai atau tidak ada lagi.", "This part has ended, or is no more.")
NOT_YOURS = Say("Bagian ini diminta kepada instansi lain.", "This part was asked of another agency.")


def open_part(report: Report, part_id: int) -> SideTask:
    """Return a part of the report that waits; the report is locked. Raises Invalid."""
    part = SideTask.objects.filter(report=report, pk=part_id, state=PartState.ASKED).first()
    if part is None:
        raise Invalid.field("/part", NO_PART)
    return part


def own_part(report: Report, part_id: int, by: Actor) -> SideTask:
    """Return a part that waits and was asked of an agency of *by*. Raises Invalid."""
    part = open_part(report, part_id)
    if part.agency_id not in works_at(by):
        raise Invalid.field("/part", NOT_YOURS)
    return part


def end_part(report: Report, part: SideTask, state: PartState, *, by: Actor, words: str = "", now: datetime) -> None:
    """Note how a part ended, and who still reads the report for one; the report is not saved."""
    part.state, part.words, part.ended_at, part.ended_by_id = state, words, now, by.person_id
    part.save(update_fields=["state", "words", "ended_at", "ended_by"])
    note_helpers(report)


def tell_who_asked(report: Report, part: SideTask, template: str, *, by: Actor, now: datetime) -> None:
    """Tell whoever holds the report, and who asked for the part, that something became of it."""
    asker = Person.objects.filter(pk=part.asked_by_id, is_active=True)
    people = {person.pk: person for person in (*staff_of(report, Told.HOLDER, now=now), *asker)}
    people.pop(by.person_id or 0, None)
    tell_people(report, people.values(), template, now=now)
