"""Which parts of the work of a report other agencies were asked for, and how they stand."""

from collections.abc import Iterable
from datetime import datetime

from tuntas.agencies.installation import installation
from tuntas.reports.models import Report, SideTask
from tuntas.reports.side_tasks import PartState
from tuntas.rules.life import Act
from tuntas.rules.thread import Json
from tuntas.rules.who import Actor, Role, may_read

MOST = 50  # open parts of one agency on its page


def parts_of(report: Report) -> list[SideTask]:
    """Return what other agencies were asked for, the oldest first; no query where none ever was."""
    if all(line["act"] != Act.ASK_PART for line in report.thread["timeline"]):
        return []
    return list(report.side_tasks.select_related("asked_by", "ended_by").order_by("id"))


def parts_told(report: Report) -> list[Json]:
    """Return the parts of a report as staff read them."""
    here = installation()
    return [
        {
            "part": part.pk,
            "agency": here.slug_of(part.agency_id),
            "text": part.text,
            "due_at": part.due_at,
            "state": part.state,
            "asked_at": part.asked_at,
            "ended_at": part.ended_at,
            "words": part.words or None,
        }
        for part in parts_of(report)
    ]


def works_at(actor: Actor) -> frozenset[int]:
    """Return the agencies in which *actor* does what other agencies ask for."""
    return actor.reach.get(Role.LIAISON, frozenset()) | actor.reach.get(Role.UNIT_HANDLER, frozenset())


def parts_waiting_for(actor: Actor) -> list[SideTask]:
    """Return what was asked of the agencies of *actor* and waits, the nearest day first, with the report. One query."""
    waiting = SideTask.objects.filter(agency__in=works_at(actor), state=PartState.ASKED).order_by("due_at", "id")
    found = waiting.select_related("report").defer("report__body", "report__public_text", "report__thread")
    return [part for part in found[:MOST] if may_read(actor, part.report)]


def part_for(actor: Actor, part_id: int) -> SideTask | None:
    """Return a part that was asked of an agency of *actor*, of a report they may read; None for any other."""
    part = SideTask.objects.select_related("report", "asked_by").filter(pk=part_id).first()
    if part is None or part.agency_id not in works_at(actor) or not may_read(actor, part.report):
        return None
    return part


def open_parts_of(reports: Iterable[Report]) -> dict[int, list[SideTask]]:
    """Return the parts that wait, by the id of their report; no query where none of them has any."""
    ids = [report.pk for report in reports if report.asked_ids]
    found: dict[int, list[SideTask]] = {}
    for part in SideTask.objects.filter(report__in=ids, state=PartState.ASKED).order_by("due_at") if ids else ():
        found.setdefault(part.report_id, []).append(part)
    return found


def note_helpers(report: Report) -> None:
    """Set, unsaved, which agencies are asked for a part of a report, and which may read it for that."""
    rows = list(SideTask.objects.filter(report=report).values_list("agency_id", "state"))
    report.asked_ids = sorted({agency for agency, state in rows if state == PartState.ASKED})
    report.helper_ids = sorted({agency for agency, state in rows if state in (PartState.ASKED, PartState.DONE)})


def end_parts(report: Report, now: datetime) -> None:
    """End what is still asked for, where the report is not handled any more; the report is not saved."""
    waiting = SideTask.objects.filter(report=report, state=PartState.ASKED)
    waiting.update(state=PartState.WITHDRAWN, ended_at=now)
    note_helpers(report)


def take_up_parts(report: Report, ended_at: datetime) -> None:
    """Undo that parts ended, where the act that ended them is undone; the report is not saved."""
    ended = SideTask.objects.filter(report=report, state=PartState.WITHDRAWN, ended_at=ended_at, ended_by=None)
    ended.update(state=PartState.ASKED, ended_at=None)
    note_helpers(report)
