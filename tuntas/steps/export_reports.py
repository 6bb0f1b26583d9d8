"""Give reports out as a table: in the 21 columns of SP4N-LAPOR!, or whole, for another installation of this program.

Names and contacts of reporters are in neither, nor are words of restricted and suspected reports.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import F, Q

from tuntas.agencies.installation import installation
from tuntas.reports.models import Deadline, Event, Referral, Report, ReportQuerySet
from tuntas.rules.life import State
from tuntas.rules.past_ends import SP4N_CLASSES, SP4N_REASONS, status_of
from tuntas.rules.reasons import GIVEN_BY_SYSTEM, ArchiveReason, Classification, ClosedBy
from tuntas.steps.past_records import record_of

WHOLE = ("number", "record", "received_at", "state", "category", "area", "agency", "title", "body")
# As the export of an administrator names them (DOMAIN 4); the last one stands for the two choices of privacy.
SP4N = (
    "Tracking ID",
    "Tanggal Laporan Masuk",
    "Waktu Laporan Masuk",
    "Sumber Laporan",
    "Judul Laporan",
    "Isi Laporan Awal",
    "Isi Laporan Akhir",
    "Provinsi",
    "Kota/Kab",
    "Kecamatan",
    "Kelurahan/Desa",
    "Instansi Induk",
    "ID Instansi Terdisposisi",
    "Instansi Terdisposisi",
    "Klasifikasi Laporan",
    "ID Kategori",
    "Kategori",
    "Nama Pelapor",
    "Status Laporan",
    "Alasan Tunda/Arsip",
    "Anonim/Rahasia",
)
SP4N_CHANNELS = {"web": "Website", "android": "Android", "ios": "iOS", "whatsapp": "Whatsapp", "sms": "SMS"}
AT_ONCE = 500


def count_exported(since: datetime | None, until: datetime | None, *, whole: bool) -> int:
    """Return how many reports a table of these days would hold."""
    return _chosen(since, until, whole=whole).count()


def sp4n_rows(since: datetime | None, until: datetime | None) -> Iterator[list[str]]:
    """Yield the head and the rows of the 21 columns, the oldest first; restricted and suspected ones stay out."""
    yield list(SP4N)
    for reports in _slices(since, until, whole=False):
        said = _said(reports)
        yield from (_sp4n(report, said[report.pk]) for report in reports)


def whole_rows(since: datetime | None, until: datetime | None) -> Iterator[list[str]]:
    """Yield the head and the rows of a table with everything a report is; those that lead others come first."""
    yield list(WHOLE)
    for reports in _slices(since, until, whole=True):
        yield from _records(reports)


def _chosen(since: datetime | None, until: datetime | None, *, whole: bool) -> ReportQuerySet:
    days = Q() if since is None else Q(received_at__gte=since)
    days &= Q() if until is None else Q(received_at__lt=until)
    plain = Q() if whole else Q(is_restricted=False, is_suspected=False)
    return Report.objects.filter(days & plain)


def _slices(since: datetime | None, until: datetime | None, *, whole: bool) -> Iterator[list[Report]]:
    """Yield reports a slice at a time: whole ones after those they hang on, others by receipt."""
    chosen = _chosen(since, until, whole=whole)
    hanging = ("merged_into_id", "supports_id", "split_from_id")
    order = [F(name).asc(nulls_first=True) for name in hanging] if whole else []
    ids = list(chosen.order_by(*order, "received_at", "id").values_list("pk", flat=True))
    for some in (ids[n : n + AT_ONCE] for n in range(0, len(ids), AT_ONCE)):
        found = Report.objects.select_related("supports", "merged_into", "split_from").in_bulk(some)
        yield [found[pk] for pk in some if pk in found]


def _records(reports: Sequence[Report]) -> Iterator[list[str]]:
    here, ids = installation(), [report.pk for report in reports]
    events, clocks, ways = defaultdict(list), defaultdict(list), defaultdict(list)
    for event in Event.objects.filter(report__in=ids).select_related("by").order_by("id"):
        events[event.report_id].append(event)
    for clock in Deadline.objects.filter(report__in=ids).order_by("id"):
        clocks[clock.report_id].append(clock)
    for way in Referral.objects.filter(report__in=ids).order_by("id"):
        ways[way.report_id].append(way)
    for report in reports:
        record = record_of(report, events[report.pk], clocks[report.pk], ways[report.pk])
        told = record["report"]
        yield [
            report.name,
            json.dumps(record, ensure_ascii=False, separators=(",", ":")),
            report.received_at.astimezone(here.zone).isoformat(),
            report.state,
            told["category"],
            told["area"],
            told["holder_id"],
            told["title"],
            told["body"],
        ]


def _said(reports: Sequence[Report]) -> dict[int, str]:
    """Return the words of the last archiving of each report that was archived."""
    archived = [report.pk for report in reports if report.state == State.ARCHIVED]
    events = Event.objects.filter(report__in=archived, to=State.ARCHIVED).order_by("id")
    return defaultdict(str) | {event.report_id: event.text for event in events}


def _sp4n(report: Report, said: str) -> list[str]:
    here = installation()
    at = report.received_at.astimezone(here.zone)
    agency = here.agencies[report.holder_id] if report.holder_id else None
    topic = here.categories[report.category_id] if report.category_id else None
    places = _places(report.area_id)
    above = here.agencies[agency.parent_id] if agency and agency.parent_id else None
    kind = Classification(report.classification) if report.classification else None
    return [
        report.number or "",
        f"{at:%d-%m-%Y}",
        f"{at:%H:%M:%S}",
        SP4N_CHANNELS.get(report.channel, report.channel),
        report.title or report.public_title,
        report.body,
        report.public_text,
        *(places[level] for level in (1, 2, 3, 4)),
        above.name if above else "",
        str(agency.id) if agency else "",
        agency.name if agency else "",
        SP4N_CLASSES[kind] if kind else "",
        str(topic.id) if topic else "",
        topic.name.id if topic else "",
        "",  # who reported stays here
        _status(report),
        _reason(report, said),
        ", ".join(word for word, is_so in (("Anonim", report.is_anonymous), ("Rahasia", report.is_secret)) if is_so),
    ]


def _places(area_id: int | None) -> dict[int, str]:
    """Return the names of a place and of those around it, by how many parts their code has."""
    here, found = installation(), defaultdict(str)
    code = here.area_names[area_id][0] if area_id else ""
    while code:
        if code in here.areas:
            found[code.count(".") + 1] = here.area_names[here.areas[code]][1]
        code = code.rpartition(".")[0]
    return found


def _status(report: Report) -> str:
    if report.state != State.ARCHIVED:
        return status_of(report.state, report.closed_by)
    reason = ArchiveReason(report.reason_code)
    by = ClosedBy.SYSTEM if reason in GIVEN_BY_SYSTEM else ClosedBy.AGENCY_ADMIN
    return status_of(report.state, ClosedBy.REPORTER if reason is ArchiveReason.BY_REPORTER else by)


def _reason(report: Report, said: str) -> str:
    """Return why a report is not handled, the reason first and then the words that were said."""
    if report.state != State.ARCHIVED:
        return ""
    reason = SP4N_REASONS[ArchiveReason(report.reason_code)]
    return said if said.startswith(reason) else f"{reason}. {said}".strip() if said else reason
