from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tuntas.kit.errors import WrongState
from tuntas.kit.words import Say
from tuntas.reports.models import Event, Report
from tuntas.reports.told import is_answered
from tuntas.rules.life import Act, most_rounds
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.lights import lit
from tuntas.steps.walk import walk

ASKED_ENOUGH = Say(
    "Pelapor sudah ditanya sebanyak yang dijanjikan. Putuskan dengan keterangan yang ada.",
    "The reporter was asked as often as we promised. Decide with what is there.",
)


def ask(
    report: Report, *, by: Actor, text: str, file_ids: Sequence[UUID] = (), is_confirmed: bool = True, now: datetime
) -> Event:
    """Ask the reporter for what is missing; our clocks stop until they answer. Two rounds, one before the answer."""
    text = checked(text)
    with begin(report, Act.ASK, by=by) as report:
        if report.ask_count >= most_rounds(is_answered=is_answered(report)):
            raise WrongState(ASKED_ENOUGH)
        lights = lit(report, Act.ASK, text, by=by, file_ids=file_ids, is_confirmed=is_confirmed, now=now)
        report.asked_from = report.state
        report.ask_count += 1
        return walk(report, Act.ASK, by=by, text=text, data=lights, file_ids=file_ids, now=now)
