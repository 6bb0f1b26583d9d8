"""Write what can be read: the reporter's thread and everybody's publication, from the events and clocks."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from tuntas.agencies.installation import installation
from tuntas.publications.models import Joined, Publication
from tuntas.reports.happenings import happening_of
from tuntas.reports.models import Deadline, Event, File, Report
from tuntas.rules.cells import cell_of
from tuntas.rules.endings import closed_at
from tuntas.rules.evidence import Point
from tuntas.rules.led import goes_along
from tuntas.rules.life import Act, Promise
from tuntas.rules.recall import undone
from tuntas.rules.redaction import redact
from tuntas.rules.thread import Clock, Happening, is_let_out, write_public_thread, write_thread
from tuntas.rules.who import is_public


def write_story(report: Report, events: Sequence[Event], clocks: Iterable[Deadline], files: Iterable[File]) -> None:
    """Set the report's thread, unsaved, and write or remove its publication. Safe to repeat."""
    point = None if report.lat is None or report.lng is None else (report.lat, report.lng)
    happenings, hands = happenings_of(events, files, point), clocks_of(clocks)
    looks = report.thread.get("looks", [])
    report.thread = {**write_thread(report.received_at, happenings, hands), "looks": looks}
    if report.number is None:
        return
    published = Publication.objects.filter(number=report.number)
    into = next((h.data["into"] for h in reversed(happenings) if h.act is Act.MERGE), "")
    if into:
        Joined.objects.filter(number=report.number).delete()
    if not is_public(report):
        published.delete()
        return
    fields = publication_fields(report, write_public_thread(report.received_at, happenings, hands))
    if goes_along(report):
        published.delete()
        Joined.objects.create(number=report.number, into=into, **fields)
    elif not published.update(**fields):  # the report's lock keeps others out
        Publication.objects.create(number=report.number, **fields)


def retell(report: Report) -> None:
    """Write the story anew from what is stored; the caller holds the report's lock and saves it."""
    events = list(report.events.order_by("id"))
    write_story(report, events, report.deadlines.order_by("id"), report.files.order_by("received_at", "id"))


def happenings_of(events: Sequence[Event], files: Iterable[File], point: Point | None = None) -> list[Happening]:
    """Return the events as the thread needs them, each with its files; what was undone never happened.

    point   where the report lies
    """
    by_event, never = dict[int, list[File]](), undone(events)
    for file in files:
        if file.event_id is not None:
            by_event.setdefault(file.event_id, []).append(file)
    return [happening_of(event, by_event.get(event.pk, ()), point) for event in events if event.pk not in never]


def clocks_of(clocks: Iterable[Deadline]) -> list[Clock]:
    """Return the clocks that somebody still owes, kept or missed; dropped ones are not told."""
    return [
        Clock(clock.promise, clock.due_at, clock.kept_at, clock.missed_at, clock.cause, _length(clock))
        for clock in sorted(clocks, key=_by_start)
        if clock.ended_at is None or clock.missed_at is not None
    ]


def _length(clock: Deadline) -> tuple[int, str] | None:
    return None if clock.amount is None else (clock.amount, clock.unit)


def _by_start(clock: Deadline) -> tuple[datetime, int]:
    """Order clocks the same each time a story is told: those of one statement have ids in no order."""
    order = list(map(str, Promise))
    return clock.started_at, order.index(clock.promise) if clock.promise in order else len(order)


def publication_fields(report: Report, thread: dict[str, Any]) -> dict[str, Any]:
    """Return what everybody may read of a report. Title and text stay null until dispatch lets them out."""
    here = installation()
    is_out = bool(report.public_text) and is_let_out(thread["timeline"])
    cell = (None, None) if report.lat is None or report.lng is None else cell_of(report.lat, report.lng)
    return {
        "state": report.state,
        "face": report.face,
        "title": redact(report.public_title) if is_out else None,
        "text": redact(report.public_text) if is_out else None,
        "category": here.categories[report.category_id].code if report.category_id else "",
        "area": here.area_names[report.area_id][0] if report.area_id else "",
        "cell_y": cell[0],
        "cell_x": cell[1],
        "agency": here.slug_of(report.holder_id),
        "holder": here.slug_of(report.holder_id or report.desk_id),
        "closed_by": report.closed_by,
        "reason_code": report.reason_code,
        "rating": report.rating,
        "followers": report.follower_count,
        "is_late": any(told["promise"] == Promise.ANSWER and told.get("missed") for told in thread["promises"]),
        "received_at": report.received_at,
        "updated_at": report.updated_at,
        "closed_at": closed_at(thread["timeline"], report.received_at),
        "thread": thread,
    }
