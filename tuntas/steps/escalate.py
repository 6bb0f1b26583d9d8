from datetime import datetime

from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.reports.models import Event, Report
from tuntas.rules.ladder import HIGHEST
from tuntas.rules.life import Act
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.walk import walk

HIGHER = Say("Pilih tingkat di atas {level}, paling tinggi 4.", "Choose a level above {level}, 4 at most.")


def escalate(report: Report, *, by: Actor, level: int, text: str, now: datetime) -> Event:
    """Bring a report to a higher desk's attention, level 1 to 4; where it stands does not change.

    The system does it where a clock's ladder says so, and has told those it names already.
    """
    text = checked(text)
    with begin(report, Act.ESCALATE, by=by) as report:
        if not report.escalation_level < level <= HIGHEST:
            raise Invalid.field("/level", HIGHER.fill(level=report.escalation_level))
        report.escalation_level = level
        tells = () if by.is_system else None
        return walk(report, Act.ESCALATE, by=by, text=text, data={"level": level}, tells=tells, now=now)
