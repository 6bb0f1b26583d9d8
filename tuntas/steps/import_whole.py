"""Take in reports that another installation of this program wrote out, each as it was: ``steps.past_records``."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from tuntas.agencies.installation import installation
from tuntas.kit.ids import new_code
from tuntas.kit.words import Say
from tuntas.people.models import Person
from tuntas.publications.models import Joined
from tuntas.reports.codes import code_hash
from tuntas.reports.models import Event, Import, Imported, Referral, Report, Voice
from tuntas.rules.led import goes_along
from tuntas.rules.life import OPEN, Act, State
from tuntas.rules.past_columns import Column
from tuntas.rules.past_rows import key_of
from tuntas.rules.reasons import ArchiveReason
from tuntas.rules.thread import write_public_thread
from tuntas.rules.who import is_public
from tuntas.steps.import_reports import LOCK, Numbered, Order, RefusedRow, Tally, keep_lives
from tuntas.steps.lead import keep_as_it_stands
from tuntas.steps.past_lives import UNKNOWN_END, Life
from tuntas.steps.past_names import PastNames, make_past_agencies, make_past_topics
from tuntas.steps.past_records import FORM, LINKS, clocks_in, events_of, report_of
from tuntas.steps.story import clocks_of, happenings_of, publication_fields
from tuntas.steps.submit import ref_of

NO_RECORD = Say("Baris ini tidak lengkap, atau dibuat versi lain.", "This row is not whole, or of another version.")
Json = dict[str, Any]


def import_whole(
    rows: Sequence[Numbered], order: Order, *, brought_by: Import | None, now: datetime, names: PastNames | None = None
) -> tuple[Tally, list[RefusedRow]]:
    """Take in one slice, in one transaction; a number stays what it was where it is free here.

    brought_by   what they are brought in by; None where nothing is to be written
    """
    records, refused = read_records(rows)
    tally = Tally(refused=len(refused))
    if not order.is_dry:
        _make_gone(records.values())
    people = dict(Person.objects.values_list("email", "pk"))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        there = set(Imported.objects.filter(key__in=list(records)).values_list("key", flat=True))
        lives = {
            key: _life(key, record, people, keep_open=order.keep_open, now=now)
            for key, record in records.items()
            if key not in there
        }
        if lives and brought_by is not None and not order.is_dry:
            _keep(lives, records, brought_by, now)
    tally.taken, tally.seen = len(lives), len(records) - len(lives)
    tally.unknown_ends = sum(life.end_is_unknown for life in lives.values())
    days = [life.report.received_at for life in lives.values()]
    tally.first_day = min(days).astimezone(installation().zone).date().isoformat() if days else ""
    return tally, refused


def read_records(rows: Sequence[Numbered]) -> tuple[dict[str, Json], list[RefusedRow]]:
    """Return the records of rows by their keys, and the rows that hold none."""
    records, refused = {}, []
    for line, row in rows:
        try:
            record = json.loads(row[1])
            if record["form"] != FORM:
                raise ValueError(record["form"])
            report_of(record), events_of(record, {}), clocks_in(record)
            date.fromisoformat(record["report"]["received_at"][:10])
        except (ValueError, KeyError, TypeError, IndexError):
            refused.append(RefusedRow(line, row, NO_RECORD))
        else:
            records[_key(record["government"], row[0])] = record
    return records, refused


def _key(government: str, number: str) -> str:
    return key_of(f"tuntas {government}", {Column.ID: 0}, [number])


def _make_gone(records: Iterable[Json]) -> None:
    """Make the agencies and topics that only old reports name."""
    here = installation()
    agencies = {slug: name for r in records for slug, name in r["gone"]["agencies"].items()}
    topics = {code: tuple(name) for r in records for code, name in r["gone"]["topics"].items()}
    if agencies.keys() - here.agency_by_slug.keys():
        make_past_agencies((), gone=agencies)
    if topics.keys() - here.category_by_code.keys():
        make_past_topics(topics)


def _life(key: str, record: Json, people: Mapping[str, int], *, keep_open: bool, now: datetime) -> Life:
    report, events, clocks = report_of(record), events_of(record, people), clocks_in(record)
    report.code_hash = code_hash(new_code())
    if record["government"] == installation().area_code:
        report.number = record["number"]
    is_unknown = report.state in OPEN and (report.is_restricted or not keep_open)
    if is_unknown:
        _end(report, events, now)
        for clock in clocks:
            clock.ended_at = clock.ended_at or (None if clock.kept_at else now)
    return Life(report, events, clocks, key, is_unknown)


def _end(report: Report, events: list[Event], now: datetime) -> None:
    """Archive a report that was open there: here nobody has it in hand."""
    before = report.state
    report.state, report.reason_code = State.ARCHIVED, ArchiveReason.EXPIRED
    report.asked_from = report.transferred_from = report.recallable = ""
    report.offered_to_id, report.awaits_arbiter, report.awaits_audience = None, False, False
    report.updated_at = now
    text = "" if report.is_restricted else UNKNOWN_END
    archived = Event(act=Act.ARCHIVE, voice=Voice.SYSTEM, at=now, frm=before, to=report.state, face=report.face)
    archived.text, archived.is_sealed = text, report.is_restricted
    archived.data = {"reason_code": ArchiveReason.EXPIRED.value}
    events.append(archived)


def _keep(lives: Mapping[str, Life], records: Mapping[str, Json], brought_by: Import, now: datetime) -> None:
    _free_numbers([life.report for life in lives.values()])
    _name_restricted([life.report for life in lives.values()])
    links = _links(lives, records)
    for life in lives.values():
        life.report.is_led = False
    keep_lives(list(lives.values()), brought_by, linked=lambda: _link(lives, records, links))
    for key, life in lives.items():
        for way in records[key]["referrals"]:
            event_id = life.events[way.pop("event")].pk
            Referral.objects.create(report_id=life.report.pk, event_id=event_id, **way)
        if goes_along(life.report):
            _join(life, records[key]["report"]["merged_into"])
            keep_as_it_stands(life.report, now)


def _free_numbers(reports: Sequence[Report]) -> None:
    """Take the number off reports whose number is another's here; let the counter go on behind those that stay."""
    numbers = [report.number for report in reports if report.number]
    taken = set(Report.objects.filter(number__in=numbers).values_list("number", flat=True))
    for report in reports:
        report.number = None if report.number in taken or report.is_restricted else report.number
    highest = max((int(report.number.split("-")[1]) for report in reports if report.number), default=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM report_number")
        if cursor.fetchone()[0] >= highest:
            return
        # A report is taken in by a statement that locks the table first, and then counts: here nobody counts meanwhile.
        cursor.execute("LOCK TABLE reports_report IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("SELECT setval('report_number', greatest(last_value, %s)) FROM report_number", [highest])


def _name_restricted(reports: Sequence[Report]) -> None:
    for report in reports:
        if report.is_restricted:
            year = report.received_at.astimezone(installation().zone).year % 100
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT {ref_of(year)}")  # our own words
                report.ref = cursor.fetchone()[0]


def _links(lives: Mapping[str, Life], records: Mapping[str, Json]) -> dict[str, int]:
    """Return the ids of reports that came earlier and that these name, by their key."""
    named = {
        _key(records[key]["government"], number)
        for key in lives
        for name in LINKS
        if (number := records[key]["report"][name])
    }
    return dict(Imported.objects.filter(key__in=named).values_list("key", "report_id"))


def _link(lives: Mapping[str, Life], records: Mapping[str, Json], earlier: Mapping[str, int]) -> None:
    """Bind reports to those they stand beside, went into or came from, once all have their ids."""
    ids = {**earlier, **{key: life.report.pk for key, life in lives.items()}}
    for key, life in lives.items():
        told = records[key]["report"]
        for name in LINKS:
            if told[name]:
                setattr(life.report, f"{name}_id", ids.get(_key(records[key]["government"], told[name])))
        life.report.is_led = bool(told["is_led"]) and life.report.merged_into_id is not None


def _join(life: Life, into: str) -> None:
    """Let everybody read a report that goes along with another where it goes."""
    report = life.report
    if not is_public(report):
        return
    told = happenings_of(life.events, ()), clocks_of(life.clocks)
    fields = publication_fields(report, write_public_thread(report.received_at, *told))
    Joined.objects.create(number=report.number or "", into=into, **fields)
