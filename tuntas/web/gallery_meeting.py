"""What the gallery shows of a rakor: invented points, in every state a decision can have."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from tuntas.agencies.installation import Installation
from tuntas.kit.words import Say
from tuntas.meetings.queries import Case
from tuntas.rules.agenda import Kind
from tuntas.web.office.meeting_told import Decided, Named, Point
from tuntas.web.office.meeting_words import PROPOSALS, TITLES, standing
from tuntas.web.office.suggested import targets

WRONG = Say("Tulis apa yang diputuskan", "Write what was decided")
WHAT = ("Buka loket KTP kedua", "Jadwal kuras drainase Jl. Melati", "Daftar ruas jalan dibagikan", "Pasang rambu")
CASES = (Case("26-00012", "Lubang di depan SDN Tegalsari"), Case("26-00040", ""))
BOX = Say("15 menit · PUPR, BPBD", "15 minutes · PUPR, BPBD")


def meeting_parts(here: Installation, now: datetime, is_wrong: bool) -> dict[str, Any]:
    """Return points of every kind, one with its form, and the tasks that come of them."""
    today = now.astimezone(here.zone).date()
    decided = tuple(_decided(n, what, today, here) for n, what in enumerate(WHAT))
    names = [here.agencies[here.desk_id].name, *(name for _, name in targets(here)[:2])]
    bars = tuple(
        {"word": Say(name, name), "n": n, "colour": "c4" if n > 10 else "c1", "link": "", "width": 100.0 * n / 19}
        for name, n in zip(names, (19, 14, 6), strict=True)
    )
    years = ({"name": names[0], "year": today.year, "n": 4, "first": today, "last": today + timedelta(days=40)},)
    points = (
        Point(1, Kind.LAST, TITLES[Kind.OVERDUE], BOX, earlier=decided),
        Point(2, Kind.OVERDUE, TITLES[Kind.OVERDUE], BOX, bars=bars, named=(Named(Say(names[0], names[0]), CASES),)),
        Point(3, Kind.BUDGET, TITLES[Kind.BUDGET], BOX, years=years, proposal=PROPOSALS[Kind.BUDGET]),
        Point(
            4,
            Kind.BROUGHT,
            TITLES[Kind.SILENT],
            BOX,
            sentence=TITLES[Kind.SILENT],
            why="Perlu satu penanggung jawab.",
            why_by="Dewi",
            named=(Named(None, CASES),),
            decisions=decided[:1],
            numbers=tuple(case.number for case in CASES),
        ),
    )
    meeting = SimpleNamespace(day=today.isoformat(), held_on=today, is_planned=False, is_ended=False)
    return {
        "points": points,
        "meeting": meeting,
        "may_decide": True,
        "agencies": targets(here),
        "typed_at": 4,
        "typed": {"keputusan": WHAT[0], "tenggat": today.isoformat()},
        "wrong": dict.fromkeys(("keputusan", "instansi", "tenggat", "orang", "laporan"), WRONG) if is_wrong else {},
        "meeting_tasks": [{"task": each, "meeting": meeting} for each in decided[1:]],
    }


def _decided(n: int, what: str, today: date, here: Installation) -> Decided:
    by_when, done_on = today + timedelta(days=(-3, -1, 7, 0)[n]), today if n == 0 else None
    stands = standing(by_when, done_on, today, here)
    return Decided(n + 1, what, "PUPR", by_when, stands, done_words="Sudah dibuka." if done_on else "")
