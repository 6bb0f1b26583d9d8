"""The exercises of one learner, and how far they have come. Asked while practising."""

from collections.abc import Sequence
from dataclasses import dataclass

from tuntas.reports.models import Event, Report
from tuntas.rules.exercises import Course, Exercise, exercises_of

CHANNEL = "latihan:"  # in front of an exercise's code, where other reports say how they came


@dataclass(frozen=True, slots=True)
class Tried:
    """One exercise of somebody, its report, and whether it is done."""

    exercise: Exercise
    number: str
    is_done: bool


def tried_by(person_id: int, course: Course) -> Sequence[Tried]:
    """Return somebody's newest exercises of a course, in its order. Two queries."""
    mine = Report.objects.filter(entered_by=person_id, channel__startswith=CHANNEL).only("number", "channel")
    newest = {report.channel.removeprefix(CHANNEL): report for report in mine.order_by("id")}
    acts = set(Event.objects.filter(by=person_id, report__in=newest.values()).values_list("report_id", "act"))
    return [
        Tried(exercise, newest[code].number or "", (newest[code].pk, exercise.done_by) in acts)
        for exercise in exercises_of(course)
        if (code := exercise.code) in newest
    ]
