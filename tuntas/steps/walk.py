"""The only writer of a report's state: event, state, clocks, files, story, words, notices, in one transaction."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.reports.models import Deadline, Event, File, FileState, Report, Voice
from tuntas.reports.referral_queries import end_referral
from tuntas.reports.side_task_queries import end_parts
from tuntas.rules.held import lets_through
from tuntas.rules.led import LEAVES
from tuntas.rules.life import ARROW, OPEN, Act, Arrow, Promise, State, Told
from tuntas.rules.who import DESK_ROLES, Actor, Role
from tuntas.steps.before import clocks_as_they_stand, is_recallable, remember
from tuntas.steps.clocks import turn_clocks
from tuntas.steps.enclose import enclose_files, enclose_words
from tuntas.steps.index import index
from tuntas.steps.lead import lead_on
from tuntas.steps.story import write_story
from tuntas.steps.tell import tell
from tuntas.steps.unattached import KEPT_UNATTACHED, NO_FILE

ASKS_CAUSE = frozenset({Act.INFORM, Act.START, Act.ARCHIVE, Act.PROPOSE_ANSWER, Act.FORWARD_EXTERNAL})
_MAY_BE_OUTSIDE = frozenset({State.FORWARDED_EXTERNAL, State.NEEDS_INFO})
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
    can_return: bool | None = None,
) -> Event:
    """Do *act* to a report that ``begin`` has locked; the step has set what else changes on it.

    to         where it leads, for acts with several ends
    late_cause why the promise to answer was missed, on the act that keeps it late
    without    clocks the act would turn, but this time does not
    agency_id  the agency that speaks, where the report no longer tells
    tells      who hears of it, where this time it is not those of the table
    can_return whether it can be taken back, where that was decided already

    What happens to a report that others were merged into happens to them, too. Raises Invalid for a missing cause or
    a file that cannot be attached.
    """
    arrow, before, data = ARROW[act], report.state, data or {}
    if act in LEAVES and "lead" not in data:
        report.is_led = False
    report.state = _destination(report, arrow, to)
    if State.AWAITING_VALIDATION not in (report.state, report.asked_from):
        report.awaits_signature = False
    clocks = list(Deadline.objects.filter(report=report).order_by("id"))
    stood = clocks_as_they_stand(clocks)
    can_return = is_recallable(act, by, report) if can_return is None else can_return
    _note_cause(act, clocks, by=by, late_cause=late_cause, now=now)
    clocks = turn_clocks(report, arrow, clocks, now=now, without=without)
    if before in _MAY_BE_OUTSIDE and State.FORWARDED_EXTERNAL not in (report.state, report.asked_from):
        end_referral(report.pk, now)
    if State(report.state) not in OPEN:
        report.awaits_audience = False
    if report.asked_ids and report.state == State.ARCHIVED:
        end_parts(report, now)
    report.updated_at = now
    if report.is_held and by.is_desk and lets_through(act, data):
        data, report.doubts = data | {"doubts": report.doubts}, []
    event = _write_event(report, act, before, by=by, now=now, text=text, data=data, agency_id=agency_id)
    if report.is_restricted:
        enclose_words(report.pk, event, text, now=now)
    report.recallable = act if can_return else ""
    if can_return:
        remember(report, event, stood)
    attach(file_ids, event, now=now, is_sealed=report.is_restricted)
    events = list(report.events.order_by("id"))
    write_story(report, events, clocks, File.objects.filter(report=report).order_by("received_at", "id"))
    report.save()
    index(report)
    tells = arrow.tells if tells is None else tells
    tell(report, event, tells, now=now)
    if report.merged_count:
        lead_on(report, event, before, by=by, now=now, late_cause=late_cause, tells=tells, without=without, walk=walk)
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
        instead_of_id=report.acts_for_id,
        voice=voice,
        agency_id=agency_id or usual,
        at=now,
        frm=before,
        to=report.state,
        face=report.face,
        text="" if report.is_restricted else text,
        data=data,
        is_sealed=report.is_restricted,
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
    return file.report_id is None and file.received_at > now - KEPT_UNATTACHED


def attach(file_ids: Sequence[UUID], event: Event, *, now: datetime, is_sealed: bool = False) -> None:
    """Attach uploaded photos to the event, each once and within a day of its upload. Raises Invalid."""
    if not file_ids:
        return
    if is_sealed:
        enclose_files(file_ids, event, now=now)
        return
    fresh = File.objects.filter(pk__in=file_ids, report=None, received_at__gt=now - KEPT_UNATTACHED).exclude(
        state=FileState.REJECTED
    )  # one that is still being checked is shown as that, and then as what it is
    if fresh.update(report=event.report_id, event=event) != len(set(file_ids)):
        raise Invalid.field("/file_ids", NO_FILE)
