from datetime import datetime

from tuntas.kit.errors import WrongState
from tuntas.kit.words import Say
from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.walk import walk

NOT_HELD = Say("Laporan ini sudah diloloskan.", "This report was let through already.")


def release(report: Report, *, by: Actor, now: datetime) -> Event:
    """Let a held report through: everybody may know of it as of any other. Raises WrongState where it is not held.

    No clock moves, nobody is told; why it was held stays with the event.
    """
    with begin(report, Act.RELEASE, by=by) as report:
        if not report.is_held:
            raise WrongState(NOT_HELD)
        return walk(report, Act.RELEASE, by=by, now=now)
