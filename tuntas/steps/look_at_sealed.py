from datetime import datetime

from django.db import transaction

from tuntas.kit.errors import Invalid, NotAllowed
from tuntas.kit.words import Say
from tuntas.reports.models import Report
from tuntas.rules.sealed_purposes import PURPOSES, Purpose, SealedLook
from tuntas.rules.who import Actor, sealed_reader_if_restricted
from tuntas.sealed.appointed import key_ids_of
from tuntas.sealed.queries import live_opening, seal_of
from tuntas.steps.looks import keep_look
from tuntas.steps.story import retell

NO_PURPOSE = Say("Pilih untuk apa bagian ini dibuka.", "Choose what this part is opened for.")
NOT_OPEN = Say(
    "Segel laporan ini tidak sedang terbuka untuk Anda. Buka dulu dengan tujuan.",
    "The seal of this report is not open to you now. Open it with a purpose first.",
)
NOT_APPOINTED = Say("Anda tidak ditunjuk untuk membuka laporan ini.", "You are not appointed to open this report.")


def look_at_sealed(report: Report, *, by: Actor, what: SealedLook, why: str = "", now: datetime) -> None:
    """Record what somebody saved or uncovered of a report that lies open before them.

    why   for a part that was closed, one of the purposes a seal is opened for; free words would say here, readable,
          what the room keeps closed

    Raises NotAllowed, Invalid.
    """
    with transaction.atomic():
        report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        refuse_not_open(report, by=by, now=now)
        if what is SealedLook.PART and why not in set(Purpose):
            raise Invalid.field("/why", NO_PURPOSE)
        reason = PURPOSES[Purpose(why)].id if what is SealedLook.PART else ""
        record(report, by=by, what=what, why=reason, now=now)


def refuse_not_appointed(report: Report, *, by: Actor) -> None:
    """Raise NotAllowed for all but those appointed, and for those whom the reporter left out."""
    seal = seal_of(report.pk)
    excluded = set() if seal is None else set(seal.excluded)
    if not sealed_reader_if_restricted(by, report) or excluded & set(key_ids_of(by.person_id)):
        raise NotAllowed(NOT_APPOINTED)


def refuse_not_open(report: Report, *, by: Actor, now: datetime) -> None:
    """Raise NotAllowed unless *by* opened the report a short while ago, and said why."""
    refuse_not_appointed(report, by=by)
    if live_opening(report.pk, by.person_id or 0, now=now) is None:
        raise NotAllowed(NOT_OPEN)


def record(report: Report, *, by: Actor, what: SealedLook, why: str, now: datetime) -> None:
    """Write a look where the readers and the reporter see it, each single one. The report is locked, and saved here."""
    retell(report)
    keep_look(report, what, by=by, why=why, is_each=True, now=now)
    report.save(update_fields=["fetched_at", "thread"])
