"""Bring in reports of the past: rows of a table become reports that ended, a slice a transaction.

No clock starts, nobody is told, nothing enters a queue. A row that came before is passed over, so a table may be
brought in again, and a broken run goes on where it was.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from tuntas.agencies.installation import installation
from tuntas.kit.copied import copy_in
from tuntas.kit.words import Say
from tuntas.publications.models import Publication
from tuntas.reports.models import Import, Imported, Report
from tuntas.rules.led import goes_along
from tuntas.rules.life import Act
from tuntas.rules.past_columns import Column
from tuntas.rules.past_rows import PastReport, Refused, read_row
from tuntas.rules.thread import write_public_thread, write_thread
from tuntas.rules.who import is_public
from tuntas.steps.clocks import nearest_due
from tuntas.steps.past_lives import Found, Life, lead_life
from tuntas.steps.past_names import PastNames, make_past_agencies, read_past_names
from tuntas.steps.story import clocks_of, happenings_of, publication_fields

SLICE = 500  # rows a transaction
MOST_NAMED = 200  # names without a match that are counted one by one
LOCK = 0x696D_706F  # one slice at a time
SEALED = Say(
    "Topik “{name}” tersegel. Laporan ini tidak bisa masuk sebagai laporan biasa.",
    "The topic “{name}” is sealed. This report cannot come in as an ordinary one.",
)
Numbered = tuple[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Order:
    """How a table is brought in."""

    source: str  # rows are told apart within it
    columns: Mapping[Column, int]
    agencies: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    make_agencies: bool = False
    keep_open: bool = False
    publish: bool = False
    is_dry: bool = False


@dataclass
class Tally:
    """What became of rows."""

    taken: int = 0
    seen: int = 0  # that came before
    refused: int = 0
    unknown_ends: int = 0
    without_area: int = 0
    agencies_made: int = 0
    agencies: Counter[str] = field(default_factory=Counter)  # names that mean nothing here
    topics: Counter[str] = field(default_factory=Counter)
    first_day: str = ""

    def add(self, other: "Tally") -> None:
        """Count what became of more rows."""
        for name in ("taken", "seen", "refused", "unknown_ends", "without_area", "agencies_made"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.agencies = Counter(dict((self.agencies + other.agencies).most_common(MOST_NAMED)))
        self.topics = Counter(dict((self.topics + other.topics).most_common(MOST_NAMED)))
        self.first_day = min(filter(None, (self.first_day, other.first_day)), default="")

    def as_data(self) -> dict[str, Any]:
        """Return it as it is kept."""
        told = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: dict(value) if isinstance(value, Counter) else value for name, value in told.items()}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Tally":
        """Return it as it was kept."""
        counts = {name: Counter(data.get(name, {})) for name in ("agencies", "topics")}
        return cls(**{**data, **counts})


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken in."""

    line: int
    row: Sequence[str]
    why: Say


def import_reports(
    rows: Sequence[Numbered], order: Order, *, brought_by: Import | None, now: datetime, names: PastNames | None = None
) -> tuple[Tally, list[RefusedRow]]:
    """Take in one slice of a table: all that can be, in one transaction; return what became of each row.

    rows         at most SLICE, each with its number in the table
    brought_by   what they are brought in by; None where nothing is to be written
    names        what names mean here; found anew where none are given
    """
    names = names or read_past_names(order.agencies, order.topics)
    read, refused = read_rows(rows, order, names, now)
    tally = Tally(
        refused=len(refused), agencies=_unknown(past.agency for past in read if not names.agency(past.agency))
    )
    if order.make_agencies and tally.agencies:
        tally.agencies_made = len(tally.agencies)
        if not order.is_dry:
            make_past_agencies(tally.agencies)
            found = read_past_names(order.agencies, order.topics)
            names.agencies.update(found.agencies)
            tally.agencies = Counter()
    tally.topics = _unknown(past.topic for past in read if not names.topic(past.topic))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        fresh = _fresh(read)
        lives = [
            lead_life(past, _found(past, names), keep_open=order.keep_open, publish=order.publish, now=now)
            for past in fresh
        ]
        if lives and brought_by is not None and not order.is_dry:
            keep_lives(lives, brought_by)
    tally.taken, tally.seen = len(lives), len(read) - len(lives)
    tally.unknown_ends = sum(life.end_is_unknown for life in lives)
    tally.without_area = sum(life.report.area_id is None for life in lives)
    days = [life.report.received_at for life in lives]
    tally.first_day = min(days).astimezone(installation().zone).date().isoformat() if days else ""
    return tally, refused


def read_rows(
    rows: Sequence[Numbered], order: Order, names: PastNames, now: datetime
) -> tuple[list[PastReport], list[RefusedRow]]:
    """Return the rows that can be taken, and those that cannot."""
    zone, categories = installation().zone, installation().categories
    read, refused = [], []
    for line, row in rows:
        try:
            past = read_row(order.source, order.columns, row, zone=zone, now=now)
            category_id = names.topic(past.topic)
            if category_id is not None and categories[category_id].is_restricted:
                raise Refused(SEALED.fill(name=past.topic))
        except Refused as no:
            refused.append(RefusedRow(line, row, no.say))
        else:
            read.append(past)
    return read, refused


def _unknown(names: Iterable[str]) -> Counter[str]:
    return Counter(name for name in names if name)


def _fresh(read: Sequence[PastReport]) -> list[PastReport]:
    """Return the rows that never came before, each once."""
    once = {past.key: past for past in read}
    there = set(Imported.objects.filter(key__in=list(once)).values_list("key", flat=True))
    return [past for key, past in once.items() if key not in there]


def _found(past: PastReport, names: PastNames) -> Found:
    area_id = None
    if past.lat is not None and past.lng is not None and not past.area:
        area_id = installation().area_at(past.lat, past.lng)
    return Found(
        agency_id=names.agency(past.agency),
        category_id=names.topic(past.topic) or (names.other_id if past.topic else None),
        area_id=area_id or names.area(past.area, past.village, past.district),
        knows_topic=names.topic(past.topic) is not None,
    )


def keep_lives(lives: Sequence[Life], brought_by: Import, *, linked: Callable[[], None] = lambda: None) -> None:
    """Write reports with all that happened to them, with numbers where they have none.

    linked   binds the reports to each other, once they have their ids

    The caller holds the transaction.
    """
    report_ids = _next_ids("pg_get_serial_sequence('reports_report', 'id')", len(lives))
    _number([life.report for life in lives])
    for life, report_id in zip(lives, report_ids, strict=True):
        life.report.pk = report_id
    linked()
    happened = [event for life in lives for event in life.events]
    event_ids = _next_ids("pg_get_serial_sequence('reports_event', 'id')", len(happened))
    for event, event_id in zip(happened, event_ids, strict=True):
        event.pk = event_id
    for life in lives:
        for event in life.events:
            if event.act == Act.RECALL:  # it names the event that it took back by its place
                event.data["event"] = life.events[event.data["event"]].pk
        tell_life(life)
    copy_in([life.report for life in lives])
    copy_in(happened)
    copy_in([clock for life in lives for clock in life.clocks])
    copy_in([Imported(report_id=life.report.pk, key=life.key, brought_by=brought_by) for life in lives])
    copy_in(_publications(lives))


def tell_life(life: Life) -> None:
    """Bind events and clocks to their report, and write its thread."""
    report = life.report
    for event in life.events:
        event.report_id = report.pk
    for clock in life.clocks:
        clock.report_id = report.pk
    report.due_at = nearest_due(life.clocks)
    thread = write_thread(report.received_at, happenings_of(life.events, ()), clocks_of(life.clocks))
    report.thread = {**thread, "looks": []}


def _publications(lives: Sequence[Life]) -> list[Publication]:
    made = []
    for life in lives:
        report = life.report
        if is_public(report) and not goes_along(report):
            told = happenings_of(life.events, ()), clocks_of(life.clocks)
            fields = publication_fields(report, write_public_thread(report.received_at, *told))
            made.append(Publication(number=report.number or "", **fields))
    return made


def _number(reports: Sequence[Report]) -> None:
    """Give numbers of the reports' own years, rising with their receipt, from the counter that new ones use, too."""
    waiting = sorted((r for r in reports if not r.number and not r.is_restricted), key=lambda r: r.received_at)
    for report, number in zip(waiting, _next_ids("'report_number'", len(waiting)), strict=True):
        report.number = f"{report.received_at.astimezone(installation().zone):%y}-{number}"


def _next_ids(sequence: str, many: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nextval({sequence}) FROM generate_series(1, %s)", [many])  # noqa: S608  # our own names
        return sorted(row[0] for row in cursor.fetchall())
