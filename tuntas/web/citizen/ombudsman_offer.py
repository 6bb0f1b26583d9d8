"""Why a reporter is told of the Ombudsman now."""

from datetime import datetime
from typing import TYPE_CHECKING

from tuntas.agencies.installation import installation
from tuntas.kit.words import Say
from tuntas.rules.clock import working_days_between
from tuntas.rules.life import Promise, State
from tuntas.rules.ombudsman import is_old, is_silent
from tuntas.rules.thread import Json
from tuntas.web.clocks import newest

if TYPE_CHECKING:
    from tuntas.reports.models import Report

OLD = Say("Sudah 60 hari tanpa jawaban akhir. Maaf.", "60 days without a final answer. We are sorry.")
SILENT = Say(
    "Sudah 10 hari kerja tanpa kabar yang dijanjikan. Maaf.",
    "10 working days without the news that was promised. We are sorry.",
)


def why_ombudsman(report: "Report", view: Json, *, now: datetime) -> Say | None:
    """Return why the letter is offered, or None where it is not."""
    state = State(report.state)
    if is_old(report.received_at, state, now):
        return OLD
    return SILENT if is_silent(state, _silent_days(report, view, now)) else None


def _silent_days(report: "Report", view: Json, now: datetime) -> int:
    """Return the working days since news from outside was promised and did not come."""
    entry = newest(view, Promise.OUTSIDE_NEWS)
    if entry is None or entry["state"] != "missed" or entry.get("kept_at") or entry["due_at"] is None:
        return 0
    return working_days_between(entry["due_at"], now, installation().calendar_of(report.desk_id))
