"""What the gallery shows of a case as the desk has it: an invented one, with every part its pages can have."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from tuntas.agencies.installation import Installation
from tuntas.kit.words import Say
from tuntas.reports.ladder_queries import Climbed
from tuntas.rules.doubts import SAY, Doubt
from tuntas.rules.faces import Face
from tuntas.rules.ladder import USUAL
from tuntas.rules.life import Act, Promise
from tuntas.rules.lit import Light, Lit, Result
from tuntas.rules.manners import Place
from tuntas.rules.reason_words import ARCHIVE_REASONS, CLASSIFICATIONS, LATE_CAUSES
from tuntas.rules.urgency import marked
from tuntas.rules.words import FACES
from tuntas.web.forms import Mistakes
from tuntas.web.letter_words import KINDS
from tuntas.web.office.beside_forms import TYPED as BESIDE_TYPED
from tuntas.web.office.case_forms import ActForm, Part
from tuntas.web.office.case_given import read_given
from tuntas.web.office.case_history import Line
from tuntas.web.office.case_shared import Shared
from tuntas.web.office.case_told import Clock
from tuntas.web.office.case_words import OUTCOMES
from tuntas.web.office.ladder_told import ladder_line
from tuntas.web.office.merge_forms import TYPED, rows_of
from tuntas.web.office.merged import ALONE, ALONG, Member
from tuntas.web.office.parts_told import ENDED, PartLine
from tuntas.web.office.squares import COLUMNS
from tuntas.web.office.suggested import targets
from tuntas.web.office.task_rows import due_clock

STORY = "Kabel lampu jalan menjuntai rendah di depan SDN Tegalsari. Hubungi 0812-0000-0000."
WRONG = Say("Tulis sedikitnya satu kalimat.", "Write at least one sentence.")
FORM = ActForm(
    "jawab",
    Act.INFORM,
    Say("Semua isian", "All fields"),
    Say("Terkirim ke pelapor.", "Goes to the reporter."),
    Say("Jawaban untuk pelapor", "Answer to the reporter"),
    Say("Kirim jawaban", "Send answer"),
    frozenset(Part) - {Part.MAYBE_WORDS},
)
LIGHTS = (
    Lit(Light.RINGKAS, Result.OK, Say("43 kata dari paling banyak 120.", "Words: 43 of at most 120.")),
    Lit(Light.PADAT, Result.ADVISE, Say("Sebut kapan kabar berikutnya.", "Say when there is news.")),
    Lit(
        Light.SANTUN,
        Result.ADVISE,
        Say("Ganti kata kantor.", "Say it plainly."),
        (Place(0, 13, "dalam rangka", "untuk"),),
    ),
    Lit(Light.BUKTI, Result.OK, Say("Tidak wajib untuk kabar ini.", "Not needed for this.")),
    Lit(Light.DATA_PRIBADI, Result.BLOCK, Say("Ada nomor telepon.", "There is a phone number.")),
)


def case_page(here: Installation, now: datetime, is_wrong: bool) -> dict[str, Any]:
    """Return what the page of a case is made of."""
    fields = ("teks", "foto", "penyebab", "instansi", "topik", "klasifikasi", "judul", "teks_umum", "alasan", "hasil")
    outside = ("badan", "kontak", "nomor_luar", "lanjut", "kabar")
    wrong = dict.fromkeys((*fields, *outside, *TYPED, *BESIDE_TYPED, "tingkat", "siapa"), WRONG) if is_wrong else {}
    report = SimpleNamespace(name="26-1193", escalation_level=2, received_at=now - timedelta(days=2))
    return {
        **_form(here, now, wrong),
        "base": "/demo/galeri",
        "root": "",
        "report": report,
        "title": "Kabel lampu menjuntai",
        "view": {"face": Face.DIPERIKSA, "state_label": FACES[Face.DIPERIKSA].id, "followers": 3, "event_date": now},
        "clocks": _clocks(),
        "ladder": _ladder(here, now),
        "flag": Say("bahaya", "danger"),
        "flag_kind": "bahaya",
        "acts": {"decide_identity", "outside_news"},
        "referral": {
            "body": "PLN UP3 Cempaka",
            "contact": "Bagian pengaduan",
            "number": "G-1193",
            "on": now.date(),
            "missed": 1,
            "may_name": True,
        },
        "merged": {
            "lead": "",
            "along": 1,
            "may_part": True,
            "members": [
                Member("26-1201", "Kabel menjuntai di jalan", ALONG, True),
                Member("26-1204", "Kabel putus", ALONE.fill_each(state=FACES[Face.TUNTAS]), False),
            ],
        },
        "parts": _parts(now),
        "open_parts": _parts(now)[:1],
        "kinds_of_letter": list(KINDS.items()),
        "held": [SAY[Doubt.LINKS], SAY[Doubt.REPEATED]],
        "asked": SimpleNamespace(
            asked_by=SimpleNamespace(name="Agus Permana"), asked_at=now, why="Perlu bertemu saksi."
        ),
        "opened": SimpleNamespace(ends_at=now + timedelta(hours=20)),
        "others": [("Agus Permana", now - timedelta(minutes=5))],
        "pieces": marked(STORY),
        "privacy": Say("Umum", "Open"),
        "channel": Say("Situs", "Website"),
        "topic": next(iter(here.categories.values())).name,
        "area": "Tegalsari",
        "lines": [_line(now, act, is_internal=inside) for act, inside in ((Act.NOTE, True), (Act.INFORM, False))],
        "news": [{"name": None, "said": Say("Balas", "Reply"), "at": now, "text": "Masih ada satu lubang."}],
        "shared": Shared("Sudah ditambal.", 2, "Lina", now, "Sudah ditambal dan dibersihkan." if is_wrong else ""),
        "squares": [(c, r, c == r) for r in range(1, 4) for c in range(1, COLUMNS + 1)],
        "file": SimpleNamespace(width=1600, height=300),
    }


def _form(here: Installation, now: datetime, wrong: dict[str, Say]) -> dict[str, Any]:
    said = read_given({"teks": "Besok kami perbaiki.", "tingkat": "3", "judul_1": "Sampah menumpuk"}).said
    return {
        "form": FORM,
        "said": said,
        "leads": [SimpleNamespace(publication=SimpleNamespace(number="26-1170", title="Kabel lampu putus"))],
        "rows": rows_of(said, wrong),
        "wrong": wrong,
        "mistakes": Mistakes(list(wrong.items())) if wrong else None,
        "kept_at": now,
        "lights": LIGHTS,
        "may_confirm": True,
        "templates": here.templates[:2],
        "asks_cause": True,
        "causes": list(LATE_CAUSES.items()),
        "reasons": list(ARCHIVE_REASONS.items())[:3],
        "outcomes": list(OUTCOMES.items()),
        "levels": ("3", "4"),
        "agencies": targets(here)[:4],
        "topics": list(here.categories.values())[:4],
        "kinds": list(CLASSIFICATIONS.items()),
        "original": [(STORY[:67], False), (STORY[67:81], True)],
        "case": SimpleNamespace(here="/demo/galeri"),
    }


def _parts(now: datetime) -> list[PartLine]:
    said = ("Dinas Perhubungan", "Pasang rambu peringatan.")
    clocks = (due_clock(now - timedelta(days=1), now=now, zone=ZoneInfo("UTC")), ENDED["done"])
    return [
        PartLine(n, *said, clock, "Rudi Setiawan", now, now if n else None, "Sudah terpasang." if n else "")
        for n, clock in enumerate(clocks)
    ]


DOCUMENT = {"file_id": "", "kind": "document", "name": "surat.pdf", "state": "ready", "trouble_said": None}


def _clocks() -> list[Clock]:
    return [
        Clock(Say("dijawab petugas", "answered by a person"), "lewat", Say("Terlambat 4 jam", "4 hours late")),
        Clock(Say("selesai dikerjakan", "work finished"), "aman", Say("Sisa 3 hari", "3 days left")),
    ]


def _ladder(here: Installation, now: datetime) -> list[Say]:
    told = now - timedelta(hours=4)
    return [
        ladder_line(Climbed(promise, rung, told, rung.tells), zone=here.zone, now=now)
        for promise, rung in ((Promise.ANSWER, USUAL[-1]), (Promise.RESOLVE, USUAL[1]))
    ]


def _line(now: datetime, act: Act, *, is_internal: bool) -> Line:
    return Line(
        event=1,
        head=Say("Catatan internal", "Internal note") if is_internal else Say("Jawaban", "Answer"),
        at=now,
        who=Say("Dewi", "Dewi"),
        where=Say("meja aduan", "the complaint desk"),
        text="Sudah ditelepon lurah.",
        photos=(),
        attachments=(DOCUMENT,) if is_internal else (),
        is_internal=is_internal,
        is_undone=not is_internal,
        kind="",
        icon="catatan" if is_internal else "centang",
        captured_at=None if is_internal else now - timedelta(hours=1),
    )
