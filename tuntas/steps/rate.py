from datetime import datetime

from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act, Promise, State
from tuntas.rules.reasons import ClosedBy
from tuntas.rules.text import checked
from tuntas.rules.thread import ANSWERS
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.reopen import bring_up, take_up_again
from tuntas.steps.walk import walk
from tuntas.steps.windows import refuse_after_window

NOT_SATISFIED = 1


def rate(report: Report, *, by: Actor, rating: int, fixed: bool | None = None, text: str = "", now: datetime) -> Event:
    """Say how satisfied one is: 4 Sangat Puas to 1 Tidak Puas. 1, or "not fixed", takes the report up again."""
    text = checked(text, may_be_empty=True)
    with begin(report, Act.RATE, by=by) as report:
        refuse_after_window(report, Promise.REOPEN_WINDOW, now)
        report.rating = rating
        if rating == NOT_SATISFIED or fixed is False:
            take_up_again(report)
            to = State.IN_PROGRESS
        else:
            report.closed_by, to = ClosedBy.REPORTER, State.CLOSED
            report.close_outcome = _outcome_of_answer(report)
        event = walk(report, Act.RATE, by=by, text=text, data={"rating": rating, "fixed": fixed}, to=to, now=now)
        if to is State.IN_PROGRESS:
            bring_up(report, now=now)
        return event


def _outcome_of_answer(report: Report) -> str:
    """Return how the agency said it ended: what the system noted while nobody rated no longer counts."""
    answer = report.events.filter(act__in=ANSWERS, data__has_key="outcome").order_by("-id").first()
    return str(answer.data["outcome"]) if answer else report.close_outcome
