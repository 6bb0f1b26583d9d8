"""A ticket for those whose phone cannot compute what is asked: whoever waits a little goes on (QUALITY 3)."""

from datetime import datetime, timedelta

from tuntas.kit.links import link_hash
from tuntas.steps.weigh import PATIENCE

SECONDS = PATIENCE
PURPOSE = "patience"
GOOD_FOR = timedelta(hours=1)


def ticket_for(form: str, *, real_now: datetime) -> str:
    """Return the ticket that lets *form* through after a short wait."""
    issued = f"{real_now.timestamp():.0f}"
    return f"{issued}.{_signature(form, issued)}"


def is_patient(ticket: str, form: str, *, real_now: datetime) -> bool:
    """Return whether *form* has waited with a ticket of ours."""
    issued, _, signature = ticket.partition(".")
    if not (issued.isdecimal() and issued.isascii() and len(issued) < 12 and signature == _signature(form, issued)):
        return False
    age = timedelta(seconds=real_now.timestamp() - int(issued))
    return timedelta(seconds=SECONDS) <= age + timedelta(seconds=1) and age < GOOD_FOR


def _signature(form: str, issued: str) -> str:
    return link_hash(f"{form}\n{issued}", PURPOSE)[:24]
