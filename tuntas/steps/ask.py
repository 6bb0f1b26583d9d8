from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tuntas.kit.errors import WrongState
from tuntas.kit.words import Say
from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act, Promise
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.walk import walk

MOST_ROUNDS = 2
ASKED_ENOUGH = Say(
    "Pelapor sudah ditanya sebanyak yang dijanjikan. Putuskan dengan keterangan yang ada.",
    "The reporter was asked as often as we promised. Decide with what is there.",
)


def ask(report: Report, *, by: Actor, text: str, file_ids: Sequence[UUID] = (), now: datetime) -> Event:
    """Ask the reporter for what is missing; our clocks stop until they answer. Two rounds, one before the answer."""
    text = checked(text)
    with begin(report, Act.ASK, by=by) as report:
        is_answered = report.deadlines.filter(promise=Promise.ANSWER, kept_at__isnull=False).exists()
        if report.ask_count >= (MOST_ROUNDS if is_answered else 1):
            raise WrongState(ASKED_ENOUGH)
        report.asked_from = report.state
        report.ask_count += 1
        return walk(report, Act.ASK, by=by, text=text, file_ids=file_ids, now=now)
