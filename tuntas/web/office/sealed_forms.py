"""What a reader may do to a sealed report: the desk's forms without lights, and those of an examination."""

from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import QueryDict

from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.age import FRONT
from tuntas.kit.words import Say
from tuntas.rules.life import Act
from tuntas.rules.text import Sealed
from tuntas.web.office.case_forms import BY_SLUG, ActForm, Part
from tuntas.web.office.case_given import BODIES, Given, read_given

P = Part
LONGEST = 256 * 1024  # of a closed envelope of words: 10.000 letters, padded, take 64 KiB
GOES_SEALED = Say("Pelapor membacanya lewat kode lacaknya.", "The reporter reads it with their code.")


def _of_the_desk(slug: str, *parts: Part, **more: Any) -> ActForm:
    return replace(BY_SLUG[slug], parts=frozenset(parts), is_tab=False, **more)


FORMS: tuple[ActForm, ...] = (
    _of_the_desk("jawab", P.WORDS, P.LATE, lead=GOES_SEALED, title=Say("Balas pelapor", "Answer the reporter")),
    _of_the_desk("minta-data", P.WORDS),
    _of_the_desk("catatan", P.WORDS),
    _of_the_desk(
        "teruskan",
        P.MAYBE_WORDS,
        P.TARGET,
        title=Say("Serahkan ke Inspektorat", "Hand to the Inspectorate"),
        lead=Say("Isinya tetap tersegel.", "What it says stays sealed."),
        button=Say("Serahkan", "Hand over"),
    ),
    ActForm(
        "mulai",
        Act.START,
        Say("Lanjut ke pemeriksaan", "Go on to the examination"),
        GOES_SEALED,
        Say("Langkah berikutnya, untuk pelapor", "What comes next, for the reporter"),
        Say("Mulai pemeriksaan", "Begin the examination"),
        frozenset({P.WORDS, P.LATE}),
        icon="panah",
    ),
    ActForm(
        "hasil",
        Act.PROPOSE_ANSWER,
        Say("Ajukan hasil", "Propose the outcome"),
        Say("Orang kedua memeriksanya sebelum terkirim.", "A second person checks it before it goes out."),
        Say("Hasil pemeriksaan", "Outcome of the examination"),
        Say("Ajukan hasil", "Propose"),
        frozenset({P.OUTCOME, P.WORDS, P.LATE}),
        icon="beres",
    ),
    _of_the_desk("setujui", lead=GOES_SEALED),
    _of_the_desk("kembalikan", P.WORDS),
    _of_the_desk("naikkan", P.LEVEL, P.WORDS),
    _of_the_desk("buka-lagi", P.WORDS),
    _of_the_desk("tutup", P.OUTCOME, P.WORDS),
    _of_the_desk("tidak-diproses", P.REASON, P.WORDS, P.LATE),
)
BY_NAME = {form.slug: form for form in FORMS}
WITH_FILES = frozenset({"jawab", "catatan", "minta-data", "hasil", "buka-lagi"})


def _start(given: Given) -> dict[str, Any]:
    return {"text": given.text, "late_cause": given.said["penyebab"]}


def _propose(given: Given) -> dict[str, Any]:
    return {**_start(given), "outcome": given.said["hasil"], "file_ids": given.photos}


def _hand_over(given: Given) -> dict[str, Any]:
    return {"text": given.text, "agency": given.said["instansi"]}


STEPS: dict[str, tuple[Callable[..., object], Callable[[Given], dict[str, Any]]]] = {
    **{slug: BODIES[slug] for slug in BY_NAME if slug in BODIES},
    "mulai": (steps.start, _start),
    "hasil": (steps.propose_answer, _propose),
    "teruskan": (steps.dispatch, _hand_over),
}


def read_sealed(post: QueryDict) -> Given:
    """Return what was typed; words that were closed in the browser stay closed, and stand in place of any typed."""
    given = read_given(post, [UUID(each) for each in post.getlist("berkas") if _is_id(each)])
    given.said["sengaja"] = "ya"  # the lights read words; these are closed, and the five lights stay out
    try:
        data = b64decode(post.get("amplop", ""), validate=True)
    except ValueError:
        data = b""
    if data.startswith(FRONT) and len(data) <= LONGEST:
        given.said["teks"] = Sealed(data)
    return given


def examiners() -> list[tuple[str, str]]:
    """Return the agencies that may hold a sealed report, by slug and name."""
    return [(each.slug, each.name) for each in installation().agencies.values() if each.examines and each.is_active]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
