"""The minutes of a rakor as a PDF: what each point was about and what was decided, never how it stands by now."""

from typing import TYPE_CHECKING

from tuntas.agencies.installation import installation
from tuntas.kit.letters import Facts, Letter, written
from tuntas.rules.agenda import Kind
from tuntas.web.dates import say_day, say_day_long
from tuntas.web.office.meeting_told import Agenda, Decided, Point

if TYPE_CHECKING:
    from tuntas.meetings.models import Meeting

DECISIONS = ("Keputusan", "Penanggung jawab", "Tenggat")
EARLIER = (*DECISIONS, "Keadaan")


def minutes_of(meeting: "Meeting", agenda: Agenda) -> bytes:
    """Return the minutes as a PDF in Indonesian, as offices keep them."""
    here, parts = installation(), list[str | Facts]()
    for point in agenda.points:
        parts += _point(point)
    about = [("Waktu", agenda.when.id), ("Tempat", meeting.place)]
    about += [(name, said) for name, said in (("Dipimpin", meeting.led_by), ("Hadir", meeting.present)) if said]
    return written(
        Letter(
            title=f"Notulen rakor pengaduan {say_day_long(meeting.held_on).id}",
            sender=(f"Pemerintah {here.name.id}", "Notulen rakor pengaduan"),
            dated=f"{here.name.id}, {say_day_long(meeting.held_on).id}",
            about=Facts(about),
            to=(),
            parts=parts or ["Tidak ada butir untuk instansi ini."],
            signed=("Pemimpin rapat,", meeting.led_by or "", "(......................................)"),
        )
    )


def _point(point: Point) -> list[str | Facts]:
    heading = Facts([(f"{point.position}. {point.title.id}",)], widths=(1.0,), is_headed=True)
    said: list[str | Facts] = [heading]
    if point.sentence is not None:
        said.append(point.sentence.id)
    if point.why:
        said.append(f"{point.why_by}: {point.why}")
    if point.kind is Kind.LAST:
        said.append(_table(EARLIER, point.earlier))
    if point.bars:
        said.append(Facts([(bar["word"].id, str(bar["n"])) for bar in point.bars], widths=(0.6, 0.4)))
    for year in point.years:
        said.append(f"{year['name']}, anggaran {year['year']}: {year['n']} pekerjaan.")
    if point.decisions:
        said.append(_table(DECISIONS, point.decisions))
    elif point.is_decided_on:
        said.append("Tidak ada keputusan.")
    return said


def _table(head: tuple[str, ...], decided: tuple[Decided, ...]) -> Facts:
    with_state = len(head) == len(EARLIER)
    rows = [head]
    for each in decided:
        about = f" (laporan {each.number})" if each.number else ""
        row = (f"{each.what}{about}", each.who, say_day(each.by_when).id)
        rows.append((*row, each.standing.mark.id) if with_state else row)
    return Facts(rows, widths=(0.36, 0.22, 0.24, 0.18) if with_state else (0.46, 0.28, 0.26), is_headed=True)
