"""What staff alone are told of a report: notes, the answer that waits, photos with their place, the reporter."""

from collections.abc import Sequence

from tuntas.agencies.installation import installation
from tuntas.reports.happenings import is_seen
from tuntas.reports.models import Contact, Event, File, Report
from tuntas.rules.captured import captured_of
from tuntas.rules.evidence import metres_between
from tuntas.rules.life import Act, State, may
from tuntas.rules.thread import INTERNAL, Json, is_reporters
from tuntas.rules.who import Actor, is_public

# Why a name was asked for can say whose it is: read by those alone who may ask for it.
ON_A_NAME = frozenset({Act.ASK_IDENTITY, Act.DECIDE_IDENTITY})


def notes_of(events: Sequence[Event], actor: Actor, report: Report) -> list[Json]:
    """Return what is said inside the house."""
    internal = (*INTERNAL - {Act.PROPOSE_ANSWER} - ON_A_NAME, Act.TRANSFER, Act.DECLINE_TRANSFER, Act.ARBITRATE)
    internal += (Act.DECLINE_PART, Act.RECEIVE_LETTER)
    return [
        {
            "at": event.at,
            "act": event.act,
            "by": event.by.name if event.by else None,
            "agency": installation().slug_of(event.agency_id) or None,
            "text": event.text,
            "call": event.data.get("call"),
            "reached": event.data.get("reached"),
        }
        for event in events
        if event.act in internal or (event.act in ON_A_NAME and may(actor, Act.ASK_IDENTITY, report))
    ]


def proposal_of(report: Report, events: Sequence[Event]) -> Json | None:
    """Return the answer that waits for a liaison's signature, or for a second person."""
    found = next((event for event in reversed(events) if event.act == Act.PROPOSE_ANSWER), None)
    if (
        found is None
        or report.proposed_by_id is None
        or State.AWAITING_VALIDATION not in (report.state, report.asked_from)
    ):
        return None
    signature = next((event for event in events if event.act == Act.SIGN and event.pk > found.pk), None)
    return {
        "at": found.at,
        "captured_at": captured_of(found.data, found.at),
        "by": found.by.name if found.by else None,
        "agency": installation().slug_of(found.agency_id) or None,
        "text": (signature and signature.text) or found.text,
        "outcome": found.data.get("outcome"),
        "files": [str(file.pk) for file in in_order(found) if is_seen(file)],
        "awaits_signature": report.awaits_signature,
        "signed_by": signature.by.name if signature and signature.by else None,
    }


def in_order(event: Event) -> list[File]:
    """Return the files of an event as they came."""
    return sorted(event.files.all(), key=lambda file: (file.received_at, file.pk))


def photo_of(file: File, event: Event, report: Report) -> Json:
    """Return a photo with what is public of it and, of evidence, when and how far from the report it was taken."""
    here = None if report.lat is None or report.lng is None else (report.lat, report.lng)
    there = None if file.lat is None or file.lng is None else (file.lat, file.lng)
    return {
        "file_id": str(file.pk),
        "act": event.act,
        "is_reporters": is_reporters(event.act, event.voice),
        "covers": file.covers,
        "received_at": file.received_at,
        "taken_at": file.taken_at,
        "metres": None if here is None or there is None else metres_between(here, there),
    }


def reporter_of(report: Report) -> Json | None:
    """Return who reported it, where they left a name or an address."""
    contact: Contact | None = getattr(report, "contact", None)  # read along with the report where one was named
    if contact is None:
        return None
    return {"name": contact.name or None, "phone": contact.phone or None, "email": contact.email or None}


def lead_of(report: Report) -> str | None:
    """Return the number of the report this one stands beside, while everybody may know of that one."""
    if report.supports_id is None:
        return None
    lead = Report.objects.only("number", "is_restricted", "is_secret", "doubts").get(pk=report.supports_id)
    return lead.number if is_public(lead) else None
