"""Public reports as rows of a list under its pills: what the templates need of them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from tuntas.agencies.installation import Installation, installation
from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.publications.counts import Counted, counts
from tuntas.publications.queries import newest, thumbnail_of, words_found
from tuntas.rules.faces import Face, Pill
from tuntas.rules.words import label_of
from tuntas.web.public.asked import Asked

if TYPE_CHECKING:
    from tuntas.publications.models import Publication

DESK = Say("meja aduan", "the complaint desk")
OVER = (Face.TUNTAS, Face.DITOLAK)
PILL_WORDS: dict[Pill, Say] = {
    Pill.ALL: Say("Semua", "All"),
    Pill.UNFINISHED: Say("Belum selesai", "Not finished"),
    Pill.DONE: Say("Tuntas", "Closed"),
    Pill.REFERRED: Say("Dirujuk", "Referred"),
}


def listed(asked: Asked) -> dict[str, Any] | None:
    """Return one page of the list with its pills; None where the filter, or the mark of the page, means nothing."""
    if asked.mistakes:
        return None
    try:
        found, cursor = newest(asked.wanted, without=())
    except Invalid as no:
        asked.mistakes.add_step(no, {"/cursor": "halaman"}, "cari")
        return None
    counted = counts(asked.wanted)
    here = installation()
    return {
        "nav": "laporan",
        "asked": asked,
        "rows": rows_of(found, here),
        "found": words_found(asked.wanted.q, (t for row in found for t in (row.title, row.text) if t)),
        "next": asked.query(halaman=cursor) if cursor else "",
        "first": asked.query() if asked.wanted.cursor else "",
        "pills": [_pill(pill, counted[pill], asked) for pill in Pill],
        "shown": _shown(asked, counted),
    }


def _pill(pill: Pill, counted: Counted, asked: Asked) -> dict[str, Any]:
    slug = "" if pill is Pill.ALL else pill.value
    return {
        "word": PILL_WORDS[pill],
        "counted": counted,
        "link": asked.query(status=slug),
        "is_current": asked.pill is pill,
    }


def _shown(asked: Asked, counted: dict[Pill, Counted]) -> Counted | None:
    """Return how many the list holds; a face that is no pill of its own is not counted."""
    return counted[asked.pill] if asked.pill else None


def rows_of(found: "Iterable[Publication]", here: Installation) -> list[dict[str, Any]]:
    """Return reports as the list shows them."""
    return [_row(publication, here) for publication in found]


def _row(publication: "Publication", here: Installation) -> dict[str, Any]:
    category = here.category_by_code.get(publication.category)
    holder = here.agency_by_slug.get(publication.holder)
    closed, face = publication.closed_at, Face(publication.face)
    return {
        "report": publication,
        "topic": category and category.name,
        "area": _area(publication.area, here),
        "face": face,
        "label": label_of(face, closed_by=publication.closed_by, reason_code=publication.reason_code),
        "holder": None if face in OVER else DESK if holder is None or not publication.agency else _both(holder.name),
        "seconds": closed and (closed - publication.received_at).total_seconds(),
        "photo": thumbnail_of(publication),
    }


def _both(name: str) -> Say:
    return Say(name, name)


def _area(code: str, here: Installation) -> str:
    area_id = here.areas.get(code)
    return "" if area_id is None else here.area_names[area_id][1]
