from datetime import datetime

from tuntas.people.models import Person
from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act, State
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.tell import tell_people
from tuntas.steps.walk import walk


def return_answer(report: Report, *, by: Actor, text: str, now: datetime) -> Event:
    """Send an answer back to its author and say what is missing; the reporter sees none of it."""
    text = checked(text)
    with begin(report, Act.RETURN_ANSWER, by=by) as report:
        to = State.UNDER_EXAMINATION if report.is_restricted else State.IN_PROGRESS
        if report.awaits_signature:  # its writer hears of it too: a liaison's own refusal tells no other liaison
            tell_people(report, Person.objects.filter(pk=report.proposed_by_id or 0, is_active=True), "work", now=now)
        return walk(report, Act.RETURN_ANSWER, by=by, text=text, to=to, now=now)
