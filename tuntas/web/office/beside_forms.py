"""The forms beside the work on a case: parts asked of other agencies, formal information, letters and audiences."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from tuntas import steps
from tuntas.kit.words import Say
from tuntas.rules.life import Act
from tuntas.rules.reasons import LetterKind
from tuntas.rules.text import has_words
from tuntas.web.forms import Mistakes
from tuntas.web.office.act_form import ActForm, Part

P = Part
TYPED = (
    *("batas", "bagian", "jenis", "pengirim", "nomor_surat", "tanggal_surat"),
    *("audiensi", "hari", "tempat"),
)
FIELDS = {
    # the step's pointer: the field of the form
    "/due_on": "batas",
    "/part": "bagian",
    "/kind": "jenis",
    "/sender": "pengirim",
    "/number": "nomor_surat",
    "/dated": "tanggal_surat",
    "/on": "hari",
    "/place": "tempat",
}
ANSWERS = {"terima": True, "tolak": False}
NO_DAY = Say("Pilih tanggalnya", "Choose the day")
NO_PART = Say("Pilih bagian yang mana", "Choose which part")
NO_KIND = Say("Pilih jenis suratnya", "Choose the kind of letter")
NO_SENDER = Say("Tulis siapa pengirimnya", "Write who sent it")
NO_ANSWER = Say("Pilih diterima atau belum bisa", "Choose granted or not yet")


class Sent(Protocol):
    """A form of a case as it was sent."""

    @property
    def said(self) -> Mapping[str, str]: ...
    @property
    def photos(self) -> list[UUID]: ...
    @property
    def text(self) -> str: ...
    @property
    def is_confirmed(self) -> bool: ...


BESIDE: tuple[ActForm, ...] = (
    ActForm(
        "minta-bagian",
        Act.ASK_PART,
        Say("Minta bagian", "Ask for a part"),
        Say("Laporan tetap di pemegangnya.", "The report stays with its holder."),
        Say("Yang diminta; pelapor membacanya juga", "What is asked; the reporter reads it, too"),
        Say("Minta", "Ask"),
        frozenset({P.HELPER, P.DUE, P.WORDS}),
        icon="orang",
    ),
    ActForm(
        "batal-bagian",
        Act.WITHDRAW_PART,
        Say("Batalkan permintaan bagian", "Withdraw a part"),
        Say("Instansi itu diberi tahu.", "That agency is told."),
        Say("", ""),
        Say("Batalkan permintaan", "Withdraw it"),
        frozenset({P.PART}),
        icon="hapus",
    ),
    ActForm(
        "ppid",
        Act.HAND_TO_PPID,
        Say("Serahkan ke PPID", "Hand to the information officer"),
        Say(
            "Untuk permohonan informasi menurut UU 14/2008. Jam pengerjaan biasa berakhir.",
            "For information requests under UU 14/2008. The ordinary clocks end.",
        ),
        Say("Pesan untuk pelapor", "Words to the reporter"),
        Say("Serahkan", "Hand over"),
        frozenset({P.WORDS, P.LIGHTS}),
        icon="panah",
    ),
    ActForm(
        "perpanjang",
        Act.EXTEND_INFORMATION,
        Say("Perpanjang permohonan informasi", "Extend the information request"),
        Say("Tujuh hari kerja, satu kali saja.", "Seven working days, once only."),
        Say("Alasan untuk pelapor", "Reason, to the reporter"),
        Say("Perpanjang", "Extend"),
        frozenset({P.WORDS, P.LIGHTS}),
        icon="jam",
    ),
    ActForm(
        "surat",
        Act.RECEIVE_LETTER,
        Say("Catat surat", "Note a letter"),
        Say("Pelapor melihat siapa pengirimnya, bukan isinya.", "The reporter sees who sent it, not what it says."),
        Say("Isi ringkas, untuk petugas", "What it says, for staff"),
        Say("Simpan surat", "Save the letter"),
        frozenset({P.LETTER, P.WORDS, P.PHOTOS}),
        icon="catatan",
    ),
    ActForm(
        "jawab-audiensi",
        Act.ANSWER_AUDIENCE,
        Say("Jawab permintaan audiensi", "Answer the audience request"),
        Say("Pelapor membacanya di halaman lacak.", "The reporter reads it on the tracking page."),
        Say("Pesan untuk pelapor", "Words to the reporter"),
        Say("Kirim jawaban", "Send the answer"),
        frozenset({P.AUDIENCE, P.WORDS, P.LIGHTS}),
        icon="pesan",
    ),
)
BODIES: dict[str, tuple[Callable[..., object], Callable[[Sent], dict[str, Any]]]] = {
    # the form's slug: its step, and what the step is given
    "minta-bagian": (
        steps.ask_part,
        lambda g: {"text": g.text, "agency": g.said["instansi"], "due_on": day_of(g.said["batas"])},
    ),
    "batal-bagian": (steps.withdraw_part, lambda g: {"part": int(g.said["bagian"])}),
    "ppid": (steps.hand_to_ppid, lambda g: {"text": g.text, "is_confirmed": g.is_confirmed}),
    "perpanjang": (steps.extend_information, lambda g: {"text": g.text, "is_confirmed": g.is_confirmed}),
    "surat": (
        steps.receive_letter,
        lambda g: {
            "text": g.text,
            "kind": g.said["jenis"],
            "sender": g.said["pengirim"],
            "number": g.said["nomor_surat"],
            "dated": day_of(g.said["tanggal_surat"]),
            "file_ids": g.photos,
        },
    ),
    "jawab-audiensi": (
        steps.answer_audience,
        lambda g: {
            "text": g.text,
            "granted": ANSWERS[g.said["audiensi"]],
            "on": day_of(g.said["hari"]),
            "place": g.said["tempat"],
            "is_confirmed": g.is_confirmed,
        },
    ),
}


def day_of(text: str) -> date | None:
    """Return the day that a field for days says, or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def note_mistakes(form: ActForm, said: Mapping[str, str], mistakes: Mistakes) -> None:
    """Add what is missing in one of these forms."""
    if form.asks_day and day_of(said["batas"]) is None:
        mistakes.add("batas", NO_DAY)
    if form.asks_part and not (said["bagian"].isascii() and said["bagian"].isdecimal() and len(said["bagian"]) < 19):
        mistakes.add("bagian", NO_PART)
    if form.asks_letter:
        if said["jenis"] not in set(LetterKind):
            mistakes.add("jenis", NO_KIND)
        if not has_words(said["pengirim"]):
            mistakes.add("pengirim", NO_SENDER)
    if form.asks_audience and said["audiensi"] not in ANSWERS:
        mistakes.add("audiensi", NO_ANSWER)
