"""Send a report from its form: once, however often the button is pressed; the receipt waits behind a link for a day."""

from datetime import datetime

from django.db import transaction

from tuntas.kit.errors import NotFound, WrongState
from tuntas.kit.ids import show_code
from tuntas.kit.links import link_from, link_hash
from tuntas.kit.words import Language, Say
from tuntas.reports.drafts import DRAFT, KEPT, RECEIPT, Draft, Json, closed, holder_hash
from tuntas.reports.told import promises_of
from tuntas.rules.who import STRANGER, Actor
from tuntas.steps.submit import Receipt, Story, submit
from tuntas.steps.weigh import Sender, weigh

FORM = "form that sends"
GONE = Say("Draf ini sudah tidak ada, atau ditulis di HP lain.", "This draft is gone, or was written on another phone.")
SENT = Say(
    "Laporan ini sudah terkirim. Kodenya ada di tanda terima.", "This report was sent. Its code is on the receipt."
)


def send_draft(
    link: str,
    phone: str,
    form: str,
    story: Story,
    *,
    sender: Sender | None = None,
    language: Language = Language.ID,
    now: datetime,
) -> str:
    """Make a report of a draft and return the link of its receipt; the same form sent again gets the same link.

    form     the one-time key of the form: whoever has another sees no receipt, though they know the draft
    sender   by what the report is weighed, once it is sure that this form has not sent it before

    Raises Invalid; NotFound where the draft is gone or another phone's; WrongState where it was sent by another form;
    TooOften where effort is asked for first.
    """
    with transaction.atomic():
        row = Draft.objects.select_for_update().filter(key=link_hash(link, DRAFT), at__gt=now - KEPT).first()
        if row is None or row.holder != holder_hash(phone):
            raise NotFound(GONE)
        return _send(row, link, form, story, language, now, sender=sender)


def receipt_of(link: str, phone: str, form: str, *, now: datetime) -> str:
    """Return the receipt's link of a draft that this very form has sent. Raises NotFound, WrongState."""
    row = Draft.objects.filter(key=link_hash(link, DRAFT), receipt__isnull=False, at__gt=now - KEPT).first()
    if row is None or row.holder != holder_hash(phone):
        raise NotFound(GONE)
    return _receipt_for(row, link, form)


def send_at_once(
    form: str,
    story: Story,
    *,
    by: Actor = STRANGER,
    sender: Sender | None = None,
    language: Language = Language.ID,
    now: datetime,
) -> str:
    """Make a report of a single form, without any draft; otherwise like ``send_draft``. Raises Invalid, TooOften.

    by   somebody of the staff who writes down what another tells them
    """
    with transaction.atomic():
        Draft.objects.bulk_create([Draft(key=link_hash(form, FORM), data=b"", at=now)], ignore_conflicts=True)
        row = Draft.objects.select_for_update().get(key=link_hash(form, FORM))
        return _send(row, "", form, story, language, now, by=by, sender=sender)


def _send(
    row: Draft,
    link: str,
    form: str,
    story: Story,
    language: Language,
    now: datetime,
    *,
    by: Actor = STRANGER,
    sender: Sender | None,
) -> str:
    if row.receipt is not None:
        return _receipt_for(row, link, form)
    receipt_link = link_from(link, form, purpose=RECEIPT)
    story = story if sender is None else weigh(story, sender)
    receipt = submit(story, by=by, language=language, now=now)
    row.receipt, row.at = link_hash(receipt_link, RECEIPT), now
    row.data = closed(receipt_link, RECEIPT, _told(receipt, story))
    row.save()
    return receipt_link


def _receipt_for(row: Draft, link: str, form: str) -> str:
    """Return the link of a receipt, to the form that sent the report and to no other."""
    receipt_link = link_from(link, form, purpose=RECEIPT)
    if row.receipt != link_hash(receipt_link, RECEIPT):
        raise WrongState(SENT)
    return receipt_link


def _told(receipt: Receipt, story: Story) -> Json:
    report = receipt.report
    due = next((p["due_at"] for p in promises_of(report, report.received_at) if p["promise"] == "answer"), None)
    return {
        "code": show_code(receipt.code),
        "number": report.number,
        "received_at": report.received_at,
        "due_at": due,
        "email": story.reporter.email if story.reporter and not report.is_restricted else "",
        "supports": story.supports,
    }
