"""One row of an agency's list: what it is, until when, where. One query, where others were asked for parts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tuntas.agencies.installation import installation
from tuntas.kit.words import Say
from tuntas.reports.side_task_queries import open_parts_of
from tuntas.reports.told import desk_row
from tuntas.rules.life import State
from tuntas.rules.redaction import redact
from tuntas.rules.who import may_read_original
from tuntas.web.clocks import ICONS, NEAR
from tuntas.web.dates import say_day, say_span
from tuntas.web.office.place_words import place_words
from tuntas.web.office.signed import Signed

if TYPE_CHECKING:
    from tuntas.reports.models import Report, SideTask

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BY = Say("batas {day}", "due {day}")
LEFT = Say("sisa {left}", "{left} left")
LATE = Say("lewat {late}", "{late} late")
NO_LIMIT = Say("tanpa batas waktu", "no time limit")
FLAGS = {
    # what a row waits for, where it is not the work itself
    State.TRANSFER_PENDING: Say("ditawarkan kepada Anda", "offered to you"),
    State.AWAITING_VALIDATION: Say("perlu tanda tangan", "to be signed"),
    State.REPORTER_REPLIED: Say("ditanggapi pelapor", "the reporter replied"),
    State.SCHEDULED: Say("dijadwalkan", "scheduled"),
}


@dataclass(frozen=True, slots=True)
class DueClock:
    """How near the limit is. ``jam``: aman, dekat, lewat or jeda."""

    jam: str
    mark: Say

    @property
    def icon(self) -> str:
        return ICONS[self.jam]


@dataclass(frozen=True, slots=True)
class TaskRow:
    """What a row shows; ``due_day`` and the point are for sorting on the phone."""

    number: str
    title: str
    place: str
    clock: DueClock
    flag: Say | None
    address: str
    due_day: str
    lat: float | None
    lng: float | None
    is_reopened: bool
    parts: tuple[tuple[str, DueClock], ...] = ()  # asked of other agencies: who, and until when


def task_rows(reports: Iterable["Report"], signed: Signed, *, checks: bool = False) -> list[TaskRow]:
    """Return the rows of a list; *checks* leads to the pages of those who check answers."""
    reports = list(reports)
    parts = open_parts_of(reports)
    return [_row(report, parts.get(report.pk, ()), signed, checks=checks) for report in reports]


def _row(report: "Report", parts: "Iterable[SideTask]", signed: Signed, *, checks: bool) -> TaskRow:
    signs = report.state == State.AWAITING_VALIDATION
    due = report.due_at
    return TaskRow(
        number=report.name,
        title=title_of(report, signed),
        place=place_of(report, signed),
        clock=due_clock(due, now=signed.now, zone=signed.zone),
        flag=None if checks else FLAGS.get(State(report.state)),
        address=f"{signed.root}/instansi/{'cek' if checks or signs else 'tugas'}/{report.name}",
        due_day="" if due is None else due.astimezone(signed.zone).date().isoformat(),
        lat=report.lat,
        lng=report.lng,
        is_reopened=report.is_reopened,
        parts=tuple(
            (installation().agencies[each.agency_id].short, due_clock(each.due_at, now=signed.now, zone=signed.zone))
            for each in parts
        ),
    )


def title_of(report: "Report", signed: Signed) -> str:
    """Return the desk's title; every report an agency sees has one."""
    return str(desk_row(report, signed.actor, language=signed.language)["title"] or report.name)


def place_of(report: "Report", signed: Signed) -> str:
    """Return the place in words: as the reporter described it, and the village."""
    said = report.location_text if may_read_original(signed.actor, report) else redact(report.location_text)
    area = installation().area_names[report.area_id][1] if report.area_id else ""
    return place_words(said, area)


def due_clock(due: datetime | None, *, now: datetime, zone: ZoneInfo) -> DueClock:
    """Return how near an instant is, in one unit: the day, or from six hours on what is left."""
    if due is None:
        return DueClock("jeda", NO_LIMIT)
    if due < now:
        return DueClock("lewat", LATE.fill_each(late=_rounded(now - due)))
    if due - now <= NEAR:
        return DueClock("dekat", LEFT.fill_each(left=_rounded(due - now)))
    day = say_day(due.astimezone(zone).date(), today=now.astimezone(zone).date())
    return DueClock("aman", BY.fill_each(day=day))


def _rounded(span: timedelta) -> Say:
    """Return ``2 hari`` or ``5 jam``; minutes only where there is no hour."""
    unit = DAY if span >= DAY else HOUR if span >= HOUR else timedelta(minutes=1)
    return say_span((span - span % unit).total_seconds())
