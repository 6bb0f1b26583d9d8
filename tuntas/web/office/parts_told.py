"""Parts that other agencies were asked for, as staff see them beside a report and on their lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tuntas.agencies.installation import installation
from tuntas.kit.words import Say
from tuntas.reports.side_task_queries import parts_of, parts_waiting_for
from tuntas.rules.thread import Json
from tuntas.web.office.signed import Signed
from tuntas.web.office.task_rows import DueClock, due_clock, title_of

if TYPE_CHECKING:
    from tuntas.reports.models import Report, SideTask

ENDED = {
    "done": DueClock("terpenuhi", Say("selesai", "done")),
    "declined": DueClock("jeda", Say("ditolak", "declined")),
    "withdrawn": DueClock("jeda", Say("dibatalkan", "withdrawn")),
}
HELD_BY = Say("bagian dari {number} ({holder} memegang laporan)", "part of {number} ({holder} has the report)")
HELD_BY_DESK = Say("bagian dari {number}", "part of {number}")


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part beside its report. ``ended_at`` none: it waits."""

    id: int
    agency: str
    text: str
    clock: DueClock
    asked_by: str
    asked_at: datetime
    ended_at: datetime | None
    words: str

    @property
    def key(self) -> str:
        """The id, as a form sends it."""
        return str(self.id)


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part on the list of the agency that was asked."""

    title: str
    text: str
    clock: DueClock
    of: Say
    address: str


def part_lines(report: "Report", *, now: datetime, zone: ZoneInfo) -> list[PartLine]:
    """Return the parts of a report, the oldest first. No query where none was ever asked for."""
    return [_line(part, now=now, zone=zone) for part in parts_of(report)]


def _line(part: "SideTask", *, now: datetime, zone: ZoneInfo) -> PartLine:
    return PartLine(
        id=part.pk,
        agency=installation().agencies[part.agency_id].name,
        text=part.text,
        clock=ENDED.get(part.state) or due_clock(part.due_at, now=now, zone=zone),
        asked_by=part.asked_by.name,
        asked_at=part.asked_at,
        ended_at=part.ended_at,
        words=part.words,
    )


def waiting(lines: Iterable[PartLine]) -> list[PartLine]:
    """Return those that still wait."""
    return [line for line in lines if line.ended_at is None]


def open_count(view: Json) -> int:
    """Return how many parts of a report wait, as its view for staff tells them."""
    return sum(part["state"] == "asked" for part in view["parts"])


def part_rows(signed: Signed) -> list[PartRow]:
    """Return what waits for somebody's agencies, the nearest day first. One query."""
    return [_row(part, signed) for part in parts_waiting_for(signed.actor)]


def _row(part: "SideTask", signed: Signed) -> PartRow:
    return PartRow(
        title=title_of(part.report, signed),
        text=part.text,
        clock=due_clock(part.due_at, now=signed.now, zone=signed.zone),
        of=held_by(part.report),
        address=f"{signed.root}/instansi/bagian/{part.pk}",
    )


def held_by(report: "Report") -> Say:
    """Return of which report something is a part, and who holds that."""
    if report.holder_id is None:
        return HELD_BY_DESK.fill(number=report.name)
    return HELD_BY.fill(number=report.name, holder=installation().agencies[report.holder_id].short)
