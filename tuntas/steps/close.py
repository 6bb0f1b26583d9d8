from datetime import datetime

from tuntas.kit.errors import Invalid
from tuntas.reports.models import Event, Report
from tuntas.rules.evidence import NEEDS_PROOF
from tuntas.rules.life import Act
from tuntas.rules.reasons import ClosedBy, Outcome
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.lights import lit
from tuntas.steps.proof import lacks_proof
from tuntas.steps.walk import walk


def close(report: Report, *, by: Actor, outcome: str, text: str, is_confirmed: bool = True, now: datetime) -> Event:
    """End an answered report with its outcome and a sentence; the reporter may still open it again for 30 days."""
    text = checked(text)
    with begin(report, Act.CLOSE, by=by) as report:
        if outcome == Outcome.FIXED and lacks_proof(report):
            raise Invalid.field("/outcome", NEEDS_PROOF)
        lights = lit(report, Act.CLOSE, text, by=by, is_confirmed=is_confirmed, now=now)
        report.closed_by = ClosedBy.SYSTEM if by.is_system else ClosedBy.AGENCY_ADMIN
        report.close_outcome = outcome
        return walk(report, Act.CLOSE, by=by, text=text, data={"outcome": outcome, **lights}, now=now)
