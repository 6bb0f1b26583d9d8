"""What the gallery shows of the inbox: invented reports, in every state a row, a queue or a proposal can have."""

from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.http import QueryDict

from tuntas.agencies.installation import Installation
from tuntas.kit.words import Say
from tuntas.people.duty import LeftNote, Waiting
from tuntas.reports.inbox_queries import MOST
from tuntas.rules.faces import Face
from tuntas.rules.keys import NAMES, USUAL
from tuntas.rules.suggesting import SELDOM, Sure
from tuntas.rules.urgency import marked
from tuntas.rules.words import FACES
from tuntas.web.citizen.drafted import Drafted
from tuntas.web.citizen.report_map import map_of, moved
from tuntas.web.forms import Mistakes
from tuntas.web.office.channels import CHANNELS
from tuntas.web.office.filters import choices, read_view
from tuntas.web.office.peek import EVERYBODY
from tuntas.web.office.queues import QUEUES, counted
from tuntas.web.office.rows import CLOSED_WORDS, FLAGS, NO_PLACE, Clock, Row
from tuntas.web.office.suggested import Offered
from tuntas.web.office.undo import Undoable

WRONG = Say("Pilih instansi yang akan menangani", "Choose the agency that shall handle it")
STORY = "Lubang besar di depan SDN Tegalsari. Kemarin ada anak sekolah jatuh dari motor."
WHY = Say("Kata “lubang”", "Word “hole”")
CLOCKS = (
    Clock("lewat", Say("lewat 1 j 38 m", "1 h 38 m late")),
    Clock("dekat", Say("sisa 2 j 40 m", "2 h 40 m left")),
    Clock("aman", Say("sisa 42 j", "42 h left")),
    Clock("jeda", Say("menunggu pelapor", "waiting for the reporter")),
    Clock("terpenuhi", Say("Tuntas", "Closed")),
)
AT = Say("Sel 12.48", "Tue 12:48")


def inbox_parts(here: Installation, now: datetime, is_wrong: bool) -> dict[str, Any]:
    """Return what the inbox is made of."""
    rows = [
        _row(f"26-{n}", flag, CLOCKS[n % len(CLOCKS)], is_unsure=n % 2 == 1) for n, flag in enumerate([*FLAGS, ""], 1)
    ]
    rows.append(replace(rows[-1], name="26-99", why=Say("Banyak tautan · Isi sama", "Many links · Same words")))
    counts = dict.fromkeys(QUEUES, 7) | {"di-instansi": MOST}
    mistakes = Mistakes([("ke", WRONG)] if is_wrong else [])
    return {
        "root": "",
        "keep": "",
        "from_start": "",
        "view": read_view(QueryDict("kategori=entah" if is_wrong else ""), here.zone),
        "groups": counted(counts, "perlu-dipilah"),
        "saved": [SimpleNamespace(name="Banjir dan drainase", query="q=banjir")],
        "rows": rows,
        "found": frozenset({"lubang"}),
        "peek": _peek(here, now, mistakes),
        "after_it": "",
        "keys": {name: key.upper() for name, key in zip(_names(), USUAL.values(), strict=True)},
        "key_list": [(NAMES[does], key.upper()) for does, key in USUAL.items()],
        "undos": [Undoable("26-1", Say("26-1 diteruskan ke Dishub.", "26-1 sent to Dishub."), True)],
        "refused": WRONG if is_wrong else None,
        "news": (1, 4, 100),
        "before": Waiting(2, (LeftNote(1, "Pohon tumbang di Tegalsari sudah diteruskan.", now, "Yuni Kartika"),)),
        "wrong": {"kategori": WRONG} if is_wrong else {},
        "mistakes": mistakes,
        **choices(here),
    }


def _names() -> list[str]:
    return [does.name.lower() for does in USUAL]


def _row(name: str, flag: str, clock: Clock, *, is_unsure: bool) -> Row:
    is_shut = flag == "pungli"
    title = CLOSED_WORDS if is_shut else "Jalan berlubang besar di depan SDN Tegalsari"
    place = NO_PLACE if flag == "kurang" else "Tegalsari"
    return Row(name, title, is_shut, "Dishub", is_unsure, place, CHANNELS["web"], 2, flag, clock, AT)


def _peek(here: Installation, now: datetime, mistakes: Mistakes) -> dict[str, Any]:
    lat, lng = (here.outlines[0][1].centroid.y, here.outlines[0][1].centroid.x) if here.outlines else (None, None)
    said = Drafted(lat=lat, lng=lng)
    slugs = list(here.agency_by_slug)[:3]
    offered = [
        Offered(slug, here.agency_by_slug[slug].short, "", sure, (WHY,), (SELDOM,) if sure is Sure.KECIL else ())
        for slug, sure in zip(slugs, reversed(Sure), strict=False)
    ]
    similar = SimpleNamespace(title="Genangan gang 3", number="25-17980", received_at=now, followers=14)
    return {
        "report": SimpleNamespace(due_at=now + timedelta(hours=42), received_at=now, is_anonymous=True),
        "name": "26-7",
        "title": "Jalan berlubang besar di depan SDN Tegalsari",
        "face": Face.DITERIMA,
        "label": FACES[Face.DITERIMA],
        "clock": CLOCKS[2],
        "channel": CHANNELS["web"],
        "privacy": EVERYBODY,
        "place": "Tegalsari",
        "pieces": marked(STORY),
        "photos": [],
        "map": map_of(here, moved(here, {}, said), said),
        "topics": choices(here)["topics"],
        "similar": [{"row": similar, "metres": 100}],
        "offered": offered,
        "agencies": [(slug, here.agency_by_slug[slug].name) for slug in slugs],
        "can": {"ask", "inform", "note"},
        "can_forward": True,
        "typed": {"ke": slugs[0], "ke_lain": "", "judul": "Jalan berlubang", "isi": STORY},
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
    }
