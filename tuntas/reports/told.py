"""What a report says to its reporter and to the people who work on it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tuntas.agencies.installation import installation
from tuntas.kit.words import Language
from tuntas.reports.models import Contact, Event, File, Report
from tuntas.rules.captured import captured_of
from tuntas.rules.cells import cell_of, centre_of
from tuntas.rules.evidence import metres_between
from tuntas.rules.life import Act, Promise, State, acts_of, most_rounds
from tuntas.rules.recall import can_be_called_back, can_be_undone
from tuntas.rules.redaction import redact
from tuntas.rules.thread import INTERNAL, Json, is_reporters, tell_promises, tell_times
from tuntas.rules.who import Actor, is_public, may_know_name, may_read_notes, may_read_original
from tuntas.rules.words import label_of

ATTRIBUTES = (
    "is_anonymous",
    "is_secret",
    "sensitivity",
    "closed_by",
    "close_outcome",
    "reason_code",
    "escalation_level",
    "reopen_count",
    "hop_count",
)


def holder_of(report: Report) -> Json | None:
    """Return whose hand the report is in: the desk's until it is sent on, nobody's once it has ended."""
    if report.state in (State.CLOSED, State.ARCHIVED):
        return None
    agency = installation().agencies[report.holder_id or report.desk_id]
    return {"slug": agency.slug, "name": agency.name}


def track_view(report: Report, *, language: Language, now: datetime) -> Json:
    """Return the reporter's own view. Needs no query beyond the report itself."""
    return {
        **_common(report, language, now, to_reporter=True),
        "ref": None,  # a ref is for staff
        "title": report.title or report.public_title or None,
        "body": report.body,
        "messages": tell_times(report.thread["messages"], report.received_at),
        "photos": [{"file_id": file} for file in report.thread.get("photos", [])],
        "acts": possible_acts(Actor(report_id=report.pk), report, now=now),
        "looks": tell_times(report.thread.get("looks", []), report.received_at),
        "state": report.state,
    }


def events_of(report: Report) -> list[Event]:
    """Return what happened to a report, the oldest first, with who did it and the photos. Two queries."""
    return list(report.events.select_related("by").prefetch_related("files").order_by("id"))


def staff_view(
    report: Report, actor: Actor, *, language: Language, now: datetime, events: Sequence[Event] | None = None
) -> Json:
    """Return what somebody who works on the report may see of it. Three queries; four beside another.

    events   where they were read already
    """
    own_words = may_read_original(actor, report)
    events = events_of(report) if events is None else events
    view = {
        **_common(report, language, now, to_reporter=False),
        "ref": report.ref,
        "title": report.public_title or (report.title if own_words else redact(report.title)) or None,
        "text": report.public_text or None,
        "state": report.state,
        "body": report.body if own_words else redact(report.body),
        "timeline": [_line(x, own_words) for x in tell_times(report.thread["timeline"], report.received_at)],
        "messages": [_message(m, own_words) for m in tell_times(report.thread["messages"], report.received_at)],
        "notes": _notes(events) if may_read_notes(actor, report) else [],
        "photos": [_photo(file, event, report) for event in events for file in _in_order(event)],
        "proposed_answer": _proposal(report, events),
        "classification": report.classification or None,
        "location_text": report.location_text if own_words else redact(report.location_text),
        "lat": report.lat,
        "lng": report.lng,
        "event_date": report.event_date,
        "offered_to": installation().slug_of(report.offered_to_id) or None,
        "target_agency": installation().slug_of(report.target_agency_id) or None,
        "supports": _lead_of(report),
        "channel": report.channel,
        "language": report.language,
        "acts": possible_acts(actor, report, now=now, last_by=events[-1].by_id),
    }
    if may_know_name(actor, report):
        view["reporter"] = _reporter(report)
    return view


def desk_row(report: Report, actor: Actor, *, language: Language) -> Json:
    """Return one row of the desk's queue. Needs no query."""
    here = installation()
    own_title = report.title if may_read_original(actor, report) else redact(report.title)
    return {
        "number": report.number,
        "ref": report.ref,
        "title": report.public_title or own_title or None,
        "state": report.state,
        "face": report.face,
        "state_label": _label(report, language, to_reporter=False),
        "category": here.categories[report.category_id].code if report.category_id else None,
        "area": here.area_names[report.area_id][0] if report.area_id else None,
        "agency": here.slug_of(report.holder_id) or None,
        "holder": holder_of(report),
        "due_at": report.due_at,
        "received_at": report.received_at,
        "updated_at": report.updated_at,
        "is_anonymous": report.is_anonymous,
        "is_secret": report.is_secret,
        "escalation_level": report.escalation_level,
        "reopen_count": report.reopen_count,
    }


def possible_acts(actor: Actor, report: Report, *, now: datetime, last_by: int | None = None) -> list[Act]:
    """Return what *actor* may do now: what the life table allows, less what is over or was done often enough.

    last_by   who wrote the newest event; where it is not known, it may have been the actor
    """
    promises = {promise["promise"]: promise["state"] for promise in promises_of(report, now)}  # the newest of each
    over: set[Act] = set()
    if report.state == State.CLOSED and promises.get(Promise.REOPEN_WINDOW) == "missed":
        over |= {Act.RATE, Act.REOPEN}
    if report.state == State.ARCHIVED and promises.get(Promise.APPEAL_WINDOW) == "missed":
        over.add(Act.APPEAL)
    if report.ask_count >= most_rounds(is_answered=is_answered(report)):
        over.add(Act.ASK)
    if report.awaits_signature:
        over.add(Act.APPROVE)
    if not _is_recallable(report, now, is_writer=last_by in (None, actor.person_id)):
        over.add(Act.RECALL)
    return [act for act in acts_of(actor, report) if act not in over]


def _is_recallable(report: Report, now: datetime, *, is_writer: bool) -> bool:
    """Return whether the last act can be taken back; nothing else happened since it, or it would not be named."""
    since = now - report.updated_at
    return can_be_undone(report.recallable, since=since, is_writer=is_writer) or can_be_called_back(
        report.recallable, report.state, since=since
    )


def is_answered(report: Report) -> bool:
    """Return whether the promise to answer was kept, in time or late."""
    return any(entry["promise"] == Promise.ANSWER and "kept" in entry for entry in report.thread["promises"])


def promises_of(report: Report, now: datetime) -> list[Json]:
    """Return how the report's promises stand."""
    return tell_promises(report.thread["promises"], report.received_at, now)


def _common(report: Report, language: Language, now: datetime, *, to_reporter: bool) -> Json:
    here = installation()
    cell = None if report.lat is None or report.lng is None else centre_of(*cell_of(report.lat, report.lng))
    view: dict[str, Any] = {
        "number": report.number,
        "face": report.face,
        "state_label": _label(report, language, to_reporter=to_reporter),
        "category": here.categories[report.category_id].code if report.category_id else None,
        "area": here.area_names[report.area_id][0] if report.area_id else None,
        "cell": cell,
        "agency": here.slug_of(report.holder_id) or None,
        "holder": holder_of(report),
        "timeline": tell_times(report.thread["timeline"], report.received_at),
        "answers": tell_times(report.thread["answers"], report.received_at),
        "promises": promises_of(report, now),
        "rating": report.rating,
        "followers": report.follower_count,
        "merged_into": None,
        "received_at": report.received_at,
        "updated_at": report.updated_at,
    }
    return view | {name: getattr(report, name) or _nothing(name) for name in ATTRIBUTES}


def _nothing(name: str) -> Any:
    return False if name.startswith("is_") else 0 if name.endswith(("_level", "_count")) else None


def _label(report: Report, language: Language, *, to_reporter: bool) -> str:
    said = label_of(report.face, closed_by=report.closed_by, reason_code=report.reason_code, to_reporter=to_reporter)
    return said.in_(language)


def _message(message: Json, own_words: bool) -> Json:
    """Mask numbers of persons in a reporter's words for those who may not read the original."""
    if own_words or message["from"] != "reporter":
        return message
    return {**message, "text": redact(message["text"])}


def _line(line: Json, own_words: bool) -> Json:
    """Mask numbers of persons in a reporter's words that stand in the timeline, as in the messages."""
    if own_words or line["by"] != "pelapor" or not line.get("text"):
        return line
    return {**line, "text": redact(line["text"])}


def _notes(events: Sequence[Event]) -> list[Json]:
    internal = (*INTERNAL - {Act.PROPOSE_ANSWER}, Act.TRANSFER, Act.DECLINE_TRANSFER)
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
        if event.act in internal
    ]


def _proposal(report: Report, events: Sequence[Event]) -> Json | None:
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
        "files": [str(file.pk) for file in _in_order(found)],
        "awaits_signature": report.awaits_signature,
        "signed_by": signature.by.name if signature and signature.by else None,
    }


def _in_order(event: Event) -> list[File]:
    return sorted(event.files.all(), key=lambda file: (file.received_at, file.pk))


def _photo(file: File, event: Event, report: Report) -> Json:
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


def _reporter(report: Report) -> Json | None:
    contact = Contact.objects.filter(report=report).first()
    if contact is None:
        return None
    return {"name": contact.name or None, "phone": contact.phone or None, "email": contact.email or None}


def _lead_of(report: Report) -> str | None:
    """Return the number of the report this one stands beside, while everybody may know of that one."""
    if report.supports_id is None:
        return None
    lead = Report.objects.only("number", "is_restricted", "is_secret").get(pk=report.supports_id)
    return lead.number if is_public(lead) else None
