"""Taking the last act back: the line that says what was done, and the button beside it (ux 6.1)."""

from dataclasses import dataclass

from tuntas.agencies.installation import installation
from tuntas.kit.errors import NotFound
from tuntas.kit.words import Say
from tuntas.reports.inbox_queries import report_to_open
from tuntas.reports.told import possible_acts
from tuntas.rules.life import Act
from tuntas.web.office.signed import Signed

DONE = {
    Act.DISPATCH: Say("{name} diteruskan ke {to}.", "{name} sent to {to}."),
    Act.ASK: Say("{name}: pelapor ditanya.", "{name}: the reporter was asked."),
    Act.ARCHIVE: Say("{name} tidak diproses.", "{name} is not handled."),
    Act.INFORM: Say("{name} dijawab.", "{name} answered."),
}
RELEASED = Say("{name} diloloskan.", "{name} was let through.")
UNDONE = Say("{name} kembali seperti semula.", "{name} is as it was before.")


@dataclass(frozen=True, slots=True)
class Undoable:
    """What was done last, and whether it can be taken back still."""

    name: str
    said: Say
    is_possible: bool


def released(signed: Signed, name: str) -> Undoable | None:
    """Return that a held report was just let through, which is not taken back. One query."""
    try:
        report = report_to_open(signed.actor, name)
    except NotFound:
        return None
    return None if report.is_held else Undoable(report.name, RELEASED.fill(name=report.name), False)


def undoable(signed: Signed, name: str) -> Undoable | None:
    """Return what was just done to a report; None where nothing is to be said of it. One query."""
    try:
        report = report_to_open(signed.actor, name)
    except NotFound:
        return None
    if report.is_restricted:
        return None
    if report.recallable not in set(Act) or Act(report.recallable) not in DONE:
        return Undoable(report.name, UNDONE.fill(name=report.name), False)
    to = installation().agencies[report.holder_id].short if report.holder_id else ""
    said = DONE[Act(report.recallable)].fill(name=report.name, to=to)
    return Undoable(report.name, said, Act.RECALL in possible_acts(signed.actor, report, now=signed.now))
