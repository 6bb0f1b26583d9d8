"""The time in which a reporter may still act, and what happens when it is over."""

from datetime import datetime

from tuntas.kit.errors import WrongState
from tuntas.kit.words import Say
from tuntas.reports.models import Report
from tuntas.rules.life import Promise

OVER = Say(
    "Waktunya sudah lewat. Buat laporan baru, sebutkan nomor laporan ini.",
    "The time for this is over. Make a new report and name the number of this one.",
)


def refuse_after_window(report: Report, window: Promise, now: datetime) -> None:
    """Raise WrongState where the *window* that runs has ended; one that a reopening stopped no longer counts."""
    clock = report.deadlines.running().filter(promise=window).order_by("-id").first()
    if clock is not None and (clock.missed_at is not None or (clock.due_at is not None and now > clock.due_at)):
        raise WrongState(OVER)
