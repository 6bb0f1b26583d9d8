from datetime import datetime

from tuntas.kit.errors import NotAllowed, WrongState
from tuntas.kit.words import Say
from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.walk import walk

UNSIGNED = Say("Jawaban ini belum ditandatangani narahubung.", "The liaison has not signed this answer yet.")
SIGNED_IT = Say(
    "Jawaban ini Anda tandatangani sendiri. Orang lain yang mengeceknya.",
    "You signed this answer yourself. Somebody else checks it.",
)


def approve(report: Report, *, by: Actor, now: datetime) -> Event:
    """Let an answer out to the reporter and the public, as a second person who did not write it."""
    with begin(report, Act.APPROVE, by=by) as report:
        if report.awaits_signature:
            raise WrongState(UNSIGNED)
        proposal = report.events.filter(act=Act.PROPOSE_ANSWER).order_by("-id")[0]
        if report.events.filter(act=Act.SIGN, id__gt=proposal.pk, by=by.person_id).exists():
            raise NotAllowed(SIGNED_IT)
        report.is_reopened = False
        report.close_outcome = proposal.data["outcome"]
        return walk(report, Act.APPROVE, by=by, data={"outcome": report.close_outcome}, now=now)
