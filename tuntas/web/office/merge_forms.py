"""The forms for one matter of many people, and for many matters of one: merge, take out again, split."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tuntas import steps
from tuntas.kit.words import Say
from tuntas.rules.life import Act
from tuntas.rules.text import has_words
from tuntas.web.forms import Mistakes
from tuntas.web.office.act_form import ActForm, Part

ROWS = ("1", "2", "3")  # of a form to split; the API takes five parts
NOTHING = Say("", "")
TYPED = ("ke_laporan", "ke_mirip", *(f"{name}_{n}" for n in ROWS for name in ("judul", "isi")))
FIELDS = {
    # the step's pointer: the field of the form
    "/into": "ke_laporan",
    "/parts": "judul_1",
    **{f"/parts/{int(n) - 1}/title": f"judul_{n}" for n in ROWS},
    **{f"/parts/{int(n) - 1}/body": f"isi_{n}" for n in ROWS},
}
NO_NUMBER = Say("Pilih laporan yang mirip, atau tulis nomornya", "Choose a similar report, or write its number")
NO_TITLE = Say("Tulis judul hal ini", "Write a title for this matter")
NO_BODY = Say("Tulis isi hal ini", "Write what this matter is")

MERGE_FORMS: tuple[ActForm, ...] = (
    ActForm(
        "gabung",
        Act.MERGE,
        Say("Gabungkan ke laporan lain", "Merge into another report"),
        Say(
            "Kode, batas waktu, dan penilaian pelapor tetap milik masing-masing.",
            "Each reporter keeps their code, deadlines and rating.",
        ),
        NOTHING,
        Say("Gabungkan", "Merge"),
        frozenset({Part.INTO}),
        icon="orang",
    ),
    ActForm(
        "pisahkan",
        Act.UNMERGE,
        Say("Pisahkan lagi", "Take out again"),
        Say(
            "Laporan ini kembali ke keadaan sebelum digabung, dengan jamnya sendiri.",
            "The report stands as it stood before, on its own clocks.",
        ),
        NOTHING,
        Say("Pisahkan lagi", "Take out again"),
        frozenset(),
        icon="ulang",
    ),
    ActForm(
        "pecah",
        Act.SPLIT,
        Say("Pecah jadi beberapa laporan", "Split into several reports"),
        Say(
            "Tiap hal jadi laporan baru milik pelapor yang sama. Laporan ini tetap berjalan.",
            "Each matter becomes a new report of the same reporter. This one goes on.",
        ),
        NOTHING,
        Say("Pecah", "Split"),
        frozenset({Part.PARTS}),
        icon="keluar",
    ),
)
BODIES: dict[str, tuple[Callable[..., object], Callable[[Mapping[str, str]], dict[str, Any]]]] = {
    # the form's slug: its step, and what the step is given of what was typed
    "gabung": (steps.merge, lambda said: {"into": said["ke_laporan"].strip() or said["ke_mirip"]}),
    "pisahkan": (steps.unmerge, lambda said: {}),
    "pecah": (steps.split, lambda said: {"parts": parts_in(said)}),
}


def parts_in(said: Mapping[str, str]) -> list[steps.Part]:
    """Return the parts that were written, in their order."""
    return [steps.Part(said[f"judul_{n}"], said[f"isi_{n}"]) for n in written_rows(said)]


def written_rows(said: Mapping[str, str]) -> list[str]:
    """Return the rows of a form to split in which something stands; the first one always counts."""
    return [n for n in ROWS if n == "1" or has_words(said[f"judul_{n}"]) or has_words(said[f"isi_{n}"])]


def note_mistakes(form: ActForm, said: Mapping[str, str], mistakes: Mistakes) -> None:
    """Add what is missing in one of these forms."""
    if form.has(Part.INTO) and not (said["ke_laporan"].strip() or said["ke_mirip"]):
        mistakes.add("ke_laporan", NO_NUMBER)
    if form.has(Part.PARTS):
        for n in written_rows(said):
            if not has_words(said[f"judul_{n}"]):
                mistakes.add(f"judul_{n}", NO_TITLE)
            if not has_words(said[f"isi_{n}"]):
                mistakes.add(f"isi_{n}", NO_BODY)


@dataclass(frozen=True, slots=True)
class Row:
    """One matter in the form to split: what was typed, and what is wrong with it."""

    n: str
    title: str
    body: str
    wrong_title: Say | None
    wrong_body: Say | None

    @property
    def title_id(self) -> str:
        return f"judul_{self.n}"

    @property
    def body_id(self) -> str:
        return f"isi_{self.n}"


def rows_of(said: Mapping[str, str], wrong: Mapping[str, Say]) -> list[Row]:
    """Return the rows of the form to split."""
    return [Row(n, said[f"judul_{n}"], said[f"isi_{n}"], wrong.get(f"judul_{n}"), wrong.get(f"isi_{n}")) for n in ROWS]
