from datetime import datetime

from tuntas.reports.models import Report
from tuntas.rules.life import Act, Promise, State
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.walk import walk


def take_up(report: Report, *, by: Actor, late_cause: str = "", now: datetime) -> None:
    """Begin or go on with work without a word, for a step that has something to say right after.

    Nobody is told, and no promise is kept by it: only words a person wrote do that. Where the work is under way, or
    goes on without it, nothing happens.
    """
    match State(Report.objects.values_list("state", flat=True).get(pk=report.pk)):
        case State.DISPATCHED:
            with begin(report, Act.START, by=by) as fresh:
                kept_later = (Promise.ANSWER, Promise.RESPOND)
                to, cause = State.IN_PROGRESS, late_cause
                walk(fresh, Act.START, by=by, late_cause=cause, to=to, without=kept_later, tells=(), now=now)
        case State.SCHEDULED:
            with begin(report, Act.RESUME, by=by) as fresh:
                walk(fresh, Act.RESUME, by=by, tells=(), now=now)
