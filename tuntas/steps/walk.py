"""The only writer of a report's state: event, state, clocks, files, story, notices, in one transaction."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.reports.models import Deadline, Event, File, FileState, Report, Voice
from tuntas.rules.life import ARROW, Act, Arrow, Promise, State, Told
from tuntas.rules.who import DESK_ROLES, Actor, Role
from tuntas.steps.before import clocks_as_they_stand, is_recallable, remember
from tuntas.steps.clocks import turn_clocks
from tuntas.steps.story import write_story
from tuntas.steps.tell import tell

ASKS_CAUSE = frozenset({Act.INFORM, Act.START, Act.ARCHIVE, Act.PROPOSE_ANSWER})
HOURS_TO_ATTACH = 24
NO_FILE = Say(
    "Berkas ini tidak ada atau sudah dipakai. Unggah lagi.",
    "There is no such file, or it is used already. Upload it again.",
)
NO_CAUSE = Say(
    "Janji jawab sudah lewat. Pilih penyebabnya; pelapor akan melihatnya.",
    "The promise to answer was missed. Choose the cause; the reporter will see it.",
)


def walk(
    report: Report,
    act: Act,
    *,
    by: Actor,
    now: datetime,
    text: str = "",
    data: dict[str, Any] | None = None,
    file_ids: Sequence[UUID] = (),
    to: State | None = None,
    late_cause: str = "",
    without: Collection[Promise] = (),
    agency_id: int | None = None,
    tells: Collection[Told] | None = None,
) -> Event:
    """Do *act* to a report that ``begin`` has locked; the step has set what else changes on it.

    to         where it leads, for acts with several ends
    late_cause why the promise to answer was missed, on the act that keeps it late
    without    clocks the act would turn, but this time does not
    agency_id  the agency that speaks, where the report no longer tells
    tells      who hears of it, where this time it is not those of the table

    Raises Invalid for a missing cause or a file that cannot be attached.
    """
    arrow, before = ARROW[act], report.state
    report.state = _destination(report, arrow, to)
    if State.AWAITING_VALIDATION not in (report.state, report.asked_from):
        report.awaits_signature = False
    clocks = list(Deadline.objects.filter(report=report).order_by("id"))
    stood, can_return = clocks_as_they_stand(clocks), is_recallable(act, by, report)
    _note_cause(act, clocks, by=by, late_cause=late_cause, now=now)
    clocks = turn_clocks(report, arrow, clocks, now=now, without=without)
    report.updated_at = now
    event = _write_event(report, act, before, by=by, now=now, text=text, data=data or {}, agency_id=agency_id)
    report.recallable = act if can_return else ""
    if can_return:
        remember(report, event, stood)
    attach(file_ids, event, now=now)
    events = list(report.events.order_by("id"))
    write_story(report, events, clocks, File.objects.filter(report=report).order_by("received_at", "id"))
    report.save()
    tell(report, event, arrow.tells if tells is None else tells, now=now)
    return event


def _destination(report: Report, arrow: Arrow, to: State | None) -> State:
    if not arrow.to:
        return State(report.state)
    if to is None and len(arrow.to) == 1:
        return arrow.to[0]
    if to not in arrow.to:
        raise LookupError(f"{arrow.act} cannot lead to {to}")
    return to


def _note_cause(act: Act, clocks: list[Deadline], *, by: Actor, late_cause: str, now: datetime) -> None:
    """Keep why the answer is late on its clock; the first words after a missed promise must say it."""
    answer = next((c for c in clocks if c.promise == Promise.ANSWER and not c.kept_at and not c.ended_at), None)
    if act not in ASKS_CAUSE or by.is_system or answer is None or answer.cause:
        return
    if answer.missed_at is None and (answer.due_at is None or now <= answer.due_at):
        return
    if not late_cause:
        raise Invalid.field("/late_cause", NO_CAUSE)
    answer.cause = late_cause
    answer.save(update_fields=["cause"])


def _write_event(
    report: Report,
    act: Act,
    before: str,
    *,
    by: Actor,
    now: datetime,
    text: str,
    data: dict[str, Any],
    agency_id: int | None,
) -> Event:
    voice, usual = voice_of(report, by)
    return Event.objects.create(
        report=report,
        act=act,
        by_id=by.person_id,
        voice=voice,
        agency_id=agency_id or usual,
        at=now,
        frm=before,
        to=report.state,
        face=report.face,
        text=text,
        data=data,
    )


def voice_of(report: Report, by: Actor) -> tuple[Voice, int | None]:
    """Return in whose name *by* acts: the reporter's, the system's, the holding agency's or the desk's."""
    if by.is_system:
        return Voice.SYSTEM, None
    if by.report_id is not None or by.person_id is None:
        return Voice.REPORTER, None
    if report.holder_id is None or any(by.has(role, report.desk_id) for role in (*DESK_ROLES, Role.LEADER)):
        return Voice.DESK, report.desk_id
    return Voice.AGENCY, report.holder_id


def is_attachable(file: File, *, now: datetime) -> bool:
    """Return whether an uploaded photo still waits to be attached; after a day it is forgotten."""
    return file.report_id is None and file.received_at > now - timedelta(hours=HOURS_TO_ATTACH)


def attach(file_ids: Sequence[UUID], event: Event, *, now: datetime) -> None:
    """Attach uploaded photos to the event, each once and within a day of its upload. Raises Invalid."""
    if not file_ids:
        return
    fresh = File.objects.filter(
        pk__in=file_ids, report=None, state=FileState.READY, received_at__gt=now - timedelta(hours=HOURS_TO_ATTACH)
    )
    if fresh.update(report=event.report_id, event=event) != len(set(file_ids)):
        raise Invalid.field("/file_ids", NO_FILE)
