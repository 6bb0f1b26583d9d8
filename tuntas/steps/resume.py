from datetime import datetime

from tuntas.reports.models import Event, Report
from tuntas.rules.captured import captured
from tuntas.rules.life import Act
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.lights import lit
from tuntas.steps.walk import walk


def resume(
    report: Report,
    *,
    by: Actor,
    text: str = "",
    is_confirmed: bool = True,
    captured_at: datetime | None = None,
    now: datetime,
) -> Event:
    """Go on with work that waited for its date."""
    text = checked(text, may_be_empty=True)
    with begin(report, Act.RESUME, by=by) as report:
        data = lit(report, Act.RESUME, text, by=by, is_confirmed=is_confirmed, now=now) if text else {}
        data |= captured(captured_at, now)
        return walk(report, Act.RESUME, by=by, text=text, data=data, now=now)
