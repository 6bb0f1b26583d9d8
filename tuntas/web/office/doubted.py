"""What puts an answer in doubt, for whoever checks it: photos and words that were used before, side by side.

Nothing here blocks: two reports can be about one hole, and two answers about one rule. Somebody looks and decides.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tuntas.agencies.installation import installation
from tuntas.kit.words import Say
from tuntas.reports.print_queries import Twin, answer_like, hints_of, last_proposal, twins_of
from tuntas.rules.alike import marked
from tuntas.rules.evidence import Reuse
from tuntas.rules.thread import Json, is_reporters
from tuntas.rules.who import may_read
from tuntas.web.dates import say_day
from tuntas.web.office.open_report import Case
from tuntas.web.office.signed import Signed
from tuntas.web.office.tasks import CHECKS

if TYPE_CHECKING:
    from tuntas.reports.models import Event, Report

USED = Say(
    "Foto ini pernah dipakai di jawaban laporan {number} ({day}, {agency}).",
    "This photo was used in an answer to report {number} ({day}, {agency}).",
)
SENT = Say(
    "Foto ini pernah dikirim pelapor laporan {number} ({day}).",
    "This photo was sent by the reporter of report {number} ({day}).",
)
ELSEWHERE = Say("Foto ini pernah dipakai di laporan lain.", "This photo was used in another report before.")
REPORTERS = Say(
    "Foto ini sama dengan foto pelapor. Ini bukan bukti sesudah dikerjakan.",
    "This photo is the same as the reporter's. It does not prove what was done since.",
)
EARLIER = Say(
    "Foto ini dari jawaban sebelum laporan dibuka lagi ({day}).",
    "This photo is from the answer before the report was opened again ({day}).",
)
HINTED = Say(
    "Berkas ini menyebut dibuat dengan bantuan komputer ({hints}): petunjuk, bukan bukti.",
    "This file says that a computer helped to make it ({hints}): a hint, no proof.",
)
COPIED = Say(
    "Jawaban ini mirip dengan jawaban laporan {number} ({day}).",
    "This answer is like the one to report {number} ({day}).",
)
COPIED_BEFORE = Say(
    "Jawaban ini mirip dengan jawaban sebelum laporan dibuka lagi ({day}).",
    "This answer is like the one before the report was opened again ({day}).",
)
COPIED_ELSEWHERE = Say(
    "Jawaban ini mirip dengan jawaban di laporan lain.", "This answer is like one in another report."
)


@dataclass(frozen=True, slots=True)
class Doors:
    """Which other reports somebody may open from a page, and where they and their photos lie."""

    lets_in: Callable[["Report"], bool]
    page: Callable[["Report"], str]
    photo: Callable[["Report", UUID], str]


@dataclass(frozen=True, slots=True)
class SeenBefore:
    """A photo that was used before, or says something of itself: two addresses to show, none where not theirs."""

    says: Say
    is_red: bool = False
    mine: str = ""
    theirs: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Copied:
    """An earlier answer beside this one, each in pieces with whether the other says it otherwise; none to be shown."""

    says: Say
    link: str = ""
    theirs: Sequence[tuple[str, bool]] = ()
    mine: Sequence[tuple[str, bool]] = ()


def field_doors(signed: Signed) -> Doors:
    """Return what those of an agency may open."""
    return Doors(
        lambda report: any(rule(signed.actor, report) for rule in CHECKS),
        lambda report: f"{signed.root}/instansi/cek/{report.name}",
        lambda report, file: f"{signed.root}/instansi/tugas/{report.name}/foto/{file}",
    )


def case_doors(case: Case) -> Doors:
    """Return what those of the desk may open."""
    root = case.signed.root
    return Doors(
        lambda report: may_read(case.signed.actor, report),
        lambda report: f"{root}/meja/kasus/{report.name}",
        lambda report, file: f"{root}/meja/kasus/{report.name}/foto/{file}.jpg",
    )


def doubts_of(report: "Report", proposal: Json | None, signed: Signed, doors: Doors) -> dict[str, Any]:
    """Return what the template of somebody who checks an answer needs; nothing while none waits.

    proposal   as the view tells it
    """
    if proposal is None or report.is_restricted:
        return {}
    files = [UUID(file) for file in proposal["files"]]
    seen = [_seen(twin, report, signed, doors) for twin in twins_of(files, report)]
    hinted = [
        SeenBefore(HINTED.fill(hints=", ".join(hints)), mine=doors.photo(report, file))
        for file, hints in hints_of(files).items()
    ]
    return {"seen_before": [*seen, *hinted], "copied": _copied(report, proposal["text"], signed, doors)}


def _seen(twin: Twin, report: "Report", signed: Signed, doors: Doors) -> SeenBefore:
    other, event = twin.file.report, twin.file.event
    if other is None or event is None:
        raise LookupError(f"photo {twin.file.pk} is no longer attached")  # it was asked for as one that is
    mine, day = doors.photo(report, twin.of), _day(event, signed)
    if twin.reuse is not Reuse.ELSEWHERE:
        is_red = twin.reuse is Reuse.REPORTERS
        says = REPORTERS if is_red else EARLIER.fill_each(day=day)
        return SeenBefore(says, is_red, mine, doors.photo(report, twin.file.pk))
    if not doors.lets_in(other):
        return SeenBefore(ELSEWHERE, mine=mine)
    name = Say(other.name, other.name)
    agency = installation().agencies[event.agency_id].name if event.agency_id else ""
    says = SENT if is_reporters(event.act, event.voice) else USED
    told = says.fill_each(number=name, day=day, agency=Say(agency, agency))
    # To see into a confidential report is recorded, so it takes opening it
    theirs = "" if other.is_secret else doors.photo(other, twin.file.pk)
    return SeenBefore(told, mine=mine, theirs=theirs, link=doors.page(other))


def _copied(report: "Report", text: str, signed: Signed, doors: Doors) -> Copied | None:
    event = last_proposal(report)
    if event is None or event.agency_id is None:
        return None
    found = answer_like(text, event.agency_id, report, before=event.pk)
    if found is None:
        return None
    other, day = found.report, _day(found, signed)
    pieces = (marked(found.text, text), marked(text, found.text))
    if other.pk == report.pk:
        return Copied(COPIED_BEFORE.fill_each(day=day), "", *pieces)
    if not doors.lets_in(other):
        return Copied(COPIED_ELSEWHERE)
    says = COPIED.fill_each(number=Say(other.name, other.name), day=day)
    return Copied(says, doors.page(other), *(((), ()) if other.is_secret else pieces))


def _day(event: "Event", signed: Signed) -> Say:
    return say_day(event.at.astimezone(signed.zone).date(), today=signed.now.astimezone(signed.zone).date())
