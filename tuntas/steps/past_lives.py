"""A report of the past as this program keeps it: what happened to it as events, and how its promises were kept.

The acts are those of the life table, in its order; no more is told than the table said. Nothing starts to run.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tuntas.agencies.installation import installation
from tuntas.kit.ids import new_code
from tuntas.reports.codes import code_hash
from tuntas.reports.models import Deadline, Event, Report, Voice
from tuntas.rules.clock import due_at
from tuntas.rules.life import Act, Promise, State
from tuntas.rules.past_ends import BY_REPORTER, BY_SYSTEM, End
from tuntas.rules.past_rows import PastReport
from tuntas.rules.reasons import ArchiveReason, ClosedBy, Outcome
from tuntas.rules.suspicion import is_suspected

UNKNOWN_END = "Dibawa dari sistem lama. Akhir laporan ini tidak tercatat di sana."
NOT_HANDLED = "Tidak diproses di sistem lama."


@dataclass
class Life:
    """A report, unsaved, with all that happened to it."""

    report: Report
    events: list[Event]
    clocks: list[Deadline]
    key: str
    end_is_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What the names in a row mean here; None where nothing is called so."""

    agency_id: int | None
    category_id: int | None
    area_id: int | None
    knows_topic: bool = True  # else its category is only the one for all others


def lead_life(past: PastReport, found: Found, *, keep_open: bool, publish: bool, now: datetime) -> Life:
    """Tell one report of the past. With *keep_open* an open one stays in work, else nobody knows how it ended."""
    report = _report(past, found, publish=publish)
    told = _Telling(report)
    told.add(Act.SUBMIT, past.received_at, Voice.REPORTER, State.SUBMITTED, data=_left_over(past, found))
    end = past.end or (End(State.CLOSED) if past.answered_at or past.closed_at else End(State.SUBMITTED))
    is_unknown = end.is_open and not keep_open
    if end.state is State.ARCHIVED:
        _archive(told, past, end)
    else:
        _work(told, past, end, answered_by=found.agency_id)
        if end.state is State.CLOSED:
            _close(told, past, end)
        elif is_unknown:
            report.reason_code, report.asked_from = ArchiveReason.EXPIRED, ""
            told.add(Act.ARCHIVE, now, Voice.SYSTEM, State.ARCHIVED, UNKNOWN_END, {"reason_code": report.reason_code})
    report.updated_at = told.events[-1].at
    clocks = _clocks(report, past, end_at=None if end.is_open and keep_open else report.updated_at, now=now)
    return Life(report, told.events, clocks, past.key, is_unknown)


class _Telling:
    """The events of a report, one after another; each begins where the one before left it."""

    def __init__(self, report: Report) -> None:
        self.report, self.events = report, list[Event]()
        report.state = ""

    def add(
        self,
        act: Act,
        at: datetime,
        voice: Voice,
        to: State | None = None,
        text: str = "",
        data: dict[str, Any] | None = None,
    ) -> None:
        before = self.report.state
        self.report.state = to or before
        agency = {Voice.DESK: self.report.desk_id, Voice.AGENCY: self.report.holder_id}.get(voice)
        self.events.append(
            Event(
                act=act,
                voice=voice,
                agency_id=agency,
                at=at,
                frm=before,
                to=self.report.state,
                face=self.report.face,
                text=text,
                data=data or {},
            )
        )


def _report(past: PastReport, found: Found, *, publish: bool) -> Report:
    suspected = is_suspected(past.title, past.body)
    is_out = publish and not suspected and not past.is_secret
    return Report(
        code_hash=code_hash(new_code()),
        is_anonymous=past.is_anonymous,
        is_secret=past.is_secret,
        is_suspected=suspected,
        title=past.title,
        body=past.body,
        public_title=past.title if is_out else "",
        public_text=(past.public_text or past.body) if is_out else "",
        channel=past.channel,
        category_id=found.category_id,
        classification=past.classification or "",
        location_text=past.place,
        area_id=found.area_id,
        lat=past.lat,
        lng=past.lng,
        desk_id=installation().desk_id,
        holder_id=found.agency_id,
        rating=past.rating,
        received_at=past.received_at,
    )


def _left_over(past: PastReport, found: Found) -> dict[str, Any]:
    """Return what the row said and has no place of its own here."""
    told = {
        "topic": "" if found.knows_topic else past.topic,
        "agency": "" if found.agency_id else past.agency,
        "area": "" if found.area_id else ", ".join(name for name in (past.village, past.district) if name),
    }
    return {"past": {name: text for name, text in told.items() if text}}


def _work(told: _Telling, past: PastReport, end: End, *, answered_by: int | None) -> None:
    """Tell what the desk and the agency did; without an agency that is known here, only that somebody answered."""
    answered_at = past.answered_at or (past.closed_at if past.answer else None)
    if answered_at is None and past.answer:
        answered_at = past.received_at
    needs_answer = end.state in (State.ANSWERED, State.REPORTER_REPLIED, State.IN_PROGRESS)
    if answered_by is None:
        if answered_at is not None:
            told.add(Act.INFORM, answered_at, Voice.DESK, text=past.answer)
        if end.state is State.NEEDS_INFO:
            _ask(told, past)
        return
    if end.state is State.NEEDS_INFO:
        _ask(told, past)
        return
    if end.state is State.SUBMITTED and past.end is not None:
        return
    begun = min(
        past.dispatched_at or past.received_at, answered_at or past.closed_at or past.dispatched_at or past.received_at
    )
    slug = installation().slug_of(answered_by)
    told.add(Act.DISPATCH, begun, Voice.DESK, State.DISPATCHED, data={"to_agency": slug})
    if answered_at is None and not needs_answer:
        return
    at = answered_at or begun
    told.add(Act.START, at, Voice.AGENCY, State.IN_PROGRESS)
    if past.answer or end.state in (State.ANSWERED, State.REPORTER_REPLIED):
        outcome = {"outcome": Outcome.ANSWERED}
        told.add(Act.PROPOSE_ANSWER, at, Voice.AGENCY, State.AWAITING_VALIDATION, past.answer, outcome)
        told.add(Act.APPROVE, at, Voice.DESK, State.ANSWERED, data=outcome)
        told.report.close_outcome = Outcome.ANSWERED
    if end.state is State.REPORTER_REPLIED:
        told.add(Act.REPLY, at, Voice.REPORTER, State.REPORTER_REPLIED)


def _ask(told: _Telling, past: PastReport) -> None:
    told.report.asked_from, told.report.ask_count = State.SUBMITTED, 1
    told.add(Act.ASK, past.received_at, Voice.DESK, State.NEEDS_INFO, past.reason_text)


def _close(told: _Telling, past: PastReport, end: End) -> None:
    report, last = told.report, told.events[-1].at
    report.closed_by = end.by
    report.close_outcome = Outcome.ANSWERED if past.end is None else end.outcome
    at = max(past.closed_at or last, last)
    if past.rating is not None and end.by is BY_REPORTER:
        told.add(Act.RATE, at, Voice.REPORTER, State.CLOSED, data={"rating": past.rating, "fixed": None})
        return
    told.add(Act.CLOSE, at, _voice(end.by), State.CLOSED, past.reason_text, {"outcome": report.close_outcome})


def _archive(told: _Telling, past: PastReport, end: End) -> None:
    report = told.report
    at = max(past.closed_at or past.answered_at or past.received_at, past.received_at)
    if end.by is BY_REPORTER:
        report.reason_code = ArchiveReason.BY_REPORTER
        told.add(Act.WITHDRAW, at, Voice.REPORTER, State.ARCHIVED, past.reason_text)
        return
    report.reason_code = past.reason or ArchiveReason.EXPIRED
    text = past.reason_text or past.answer or NOT_HANDLED
    told.add(Act.ARCHIVE, at, _voice(end.by), State.ARCHIVED, text, {"reason_code": report.reason_code})


def _voice(by: ClosedBy) -> Voice:
    return {BY_REPORTER: Voice.REPORTER, BY_SYSTEM: Voice.SYSTEM}.get(by, Voice.DESK)


def _clocks(report: Report, past: PastReport, *, end_at: datetime | None, now: datetime) -> list[Deadline]:
    """Return the promises as they would have run: the answer where the table tells of answers, the end where of ends.

    end_at   when nobody owed anything any more; None while it is still in work
    """
    clocks = []
    if past.tells_answers or past.answered_at or end_at is None:
        clocks.append(_clock(report, Promise.ANSWER, past.received_at, past.answered_at, end_at, now))
    if past.closed_at is not None and report.state == State.CLOSED and report.holder_id is not None:
        clocks.append(_clock(report, Promise.RESOLVE, past.received_at, past.closed_at, end_at, now))
    return [clock for clock in clocks if clock is not None]


def _clock(
    report: Report, promise: Promise, began: datetime, kept: datetime | None, end_at: datetime | None, now: datetime
) -> Deadline | None:
    here, agency_id = installation(), report.holder_id or report.desk_id
    length = here.length_of(
        promise, began, category_id=report.category_id, classification=report.classification, agency_id=agency_id
    )
    if length is None:
        return None
    due = due_at(began, length, here.calendar_of(agency_id))
    missed = due if (kept or now) > due else None
    clock = Deadline(promise=promise, unit=length.unit, amount=length.amount, started_at=began, due_at=due)
    clock.kept_at, clock.missed_at = kept, missed
    clock.ended_at = end_at if kept is None else None
    return clock
