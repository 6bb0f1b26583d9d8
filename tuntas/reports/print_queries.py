"""Find photos and answers that were there before: cut, shrunk or changed a little, among a million.

Two rows of 64 bits that differ in seven at most agree in one quarter of sixteen bits but for one. So a look-up asks
the index for each quarter and its sixteen neighbours, 68 values, counts the bits of what comes back, and compares the
finer bits of what is left. An answer is looked up by its sketch (``rules.alike``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from tuntas.agencies.installation import installation
from tuntas.kit.likeness import MOST_APART, Likeness
from tuntas.reports.models import Event, File, FileState, Report
from tuntas.reports.prints import Print
from tuntas.rules.alike import LEAST_ALIKE, LEAST_SHARED, likeness, sketch_of
from tuntas.rules.evidence import Reuse
from tuntas.rules.life import Act, State
from tuntas.rules.thread import is_reporters

QUARTERS, WIDTH = 4, 16
MOST_FOUND, MOST_SHOWN = 200, 3
MOST_READ = 20  # answers compared word by word
# Written in two: asked for the first few in their order, the database would read the whole table in that order.
PHOTOS_LIKE = """
WITH near AS MATERIALIZED (SELECT id, file_id, bits, detail FROM reports_print WHERE chunks && %s::int[])
SELECT file_id, bits, detail FROM near WHERE bit_count((bits # %s)::bit(64)) <= %s ORDER BY id LIMIT %s
"""
ANSWERS_LIKE = """
WITH near AS MATERIALIZED (SELECT id, event_id, chunks FROM reports_print WHERE chunks && %s::int[])
SELECT event_id FROM near, LATERAL (SELECT count(*) n FROM unnest(chunks) c WHERE c = ANY(%s)) shared
WHERE event_id < %s AND shared.n >= %s ORDER BY shared.n DESC, id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Twin:
    """A photo that was there before another one, and what that means."""

    of: UUID
    file: File
    reuse: Reuse


def print_of_photo(file: File, look: Likeness) -> Print:
    """Return an unsaved print of a photo."""
    return Print(file=file, bits=_signed(look.bits), detail=look.detail, chunks=_quarters(look.bits))


def print_of_answer(event: Event) -> Print | None:
    """Return an unsaved print of an answer's words; None where they say little of their own."""
    chunks = None if event.agency_id is None else _sketch(event.text, event.agency_id)
    return Print(event=event, agency_id=event.agency_id, chunks=chunks) if chunks else None


def twins_of(file_ids: Sequence[UUID], report: Report) -> list[Twin]:
    """Return the photos that were there before these, three a photo at most, those of the reporter first.

    file_ids   photos that go with an answer to *report*, attached to it or not yet

    Of the same report only the reporter's count, and those of an answer from before it was opened again: who improves
    an answer may send the same photo again. One query, two for each photo, and one where the report was reopened.
    """
    prints = list(Print.objects.filter(file__in=file_ids).select_related("file")) if file_ids else []
    since = last_reopening(report) if prints and report.reopen_count else 0
    return [twin for each in prints for twin in _twins(each, report, since)]


def _twins(mine: Print, report: Report, since: int) -> list[Twin]:
    file, look = mine.file, _look(mine.bits, mine.detail)
    if file is None:
        raise LookupError(f"print {mine.pk} is of no photo")  # they were asked for by their photos
    found = [name for name, bits, detail in _photos_like(look) if _look(bits, detail).is_like(look)]
    files = File.objects.filter(pk__in=found, report__isnull=False, state=FileState.READY).exclude(pk=file.pk)
    if file.event_id is not None:
        files = files.filter(event_id__lt=file.event_id)
    rows = files.select_related("event", "report").order_by("event_id")
    twins = [Twin(file.pk, other, reuse) for other in rows if (reuse := _reuse(other, report, since)) is not None]
    return sorted(twins, key=lambda twin: list(Reuse).index(twin.reuse))[:MOST_SHOWN]


def _reuse(other: File, report: Report, since: int) -> Reuse | None:
    event = other.event
    if event is None:
        return None
    if other.report_id != report.pk:
        return Reuse.ELSEWHERE
    if is_reporters(event.act, event.voice):
        return Reuse.REPORTERS
    return Reuse.EARLIER if event.pk < since else None


def answer_like(text: str, agency_id: int, report: Report, *, before: int) -> Event | None:
    """Return the earlier answer of an agency that *text* is nearest to, or None where none is near.

    before   the event of the answer that *text* is of; of the same report count those from before it was reopened

    Two queries; one more where the report was reopened.
    """
    sketch = _sketch(text, agency_id)
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS_LIKE, [sketch, sketch, before, LEAST_SHARED, MOST_READ])
        found = [row[0] for row in cursor.fetchall()] if sketch else []
    if not found:
        return None
    since = last_reopening(report) if report.reopen_count else 0
    rows = Event.objects.filter(pk__in=found, is_sealed=False).select_related("report")
    near = [event for event in rows if event.report_id != report.pk or event.pk < since]
    best = max(near, key=lambda event: (likeness(event.text, text), event.pk), default=None)
    return best if best is not None and likeness(best.text, text) >= LEAST_ALIKE else None


def last_reopening(report: Report) -> int:
    """Return the event by which a report was last opened again, 0 where it never was."""
    acts = report.events.filter(act__in=(Act.REOPEN, Act.RATE), to=State.IN_PROGRESS)
    return acts.order_by("-id").values_list("id", flat=True).first() or 0


def last_proposal(report: Report) -> Event | None:
    """Return the answer that was given last."""
    return report.events.filter(act=Act.PROPOSE_ANSWER).order_by("-id").first()


def hints_of(file_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """Return what photos say of having been made by a machine; those that say nothing are left out."""
    rows = File.objects.filter(pk__in=file_ids).exclude(hints=[]) if file_ids else ()
    return {file.pk: file.hints for file in rows}


def forget_prints(report: Report) -> None:
    """Remove what a report's answers look like; what its photos look like goes with them."""
    Print.objects.filter(event__report=report).delete()


def _photos_like(look: Likeness) -> list[Any]:
    near = [chunk for quarter in _quarters(look.bits) for chunk in _neighbours(quarter)]
    with connection.cursor() as cursor:
        cursor.execute(PHOTOS_LIKE, [near, _signed(look.bits), MOST_APART, MOST_FOUND])
        found: list[Any] = cursor.fetchall()
    return found


def _quarters(bits: int) -> list[int]:
    """Return the quarters of the bits, each with its place in front."""
    return [place << WIDTH | bits >> WIDTH * place & (1 << WIDTH) - 1 for place in range(QUARTERS)]


def _neighbours(quarter: int) -> Iterator[int]:
    yield quarter
    yield from (quarter ^ 1 << bit for bit in range(WIDTH))


def _sketch(text: str, agency_id: int) -> list[int]:
    """Return the sketch of an answer, below nought: no photo is looked up by these."""
    templates = [template.text for template in installation().templates]
    return [-1 - number for number in sketch_of(text, templates, whose=agency_id)]


def _signed(bits: int) -> int:
    return bits - (1 << 64) if bits >> 63 else bits


def _look(bits: int | None, detail: bytes | memoryview | None) -> Likeness:
    return Likeness((bits or 0) & (1 << 64) - 1, bytes(detail or b""))
