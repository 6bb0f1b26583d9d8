"""Read who an anonymous reporter is, once two persons have agreed to open it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tuntas.kit.errors import NOT_FOUND, NotAllowed, NotFound
from tuntas.kit.words import Say
from tuntas.reports.models import Contact, Report, Reveal
from tuntas.rules.life import Act, may
from tuntas.rules.who import Actor, may_know_name
from tuntas.steps.looks import keep_look

NOT_OPEN = Say(
    "Nama pelapor ini tidak terbuka untuk Anda. Minta dengan alasan; orang kedua memutuskan.",
    "This reporter's name is not open to you. Ask with a reason; a second person decides.",
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a reporter is."""

    name: str
    phone: str
    email: str


def read_identity(report: Report, *, by: Actor, now: datetime) -> Identity:
    """Return who a reporter is, and keep that it was read, each time, with the reason it was opened for.

    Of a reporter who is not anonymous: whoever may know the name at once. Of another: who asked, while it is open.

    Raises NotAllowed, and NotFound where there is no contact.
    """
    with transaction.atomic():
        report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        why = _ground(report, by, now)
        contact = Contact.objects.filter(report=report).first()
        if contact is None:
            raise NotFound(NOT_FOUND)
        if keep_look(report, "identity", by=by, why=why, is_each=True, now=now):
            report.save(update_fields=["thread"])
        return Identity(contact.name, contact.phone, contact.email)


def _ground(report: Report, by: Actor, now: datetime) -> str:
    """Return the reason a name was opened for; "" where it is not hidden. Raises NotAllowed."""
    if may_know_name(by, report):
        return ""
    reveal = (
        Reveal.objects.filter(report=report, asked_by_id=by.person_id, is_granted=True, ends_at__gt=now)
        .order_by("-pk")
        .first()
    )
    if reveal is None or by.person_id is None or not may(by, Act.ASK_IDENTITY, report):
        raise NotAllowed(NOT_OPEN)
    return reveal.why
