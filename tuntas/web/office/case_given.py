"""What a form of a case says: read as it was typed, checked against the lists, and put the way its step wants it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict

from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.words import Say
from tuntas.rules.life import Act
from tuntas.rules.reasons import GIVEN_BY_SYSTEM, ArchiveReason, Classification, LateCause, Outcome, TransferReason
from tuntas.rules.text import has_words
from tuntas.web.citizen.story_text import same_lines
from tuntas.web.forms import Mistakes
from tuntas.web.office import beside_forms, merge_forms
from tuntas.web.office.case_forms import ActForm, Part

DESK = "meja"  # among the agencies of an offer: back to the desk
LEVELS = ("1", "2", "3", "4")
GRANTED = {"setuju": True, "tolak": False}
CALLED = {"pelapor": "reporter", "instansi": "agency"}
FIELDS = {
    # the step's pointer: the field of the form
    "/text": "teks",
    "/file_ids": "foto",
    "/late_cause": "penyebab",
    "/reason_code": "alasan",
    "/outcome": "hasil",
    "/level": "tingkat",
    "/agency": "instansi",
    "/category": "topik",
    "/title": "judul",
    "/public_text": "teks_umum",
    "/call": "siapa",
    "/is_granted": "keputusan",
    "/is_again": "lagi",
    "/body": "badan",
    "/contact": "kontak",
    "/external_id": "nomor_luar",
    "/next_news_on": "kabar",
    **merge_forms.FIELDS,
    **beside_forms.FIELDS,
}
TYPED = (
    *("teks", "penyebab", "alasan", "hasil", "tingkat", "instansi", "topik", "klasifikasi", "judul", "teks_umum"),
    *("siapa", "tersambung", "sengaja", "keputusan", "lagi", "badan", "kontak", "nomor_luar", "kabar", "lanjut"),
    *merge_forms.TYPED,
    *beside_forms.TYPED,
)
CHOOSE: dict[str, Say] = {
    "alasan": Say("Pilih satu alasan", "Choose one reason"),
    "hasil": Say("Pilih bagaimana laporan ini berakhir", "Choose how the report ended"),
    "tingkat": Say("Pilih tingkatnya", "Choose the level"),
    "instansi": Say("Pilih instansi dari daftar", "Choose an agency of the list"),
    "topik": Say("Pilih topik dari daftar", "Choose a topic of the list"),
    "klasifikasi": Say("Pilih jenis dari daftar", "Choose a kind of the list"),
    "penyebab": Say("Pilih penyebabnya dari daftar", "Choose the cause of the list"),
    "siapa": Say("Pilih siapa yang ditelepon", "Choose who was called"),
    "keputusan": Say("Pilih setujui atau tolak", "Choose to grant or to refuse"),
    "badan": Say("Tulis ke mana laporan ini dirujuk", "Write where this report is referred"),
    "kontak": Say("Tulis siapa yang kita hubungi di sana", "Write whom we ask there"),
    "lanjut": Say("Pilih bagaimana kelanjutannya", "Choose how it goes on"),
    "kabar": Say("Pilih tanggal kabar berikutnya", "Choose the day of the next news"),
}
CLOSABLE = frozenset(Outcome)
STAYS, BACK, ANSWERED = "tetap", "kembali", "dijawab"  # how it goes on with what is outside


@dataclass
class Given:
    """One form as it was sent."""

    said: dict[str, str]
    photos: list[UUID] = field(default_factory=list)
    seen: int | None = None  # the newest event that the page had shown

    @property
    def text(self) -> str:
        return self.said["teks"]

    @property
    def is_confirmed(self) -> bool:
        return bool(self.said["sengaja"])


def read_given(post: QueryDict | Mapping[str, str], photos: list[UUID] | None = None) -> Given:
    """Return what was typed; lines end as they were typed, whichever browser sent them."""
    said = {name: same_lines(post.get(name, "")) for name in TYPED}
    seen = post.get("dilihat", "")
    is_number = seen.isascii() and seen.isdecimal() and len(seen) < 19
    return Given(said, photos or [], int(seen) if is_number else None)


def mistakes_in(form: ActForm, given: Given) -> Mistakes:
    """Return what was not chosen of a list, before any step is asked; steps look at the words themselves."""
    mistakes, said = Mistakes(), given.said
    for name, values in _lists(form).items():
        if said[name] not in values:
            mistakes.add(name, CHOOSE[name])
    if form.goes_outside:
        for name in ("badan", "kontak"):
            if not has_words(said[name]):
                mistakes.add(name, CHOOSE[name])
    if (form.goes_outside or (form.comes_from_outside and said["lanjut"] == STAYS)) and day_of(said["kabar"]) is None:
        mistakes.add("kabar", CHOOSE["kabar"])
    merge_forms.note_mistakes(form, said, mistakes)
    beside_forms.note_mistakes(form, said, mistakes)
    return mistakes


def day_of(text: str) -> date | None:
    """Return the day that a field for days says, or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _lists(form: ActForm) -> dict[str, frozenset[str]]:
    """Return the fields of a form that take one of a list, with what they take."""
    here = installation()
    agencies = frozenset(here.agency_by_slug)
    known: dict[Part, dict[str, frozenset[str]]] = {
        Part.REASON: {"alasan": frozenset(ArchiveReason) - GIVEN_BY_SYSTEM},
        Part.HANDING: {"alasan": frozenset(TransferReason)},
        Part.OUTCOME: {"hasil": CLOSABLE},
        Part.LEVEL: {"tingkat": frozenset(LEVELS)},
        Part.TARGET: {"instansi": agencies},
        Part.HELPER: {"instansi": agencies},
        Part.TARGET_BOUND: {"instansi": agencies},
        Part.TARGET_OR_DESK: {"instansi": agencies | {DESK}},
        Part.TOPIC: {"topik": frozenset({"", *here.category_by_code}), "klasifikasi": frozenset({"", *Classification})},
        Part.LATE: {"penyebab": frozenset({"", *LateCause})},
        Part.CALL: {"siapa": frozenset(CALLED)},
        Part.DECISION: {"keputusan": frozenset(GRANTED)},
        Part.FROM_OUTSIDE: {"lanjut": frozenset({STAYS, BACK, ANSWERED})},
    }
    return {name: values for part in Part if part in form.parts for name, values in known.get(part, {}).items()}


Body = Callable[[Given], dict[str, Any]]


def _of_typed(body_of: Callable[[Mapping[str, str]], dict[str, Any]]) -> Body:
    return lambda given: body_of(given.said)


BODIES: dict[str, tuple[Callable[..., object], Body]] = {
    # the form's slug: its step, and what the step is given besides report, by and now
    "jawab": (
        steps.inform,
        lambda g: _words(g) | _photos(g) | {"late_cause": g.said["penyebab"], "is_confirmed": g.is_confirmed},
    ),
    "catatan": (steps.note, lambda g: _words(g) | _photos(g)),
    "minta-data": (steps.ask, lambda g: _words(g) | _photos(g) | {"is_confirmed": g.is_confirmed}),
    "teruskan": (
        steps.dispatch,
        lambda g: {
            **_words(g),
            "agency": g.said["instansi"],
            "category": g.said["topik"] or None,
            "classification": g.said["klasifikasi"] or None,
            "title": g.said["judul"],
            "public_text": g.said["teks_umum"],
        },
    ),
    "teks": (steps.publish, lambda g: {"title": g.said["judul"], "public_text": g.said["teks_umum"]}),
    "telepon": (
        steps.note,
        lambda g: {**_words(g), "call": CALLED[g.said["siapa"]], "reached": g.said["tersambung"] == "ya"},
    ),
    "setujui": (steps.approve, lambda g: {}),
    "kembalikan": (steps.return_answer, lambda g: _words(g)),
    "terima": (steps.accept_transfer, lambda g: {}),
    "tolak": (steps.decline_transfer, lambda g: {**_words(g), "reason_code": g.said["alasan"]}),
    "alihkan": (
        steps.transfer,
        lambda g: {
            **_words(g),
            "reason_code": g.said["alasan"],
            "agency": None if g.said["instansi"] == DESK else g.said["instansi"],
            "is_again": bool(g.said["lagi"]),
        },
    ),
    "tentukan": (steps.arbitrate, lambda g: {**_words(g), "agency": g.said["instansi"]}),
    "rujuk": (
        steps.forward_external,
        lambda g: {
            **_words(g),
            "body": g.said["badan"],
            "contact": g.said["kontak"],
            "external_id": g.said["nomor_luar"],
            "next_news_on": day_of(g.said["kabar"]),
            "late_cause": g.said["penyebab"],
            "is_confirmed": g.is_confirmed,
        },
    ),
    "kabar-luar": (
        steps.outside_news,
        lambda g: {
            **_words(g),
            "external_id": g.said["nomor_luar"],
            "next_news_on": day_of(g.said["kabar"]) if g.said["lanjut"] == STAYS else None,
            "to_us": g.said["lanjut"] == BACK,
            "outcome": Outcome.ANSWERED.value if g.said["lanjut"] == ANSWERED else "",
            "is_confirmed": g.is_confirmed,
        },
    ),
    "minta-nama": (steps.ask_identity, lambda g: _words(g)),
    "putuskan-nama": (
        steps.decide_identity,
        lambda g: {**_words(g), "is_granted": GRANTED[g.said["keputusan"]]},
    ),
    "segel": (steps.seal, lambda g: _words(g)),
    "loloskan": (steps.release, lambda g: {}),
    "bukan-segel": (steps.clear, lambda g: _words(g)),
    "naikkan": (steps.escalate, lambda g: {**_words(g), "level": int(g.said["tingkat"])}),
    "buka-lagi": (steps.reopen, lambda g: _words(g) | _photos(g)),
    "tutup": (
        steps.close,
        lambda g: {**_words(g), "outcome": g.said["hasil"], "is_confirmed": g.is_confirmed},
    ),
    "tidak-diproses": (
        steps.archive,
        lambda g: {
            **_words(g),
            "reason_code": g.said["alasan"],
            "late_cause": g.said["penyebab"],
            "is_confirmed": g.is_confirmed,
        },
    ),
}
BODIES |= {slug: (step, _of_typed(body_of)) for slug, (step, body_of) in merge_forms.BODIES.items()}
BODIES |= beside_forms.BODIES


def _words(given: Given) -> dict[str, Any]:
    return {"text": given.text}


def _photos(given: Given) -> dict[str, Any]:
    return {"file_ids": given.photos}


def draft_of(form: ActForm) -> str:
    """Return under which name unsent words of a form are kept: its act's; a call has a name of its own."""
    return "call" if form.has(Part.CALL) else Act(form.act).value
