"""Decide whether an anonymous reporter's name is opened: the second of two persons."""

from datetime import datetime, timedelta
from typing import Any

from tuntas.kit.errors import WrongState
from tuntas.kit.words import Say
from tuntas.people.queries import actor_of
from tuntas.reports.models import Event, Report, Reveal
from tuntas.rules.life import ARROW, Act, Told
from tuntas.rules.seen_as import seen_as
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.walk import walk

OPEN_FOR = timedelta(hours=24)
MOST_LETTERS = 500
NOTHING_LEFT = Say(
    "Pelapor tidak anonim lagi atau sudah menghapus kontaknya. Permintaan ini hanya bisa ditolak.",
    "The reporter is anonymous no more, or deleted their contact. This request can only be refused.",
)


def decide_identity(report: Report, *, by: Actor, is_granted: bool, text: str = "", now: datetime) -> Event:
    """Let the one who asked read an anonymous reporter's name for 24 hours, or refuse it.

    What is granted is told to the reporter, who also sees it on their page, and to the data protection officers; what
    is refused stays in the house.

    Raises WrongState where there is no name left to open.
    """
    text = checked(text, most=MOST_LETTERS, may_be_empty=True)
    with begin(report, Act.DECIDE_IDENTITY, by=by) as report:
        if is_granted and not (report.is_anonymous and hasattr(report, "contact")):
            raise WrongState(NOTHING_LEFT)
        reveal = Reveal.objects.select_for_update().get(report=report, decided_at=None)
        role, _ = seen_as(actor_of(reveal.asked_by, now=now), report)
        reveal.decided_by_id, reveal.decided_at, reveal.is_granted = by.person_id, now, is_granted
        reveal.ends_at = now + OPEN_FOR if is_granted else None
        reveal.save()
        report.identity_asked_by_id = None
        data: dict[str, Any] = {"is_granted": is_granted, "asked_by": reveal.asked_by_id}
        if is_granted:
            data |= {"to_role": role, "why": reveal.why}
        tells = ARROW[Act.DECIDE_IDENTITY].tells if is_granted else (Told.ASKER,)
        return walk(report, Act.DECIDE_IDENTITY, by=by, text=text, data=data, tells=tells, now=now)
