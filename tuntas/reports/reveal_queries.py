"""What a case page asks about an anonymous reporter's name: who wants to know it, and to whom it is open."""

from datetime import datetime

from tuntas.reports.models import Report, Reveal
from tuntas.rules.life import Act, may
from tuntas.rules.who import Actor


def waiting_reveal(report: Report) -> Reveal | None:
    """Return the request that waits for a second person, with who asked. No query where there is none."""
    if report.identity_asked_by_id is None:
        return None
    return Reveal.objects.select_related("asked_by").filter(report=report, decided_at=None).first()


def open_reveal(report: Report, actor: Actor, now: datetime) -> Reveal | None:
    """Return by which decision the name is open to *actor* now. No query for those who may not even ask."""
    if not report.is_anonymous or not may(actor, Act.ASK_IDENTITY, report):
        return None
    granted = Reveal.objects.filter(report=report, asked_by_id=actor.person_id, is_granted=True, ends_at__gt=now)
    return granted.order_by("-pk").first()


def granted_reveal(report: Report, at: datetime) -> Reveal | None:
    """Return the decision that opened the name at an instant, with who had asked."""
    granted = Reveal.objects.select_related("asked_by").filter(report=report, is_granted=True, decided_at__lte=at)
    return granted.order_by("-pk").first()
