from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tuntas.kit.words import Language
from tuntas.people.queries import nearest_with
from tuntas.reports.models import Event, Report
from tuntas.rules.ladder import HIGHEST
from tuntas.rules.ladder_words import RAISED_AGAIN
from tuntas.rules.life import Act, Promise
from tuntas.rules.text import checked
from tuntas.rules.who import SYSTEM, Actor, Role, is_raised
from tuntas.steps.begin import begin
from tuntas.steps.tell import tell_people
from tuntas.steps.walk import walk
from tuntas.steps.windows import refuse_after_window


def reopen(report: Report, *, by: Actor, text: str, file_ids: Sequence[UUID] = (), now: datetime) -> Event:
    """Take up an answered or closed report again because it is not fixed; the work clock starts anew."""
    text = checked(text)
    with begin(report, Act.REOPEN, by=by) as report:
        refuse_after_window(report, Promise.REOPEN_WINDOW, now)
        take_up_again(report)
        event = walk(report, Act.REOPEN, by=by, text=text, file_ids=file_ids, now=now)
        bring_up(report, now=now)
        return event


def take_up_again(report: Report) -> None:
    """Set what reopening changes besides the state."""
    report.reopen_count += 1
    report.is_reopened = True
    report.closed_by, report.close_outcome = "", ""


def bring_up(report: Report, *, now: datetime) -> None:
    """Bring a report that was just opened again one level up, where it was not the first time.

    The reporter reads that it was; the desk, whoever holds it and the head of their agency hear of it; and the next
    answer is let out above that agency (``rules.who``). Nobody has to think of it.
    """
    level = report.escalation_level + 1
    if not is_raised(report) or level > HIGHEST:
        return
    report.escalation_level = level
    text = RAISED_AGAIN.fill(n=report.reopen_count).in_(Language.ID)
    data = {"level": level, "reopened": report.reopen_count}
    walk(report, Act.ESCALATE, by=SYSTEM, text=text, data=data, now=now)
    if report.holder_id is not None and not report.is_restricted and not report.is_suspected:
        heads = nearest_with(Role.LEADER, report.holder_id, below_root=True, now=now)
        tell_people(report, heads, "work", now=now)
