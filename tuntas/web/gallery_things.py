"""What the demo's gallery shows: invented things, in every state a part can have."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from tuntas.agencies.installation import Installation
from tuntas.kit.qr import qr_svg
from tuntas.kit.words import Say
from tuntas.rules.faces import Face
from tuntas.rules.words import CLOSED_ACKNOWLEDGED, CLOSED_UNRATED, FACES, WITHDRAWN
from tuntas.statistics.told import Medians, Outcomes, Promised, Satisfaction, Whole
from tuntas.web.citizen.drafted import Drafted
from tuntas.web.citizen.effort import Effort
from tuntas.web.citizen.ombudsman_offer import OLD
from tuntas.web.citizen.report_map import map_of, moved
from tuntas.web.citizen.track_card import Card
from tuntas.web.citizen.track_told import Knot
from tuntas.web.clocks import Bar, Work
from tuntas.web.failures import Failure
from tuntas.web.forms import Mistakes
from tuntas.web.public.charts import area_map, bars_of, week_chart
from tuntas.web.public.periods import Period
from tuntas.web.strips import strip_of
from tuntas.web.typed import Chosen, Typed
from tuntas.web.villages import Choice

WRONG = Say("Tulis lebih jelas apa yang terjadi, sedikitnya satu kalimat", "Write more clearly, at least one sentence")
CODE = "7RK-4Q2-M9XZ"  # a picture of a code: its check symbol is wrong
LENGTH = Say("2×24 jam", "2×24 hours")
CLOCKS = {
    "aman": (Say("Sisa 41 jam", "41 hours left"), "15"),
    "dekat": (Say("Sisa 5 jam 48 menit", "5 hours 48 minutes left"), "88"),
    "lewat": (Say("Terlambat 3 jam", "3 hours late"), "94"),
    "jeda": (Say("Berhenti", "Stopped"), "40"),
    "terpenuhi": (Say("Ditepati", "Kept"), "36"),
}
SHAPES = (Face.TUNTAS, Face.DIRUJUK, Face.DIBUKA, Face.DITOLAK)  # those with a sign of their own on a map
STORY = "Lubang di depan SDN Tegalsari sudah sebulan.\nKemarin ada yang jatuh."
MATCHES = [("91.02", "Sukamaju, Tegalsari")]  # places whose name was looked for


def basics(here: Installation, now: datetime, is_wrong: bool) -> dict[str, Any]:
    """Return statuses, clocks, buttons, notices, figures."""
    ends = [(Face.TUNTAS, CLOSED_ACKNOWLEDGED), (Face.TUNTAS, CLOSED_UNRATED), (Face.DITOLAK, WITHDRAWN)]
    parts = ((Say("tepat waktu", "on time"), "ok", 212), (Say("terlambat", "late"), "late", 9))
    return {
        "statuses": [*FACES.items(), *ends],
        "clocks": [_bar(jam) for jam in CLOCKS],
        "parts": strip_of(*parts, (Say("belum jatuh tempo", "not due yet"), "mute", 31)),
        "wrong_code": WRONG if is_wrong else None,
        "tones": ("", "ok", "hati", "lewat", "luar", "redup"),
        "failure": Failure(422, WRONG),
        "code": CODE,
    }


def forms(here: Installation, now: datetime, is_wrong: bool) -> dict[str, Any]:
    """Return what the report form is made of."""
    lat, lng = _middle(here)
    said = Drafted(story=STORY, lat=lat, lng=lng, name="Sari", email="sari@warga.example")
    fields = ("cerita", "foto", "nama", "email", "hp", "pilih", "otp")
    mistakes = Mistakes([(f"contoh-{field}" if field in ("cerita", "pilih") else field, WRONG) for field in fields])
    near = SimpleNamespace(
        row=SimpleNamespace(
            number="25-18342", title="Lubang di Jl. Melati", received_at=now, followers=11, face=Face.DIKERJAKAN
        ),
        metres=100,
        label=FACES[Face.DIKERJAKAN],
    )
    return {
        "said": said,
        "draft": SimpleNamespace(link=""),
        "mistakes": mistakes if is_wrong else None,
        "wrong": dict.fromkeys(fields, WRONG) if is_wrong else {},
        "most_photos": 5,
        "map": map_of(here, moved(here, {}, said), said),
        "choice": Choice(path=[("91", "Tegalsari")], inside=[("91.01", "Sukamaju")], asked="sukamaju", matches=MATCHES),
        "near": [near],
        "fields": [Typed("cerita", STORY, "text", Say("Cerita Anda", "Your story")), Typed("sandi", "", "password")],
        "files": [Chosen("foto-lagi", ["dekat.jpg", "jauh.jpg"])],
        "address": "/demo/galeri",
        "typed_story": STORY,
        "effort": Effort(challenge="", solver="", ticket=""),
    }


def case(here: Installation, now: datetime, is_wrong: bool) -> dict[str, Any]:
    """Return what the page of one report is made of."""
    by = Say(here.agencies[here.desk_id].name, here.agencies[here.desk_id].name)
    looks = [
        {
            "agency": "Dinas PUPR",
            "who": Say("Petugas meja aduan", "Staff of the desk"),
            "did": Say("melihat nama", "saw the name"),
        }
    ]
    view: dict[str, Any] = {
        "face": Face.DIKERJAKAN,
        "state_label": FACES[Face.DIKERJAKAN].id,
        "number": "25-18342",
        "merged_into": "25-18301",
        "parts": ["25-18350", "25-18351"],
        "received_at": now,
        "followers": 11,
    }
    return {
        "view": view,
        "report": SimpleNamespace(is_anonymous=True, is_secret=False, is_restricted=False, state="answered"),
        "title": "Lubang di depan SDN Tegalsari",
        "place": "Tegalsari",
        "number": "25-18342",
        "cards": [_held(by, now, jam) for jam in CLOCKS],
        "knots": _knots(by, now),
        "acts": ["withdraw"],
        "goes_along": True,
        "why_ombudsman": OLD,
        "name_looks": [{**look, "at": now, "why": "Perlu bertemu saksi."} for look in looks],
        "word_looks": [],
        "wrong": dict.fromkeys(("puas", "komentar", "teks", "foto", "email"), WRONG) if is_wrong else {},
        "typed": STORY if is_wrong else "",
        "rate_until": now + timedelta(days=10),
        "label": Say("Tambahan Anda", "What you add"),
        "button": Say("Kirim tambahan", "Send"),
        "code": CODE,
        "qr": qr_svg(f"https://contoh.example/l/{CODE}"),
    }


def listed(here: Installation, now: datetime, is_wrong: bool) -> dict[str, Any]:
    """Return what the public list and its map are made of."""
    faces = ((Face.DIKERJAKAN, True, 0), (Face.TUNTAS, False, 90_000), (Face.DITERIMA, False, 0))
    counted = SimpleNamespace(n=1226, is_more=False)
    asked = SimpleNamespace(typed={"cari": "lubang"}, query="?cari=lubang", chosen=2, is_narrowed=True)
    shapes = {face: FACES[face] for face in (*SHAPES, Face.DITERIMA)}
    return {
        "rows": [_row(face, now, is_late=late, seconds=seconds) for face, late, seconds in faces],
        "found": frozenset({"lubang"}),
        "asked": asked,
        "path": "/laporan",
        "shown": counted,
        "first": "?",
        "next": "?kursor=x",
        "pills": [
            SimpleNamespace(link="?", is_current=n == 0, word=said, counted=counted)
            for n, said in enumerate((FACES[Face.TUNTAS], FACES[Face.DIRUJUK]))
        ],
        "map": {
            "window": SimpleNamespace(width=400, height=300),
            "areas": (map_of(here, moved(here, {}, Drafted()), Drafted()) or {}).get("areas", []),
            "marks": [
                SimpleNamespace(link="?", x=60 + 60 * n, y=150, n=1, shape=shape, size=9)
                for n, shape in enumerate(shapes)
            ]
            + [SimpleNamespace(link="?", x=340, y=90, n=17, shape="", size=18)],
            "key": shapes.items(),
            "is_cut": False,
            "unplaced": 3,
        },
    }


def figures(here: Installation, now: datetime, is_wrong: bool) -> dict[str, Any]:
    """Return what the page of figures is made of."""
    whole = Whole(
        received=252,
        promised=Promised(kept=212, missed=9, not_due=31),
        outcomes=Outcomes(acknowledged=80, unrated=30, open_again=6, waiting=12),
        satisfaction=Satisfaction({4: 40, 3: 25, 2: 10, 1: 5}, declared=128),
        reopened_percent=4,
    )
    month, week = now.date().replace(day=1), timedelta(days=7)
    periods = [
        Period("30-hari", month, now.date(), Say("30 hari", "30 days"), ""),
        Period("x", month, month, LENGTH, ""),
    ]
    row = _row(Face.TUNTAS, now, is_late=False, seconds=90_000)
    return {
        "whole": whole,
        "medians": Medians(9.5, 70, 6.1),
        "median_seconds": 34_200,
        "longest_seconds": 252_000,
        "parts": strip_of((LENGTH, "ok", 212), (WRONG, "late", 9)),
        "length": LENGTH,
        "late": "?",
        "outcomes": bars_of([(LENGTH, 80, "c1", ""), (WRONG, 30, "grey", "?"), (WRONG, None, "late", "")]),
        "ratings": [
            {**bar, "percent": bar["n"]} for bar in bars_of([(LENGTH, n, f"p{n % 4 + 1}", "") for n in (40, 7)])
        ],
        "offered": periods,
        "period": periods[0],
        "weeks": week_chart([(month + n * week, 30 + 7 * n % 11, 24 + 5 * n % 13) for n in range(9)]),
        "areas_map": area_map({code: 3 * n for n, code in enumerate(here.areas)}, here),
        "columns": [("nomor", Say("Nomor laporan", "Number of the report"))],
        "done": {**row, "photo": "x", "took": 90_000},
    }


def _row(face: Face, now: datetime, *, is_late: bool, seconds: int) -> dict[str, Any]:
    title = "" if face is Face.DITERIMA else "Lubang di depan SDN Tegalsari"
    report = SimpleNamespace(number="25-18342", title=title, received_at=now, is_late=is_late, followers=11)
    topic = Say("Jalan & jembatan", "Roads & bridges")
    row = {"report": report, "face": face, "label": FACES[face], "area": "Tegalsari", "topic": topic, "photo": ""}
    return {**row, "seconds": seconds, "holder": "" if seconds else "Dinas PUPR"}


def _middle(here: Installation) -> tuple[float, float]:
    if not here.outlines:
        return 0, 0
    point = here.outlines[0][1].centroid
    return point.y, point.x


def _bar(jam: str) -> Bar:
    mark, fill = CLOCKS[jam]
    return Bar(LENGTH, jam, mark, mark, fill, mark, LENGTH, mark)


def _held(by: Say, now: datetime, jam: str) -> dict[str, Any]:
    mark = CLOCKS[jam][0]
    card = Card(Say("Sekarang di tangan", "Now with"), by, (Say("Belum dibaca.", "Not read yet."),))
    return {"card": card, "bar": _bar(jam), "work": Work(Say("Pengerjaan", "The work"), jam, mark, (mark,))}


def _knots(by: Say, now: datetime) -> list[Knot]:
    hour = timedelta(hours=1)
    return [
        Knot(
            Say("Laporan dikirim", "Report sent"), at=now - 50 * hour, beside=Say("lewat web", "on the web"), own=STORY
        ),
        Knot(
            Say("Diteruskan", "Sent on"),
            kind="lewat",
            icon="jam",
            at=now - hour,
            beside=Say("terlambat 1 jam", "1 hour late"),
            words="Kami tambal pekan ini.",
            signed=by,
        ),
        Knot(Say("Dirujuk, tetap kami kawal", "Referred, still followed by us"), kind="luar", icon="keluar", at=now),
        Knot(Say("Dikerjakan", "In progress"), kind="kini", icon=""),
        Knot(Say("Anda menilai", "You rate it"), kind="nanti", icon=""),
    ]
