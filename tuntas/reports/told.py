"""What a report says to its reporter and to the people who work on it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tuntas.agencies.installation import installation
from tuntas.kit.words import Language
from tuntas.reports.happenings import attached, is_seen
from tuntas.reports.models import Event, Report
from tuntas.reports.opened import opened_by_code
from tuntas.reports.side_task_queries import parts_told, works_at
from tuntas.reports.told_to_staff import in_order, lead_of, notes_of, photo_of, proposal_of, reporter_of
from tuntas.rules.cells import cell_of, centre_of
from tuntas.rules.hops import is_bound, waits_for_coordinator
from tuntas.rules.life import Act, Promise, State, acts_of, most_rounds
from tuntas.rules.recall import can_be_called_back, can_be_undone
from tuntas.rules.redaction import redact
from tuntas.rules.thread import Json, tell_answers, tell_promises, tell_times
from tuntas.rules.who import Actor, may_know_name, may_read_notes, may_read_original
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


def track_view(report: Report, *, language: Language, now: datetime, code: str = "") -> Json:
    """Return the reporter's own view. Needs no query beyond the report itself, unless that is sealed.

    code   as it was typed: it opens a sealed report that was closed here
    """
    opened = opened_by_code(report, code) if code and report.is_restricted else None
    if opened is not None:
        events = list(report.events.order_by("id"))
        report.thread = {**opened.thread(report.received_at, events), **_kept(report.thread)}
    view = {
        **_common(report, language, now, to_reporter=True),
        "ref": None,  # a ref is for staff
        "title": report.title or report.public_title or None,
        "body": report.body,
        "messages": tell_times(report.thread["messages"], report.received_at),
        "photos": [{"file_id": file} for file in report.thread.get("photos", [])],
        "attachments": report.thread.get("attachments", []),
        "acts": possible_acts(Actor(report_id=report.pk), report, now=now),
        "looks": tell_times(report.thread.get("looks", []), report.received_at),
        "parts": parts_of(report),
        "state": report.state,
    }
    return view if opened is None else view | {"title": opened.title or None, "body": opened.body}


def _kept(thread: Json) -> Json:
    """Return what of a thread is no words: clocks, and who looked."""
    return {name: thread[name] for name in ("promises", "looks") if name in thread}


def events_of(report: Report) -> list[Event]:
    """Return what happened to a report, the oldest first, with who did it and the photos. Two queries."""
    return list(report.events.select_related("by", "instead_of").prefetch_related("files").order_by("id"))


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
        "notes": notes_of(events, actor, report) if may_read_notes(actor, report) else [],
        "photos": [photo_of(file, event, report) for event in events for file in in_order(event) if is_seen(file)],
        "attachments": [
            {**named(attached(file), own_words), "act": event.act}
            for event in events
            for file in in_order(event)
            if not is_seen(file)
        ],
        "proposed_answer": proposal_of(report, events),
        "classification": report.classification or None,
        "location_text": report.location_text if own_words else redact(report.location_text),
        "lat": report.lat,
        "lng": report.lng,
        "event_date": report.event_date,
        "offered_to": installation().slug_of(report.offered_to_id) or None,
        "refusal_count": report.refusal_count,
        "awaits_arbiter": report.awaits_arbiter,
        "is_arbitrated": report.is_arbitrated,
        "target_agency": installation().slug_of(report.target_agency_id) or None,
        "supports": lead_of(report),
        "doubts": report.doubts,
        "channel": report.channel,
        "language": report.language,
        "parts": parts_told(report),
        "awaits_audience": report.awaits_audience,
        "acts": possible_acts(actor, report, now=now, last_by=events[-1].by_id),
    }
    if may_know_name(actor, report):
        view["reporter"] = reporter_of(report)
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
        "doubts": report.doubts,
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
    if waits_for_coordinator(actor, report) or is_bound(actor, report):
        over.add(Act.TRANSFER)
    if not _is_recallable(report, now, is_writer=last_by in (None, actor.person_id)):
        over.add(Act.RECALL)
    if not report.is_held:
        over.add(Act.RELEASE)
    if not report.is_led:
        over.add(Act.UNMERGE)
    over |= _over_beside(actor, report, promises.get(Promise.INFORMATION, ""))
    allowed = acts_of(actor, report)
    if Act.ASK_IDENTITY in allowed and not _may_be_asked_for(report):
        over.add(Act.ASK_IDENTITY)
    return [act for act in allowed if act not in over]


def _over_beside(actor: Actor, report: Report, information: str) -> set[Act]:
    """Return which acts on parts, formal requests and letters there is nothing for now.

    information   how the promise of a formal request stands, "" where none runs
    """
    here, over = installation(), set[Act]()
    if not works_at(actor) & set(report.asked_ids):
        over |= {Act.DO_PART, Act.DECLINE_PART}
    if not report.asked_ids:
        over.add(Act.WITHDRAW_PART)
    if not report.awaits_audience:
        over.add(Act.ANSWER_AUDIENCE)
    if here.ppid_id is None or (report.holder_id == here.ppid_id and information in ("running", "paused")):
        over.add(Act.HAND_TO_PPID)
    acts = [line["act"] for line in report.thread["timeline"]]
    if information != "running" or Act.EXTEND_INFORMATION in acts[_last(acts, Act.HAND_TO_PPID) :]:
        over.add(Act.EXTEND_INFORMATION)
    return over


def _last(acts: list[str], act: Act) -> int:
    return len(acts) - acts[::-1].index(act) - 1 if act in acts else 0


def _may_be_asked_for(report: Report) -> bool:
    """Return whether the report has a hidden name that nobody asks for yet."""
    return report.is_anonymous and report.identity_asked_by_id is None and hasattr(report, "contact")


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
        "answers": tell_answers(report.thread["answers"], report.received_at),
        "promises": promises_of(report, now),
        "rating": report.rating,
        "followers": report.follower_count,
        "merged_into": _merged_into(report),
        "received_at": report.received_at,
        "updated_at": report.updated_at,
    }
    return view | {name: getattr(report, name) or _nothing(name) for name in ATTRIBUTES}


def _merged_into(report: Report) -> str | None:
    """Return the number of the report this one was merged into: its thread says it."""
    if report.merged_into_id is None:
        return None
    return next((line["into"] for line in reversed(report.thread["timeline"]) if line["act"] == Act.MERGE), None)


def parts_of(report: Report) -> list[str]:
    """Return the numbers of the reports that were made of this one: its thread says them."""
    return [number for line in report.thread["timeline"] for number in line.get("parts", ())]


def _nothing(name: str) -> Any:
    return False if name.startswith("is_") else 0 if name.endswith(("_level", "_count")) else None


def _label(report: Report, language: Language, *, to_reporter: bool) -> str:
    said = label_of(report.face, closed_by=report.closed_by, reason_code=report.reason_code, to_reporter=to_reporter)
    return said.in_(language)


def _message(message: Json, own_words: bool) -> Json:
    """Mask numbers of persons in a reporter's words for those who may not read the original."""
    if own_words or message["from"] != "reporter":
        return message
    masked = {**message, "text": redact(message["text"])}
    if "attachments" in message:
        masked["attachments"] = [named(file, own_words) for file in message["attachments"]]
    return masked


def named(attachment: Json, own_words: bool) -> Json:
    """Mask numbers of persons in the name of a file, too."""
    return attachment if own_words else {**attachment, "name": redact(attachment["name"])}


def _line(line: Json, own_words: bool) -> Json:
    """Mask numbers of persons in a reporter's words that stand in the timeline, as in the messages; why a name was
    opened is the reporter's to read."""
    line = {key: value for key, value in line.items() if key != "why"}
    if own_words or line["by"] != "pelapor" or not line.get("text"):
        return line
    return {**line, "text": redact(line["text"])}
