"""What somebody asks the public list, map and feed for: read from the address, and written back into links."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from math import isfinite
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from tuntas.agencies.installation import Installation, installation
from tuntas.kit.paging import ListFilter
from tuntas.kit.words import Say
from tuntas.rules.cells import Window
from tuntas.rules.faces import PILLS, Face, Pill
from tuntas.rules.text import trouble_with
from tuntas.rules.words import FACES
from tuntas.web.forms import Mistakes
from tuntas.web.page import page
from tuntas.web.villages import choice_of, is_large, villages

LONGEST = 100
YEARS = range(1990, 2200)
FIELDS = ("cari", "status", "topik", "instansi", "wilayah", "sejak", "sampai", "terlambat", "bbox")
CHOSEN = FIELDS[1:-1]  # what the filter page asks for
ON_THE_PAGE = ("bbox", "halaman", *FIELDS[:-1])  # in the order of the form
NO_STATUS = Say("Pilih status dari daftar.", "Choose a status from the list.")
NO_TOPIC = Say("Pilih topik dari daftar.", "Choose a topic from the list.")
NO_AGENCY = Say("Pilih instansi dari daftar.", "Choose an agency from the list.")
NO_AREA = Say("Pilih kelurahan dari daftar.", "Choose a village from the list.")
NO_DATE = Say("Tulis tanggal seperti 2026-11-21.", "Write a date such as 2026-11-21.")
UPSIDE_DOWN = Say("Tanggal akhir mendahului tanggal awal.", "The last day comes before the first.")
NO_WINDOW = Say("Jendela peta ini tidak dikenal. Mulai dari peta utuh.", "This map window is not known. Start anew.")


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter as it was typed, as it is meant, and what is wrong with it."""

    typed: dict[str, str]
    wanted: ListFilter
    pill: Pill | None
    mistakes: Mistakes = field(default_factory=Mistakes)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but a pill was chosen."""
        return any(name != "status" for name in self.typed) or (self.pill is None and "status" in self.typed)

    @property
    def chosen(self) -> int:
        """How many fields of the filter page are in use."""
        return sum(name in self.typed and (name != "status" or self.pill is None) for name in CHOSEN)

    def within(self, window: Window) -> "Asked":
        """Return the same filter, but for what a map shows."""
        return replace(self, wanted=replace(self.wanted, bbox=window))

    def query(self, **changed: str) -> str:
        """Return the query of a link to the same filter, but for what is changed; an empty value leaves it out."""
        given = {name: value for name, value in {**self.typed, **changed}.items() if value}
        return f"?{urlencode(given)}" if given else "?"


def read_asked(request: HttpRequest) -> Asked:
    """Return what the address asks for; what cannot be understood is a mistake at its field, and filters nothing."""
    here, mistakes = installation(), Mistakes()
    typed = {name: text for name in FIELDS if (text := request.GET.get(name, "")[: 2 * LONGEST].strip())}
    pill, state = _status(typed.get("status", ""), mistakes)
    since, until = (_day(typed.get(name, ""), name, mistakes) for name in ("sejak", "sampai"))
    if since and until and until < since:
        mistakes.add("sampai", UPSIDE_DOWN)
    if said := trouble_with(typed.get("cari", ""), most=LONGEST, may_be_empty=True):
        mistakes.add("cari", said)
    topics = {code for code, category in here.category_by_code.items() if not category.is_restricted}
    wanted = ListFilter(
        q=typed.get("cari", ""),
        state=state,
        faces=PILLS[pill] if pill else (),
        late=bool(typed.get("terlambat")),
        category=_known(typed, "topik", topics, NO_TOPIC, mistakes),
        agency=_known(typed, "instansi", here.agency_by_slug, NO_AGENCY, mistakes),
        area=_known(typed, "wilayah", here.areas, NO_AREA, mistakes),
        since=_begins(since, here),
        until=_begins(until and until + timedelta(days=1), here),
        bbox=_window(typed.get("bbox", ""), mistakes),
        cursor=request.GET.get("halaman", "")[:LONGEST],
    )
    return Asked(typed, wanted, pill, mistakes)


def filter_page(request: HttpRequest, asked: Asked, *, leads_to: str) -> HttpResponse:
    """Show the page on which a filter is chosen, with what was typed and what is wrong with it.

    leads_to   where the filter is used: the list or the map
    """
    here = installation()
    asked.mistakes.found.sort(key=lambda mistake: ON_THE_PAGE.index(mistake[0]))
    given = {
        "nav": "laporan",
        "asked": asked,
        "typed": asked.typed,
        "mistakes": asked.mistakes,
        "wrong": asked.mistakes.by_field,
        "leads_to": leads_to,
        "statuses": [(face.value, FACES[face]) for face in Face],
        "topics": [c for c in here.categories.values() if c.is_active and not c.is_restricted],
        "agencies": sorted((a for a in here.agencies.values() if a.is_active), key=lambda agency: agency.name),
        "districts": [] if is_large(here) else _districts(here),
        "choice": choice_of(here, asked.wanted.area) if is_large(here) else None,
    }
    return page(request, "pages/filter.html", given, status=422 if asked.mistakes else 200)


def _districts(here: Installation) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return code and name of each district, with the villages in it."""
    return [(rows[0][0].rpartition(".")[0], name, rows) for name, rows in villages(here)]


def _status(text: str, mistakes: Mistakes) -> tuple[Pill | None, str]:
    """Return the pill a status is, or the face; pills come first, as they are wider."""
    if not text:
        return Pill.ALL, ""
    if text in set(Pill):
        return Pill(text), ""
    if text not in set(Face):
        mistakes.add("status", NO_STATUS)
        return None, ""
    return None, text


def _known(typed: dict[str, str], name: str, known: Any, said: Say, mistakes: Mistakes) -> str:
    text = typed.get(name, "")
    if text and text not in known:
        mistakes.add(name, said)
        return ""
    return text


def _day(text: str, name: str, mistakes: Mistakes) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
        if day.year not in YEARS:
            raise ValueError
    except ValueError:
        mistakes.add(name, NO_DATE)
        return None
    return day


def _begins(day: date | None, here: Installation) -> datetime | None:
    return None if day is None else datetime.combine(day, datetime.min.time(), here.zone).astimezone(UTC)


def _window(text: str, mistakes: Mistakes) -> Window | None:
    if not text:
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        west = south = east = north = float("nan")
    is_sane = all(isfinite(n) for n in (west, south, east, north))
    if not is_sane or not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        mistakes.add("bbox", NO_WINDOW)
        return None
    return west, south, east, north
