"""What the inbox shows: queue, filters and order live in the address, so that a link or a name can keep them."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import QueryDict

from tuntas.agencies.installation import Installation, installation
from tuntas.kit.words import Say
from tuntas.reports.queries import MATCH, DeskFilter
from tuntas.rules.text import trouble_with
from tuntas.web.dates import say_day
from tuntas.web.forms import Mistakes
from tuntas.web.office.channels import CHANNELS
from tuntas.web.office.queues import FIRST, QUEUES
from tuntas.web.villages import choice_of, is_large

ROWS = 50
LONGEST = 100
FIELDS = ("antrean", "q", "kategori", "wilayah", "instansi", "kanal", "foto", "dari", "sampai", "urut")
NARROWING = FIELDS[1:-1]  # what the filter form asks for
ALL = "semua"  # no queue at all: what a search looks through
YEARS = range(1990, 2200)
SORTS = {
    "cocok": (MATCH, Say("Paling cocok dulu", "Best match first")),
    "batas": ("due", Say("Batas terdekat dulu", "Nearest deadline first")),
    "baru": ("received", Say("Terbaru dulu", "Newest first")),
    "ubah": ("updated", Say("Terakhir berubah dulu", "Last changed first")),
}
NO_TOPIC = Say("Pilih topik dari daftar.", "Choose a topic from the list.")
NO_AGENCY = Say("Pilih instansi dari daftar.", "Choose an agency from the list.")
NO_AREA = Say("Pilih wilayah dari daftar.", "Choose an area from the list.")
NO_CHANNEL = Say("Pilih kanal dari daftar.", "Choose a channel from the list.")
NO_DATE = Say("Tulis tanggal seperti 2026-11-21.", "Write a date such as 2026-11-21.")
UPSIDE_DOWN = Say("Tanggal akhir mendahului tanggal awal.", "The last day comes before the first.")
WITH_PHOTO = Say("Ada foto", "With photos")
QUOTED = Say("Kata: {words}", "Words: {words}")
FROM, UNTIL = Say("Sejak {day}", "Since {day}"), Say("Sampai {day}", "Until {day}")


@dataclass(frozen=True, slots=True)
class Tag:
    """One filter in use, and the address without it."""

    name: Say
    query: str


@dataclass(frozen=True, slots=True)
class View:
    """What a page of the inbox shows: as it was typed, as it is meant, and what is wrong with it."""

    typed: dict[str, str]
    wanted: DeskFilter
    mistakes: Mistakes = field(default_factory=Mistakes)

    @property
    def queue(self) -> str:
        return self.wanted.queue

    @property
    def is_narrowed(self) -> bool:
        return any(name in self.typed for name in NARROWING)

    def query(self, **changed: str) -> str:
        """Return the query of an address to the same view, but for what is changed; an empty value leaves it out."""
        given = {name: value for name, value in {**self.typed, **changed}.items() if value}
        return urlencode(given)

    @property
    def here(self) -> str:
        """The query of this very page, however far the list has gone on."""
        return self.query(lanjut=self.wanted.cursor)

    def from_the_start(self) -> "View":
        """Return the same view on its first page."""
        return replace(self, wanted=replace(self.wanted, cursor=""))

    def fields(self) -> dict[str, str]:
        """Return what a form carries along that narrows the same view."""
        return {name: value for name, value in self.typed.items() if name in ("antrean", "urut")}


def read_view(given: QueryDict, zone: ZoneInfo) -> View:
    """Return the view an address asks for; what cannot be understood is a mistake at its field, and filters nothing."""
    here, mistakes = installation(), Mistakes()
    typed = {name: text for name in FIELDS if (text := given.get(name, "")[: 2 * LONGEST].strip())}
    queue = _queue(typed)
    if said := trouble_with(typed.get("q", ""), most=LONGEST, may_be_empty=True):
        mistakes.add("kata", said)
    topics = {code for code, category in here.category_by_code.items() if not category.is_restricted}
    since, until = (_day(typed.get(name, ""), name, zone, mistakes) for name in ("dari", "sampai"))
    if since and until and until < since:
        mistakes.add("sampai", UPSIDE_DOWN)
    usual = MATCH if typed.get("q") else QUEUES[queue].sort if queue else "received"
    wanted = DeskFilter(
        queue=queue,
        q="" if mistakes.has("kata") else typed.get("q", ""),
        category=_one_of(typed, "kategori", topics, NO_TOPIC, mistakes),
        agency=_one_of(typed, "instansi", here.agency_by_slug, NO_AGENCY, mistakes),
        area=_one_of(typed, "wilayah", here.areas, NO_AREA, mistakes),
        channel=_one_of(typed, "kanal", CHANNELS, NO_CHANNEL, mistakes),
        has_photo=typed.get("foto") == "ada",
        since=since,
        until=until + timedelta(days=1) if until else None,
        sort=SORTS[typed["urut"]][0] if typed.get("urut") in SORTS else usual,
        limit=ROWS,
        cursor=given.get("lanjut", "")[:200],
    )
    return View(typed, wanted, mistakes)


def view_of_query(query: str, zone: ZoneInfo) -> View:
    """Return the view of a query that a form or a saved filter carries; nothing but known fields comes out of it."""
    return read_view(QueryDict(query[:1000]), zone)


def _queue(typed: dict[str, str]) -> str:
    """Return the queue an address names; a search without one looks through everything."""
    asked = typed.get("antrean", "")
    if asked in QUEUES:
        return asked
    if asked == ALL or (not asked and "q" in typed):
        return ""
    typed.pop("antrean", None)
    return FIRST


def _one_of(typed: dict[str, str], name: str, known: Any, say: Say, mistakes: Mistakes) -> str:
    value = typed.get(name, "")
    if value and value not in known:
        mistakes.add(name, say)
        return ""
    return value


def _day(text: str, name: str, zone: ZoneInfo, mistakes: Mistakes) -> datetime | None:
    try:
        on = date.fromisoformat(text) if text else None
    except ValueError:
        on = None
    if text and (on is None or on.year not in YEARS):
        mistakes.add(name, NO_DATE)
        return None
    return None if on is None else datetime(on.year, on.month, on.day, tzinfo=zone).astimezone(UTC)


def tags_of(view: View, zone: ZoneInfo) -> list[Tag]:
    """Return the filters in use, each with the address that drops it."""
    here, wanted = installation(), view.wanted
    said: dict[str, Say] = {}
    if wanted.q:
        said["q"] = QUOTED.fill(words=wanted.q)
    if wanted.category:
        said["kategori"] = here.category_by_code[wanted.category].name
    if wanted.area:
        said["wilayah"] = _plain(here.area_names[here.areas[wanted.area]][1])
    if wanted.agency:
        said["instansi"] = _plain(here.agency_by_slug[wanted.agency].name)
    if wanted.channel:
        said["kanal"] = CHANNELS[wanted.channel]
    if wanted.has_photo:
        said["foto"] = WITH_PHOTO
    if wanted.since:
        said["dari"] = FROM.fill_each(day=say_day(wanted.since.astimezone(zone).date()))
    if wanted.until:
        said["sampai"] = UNTIL.fill_each(day=say_day((wanted.until - timedelta(days=1)).astimezone(zone).date()))
    return [Tag(say, view.query(**{name: ""})) for name, say in said.items()]


def choices(here: Installation, area: str = "") -> dict[str, Any]:
    """Return what the filter form lets somebody choose from; *area* is the one chosen now."""
    listed = () if is_large(here) else sorted(here.areas.items())
    return {
        "topics": [each for each in here.categories.values() if each.is_active and not each.is_restricted],
        "areas": [(code, here.area_names[id_][1]) for code, id_ in listed],
        "choice": choice_of(here, area) if is_large(here) else None,
        "agencies": sorted((a for a in here.agencies.values() if a.is_active), key=lambda each: each.name),
        "channels": CHANNELS.items(),
    }


def _plain(name: str) -> Say:
    return Say(name, name)
