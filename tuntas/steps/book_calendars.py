"""The register of calendars: the hours and days on which agencies work. Each has some."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from zoneinfo import available_timezones

from tuntas.agencies.models import Calendar
from tuntas.kit.errors import Mistake
from tuntas.kit.words import Say
from tuntas.rules.registers import WEEKDAYS, Row
from tuntas.steps.book import Asked, Choices, Scope

WRITES_AHEAD = False
HERE = ("Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura")
ORDER = Say("Tutup harus sesudah buka", "It closes after it opens")
NO_DAYS = Say("Pilih paling sedikit satu hari kerja", "Choose at least one working day")


def rows(today: date) -> dict[str, Row]:
    """Return every calendar as a row."""
    return {calendar.name: _row(calendar) for calendar in Calendar.objects.order_by("id")}


def _row(calendar: Calendar) -> Row:
    return {
        "name": calendar.name,
        "zone": calendar.zone,
        "opens": f"{calendar.opens:%H:%M}",
        "closes": f"{calendar.closes:%H:%M}",
        "weekdays": [WEEKDAYS[n] for n in sorted(calendar.weekdays)],
    }


def key_of(row: Row) -> str:
    """Return the key of a row."""
    return str(row["name"])


def name_of(row: Row) -> str:
    """Return what people call a row."""
    return str(row["name"])


def choices() -> Choices:
    """Return what can be chosen in each field: the zones of the country first."""
    others = sorted(available_timezones() - set(HERE))
    return {"zone": [(zone, Say(zone, zone)) for zone in (*HERE, *others)]}


def may(scope: Scope, row: Row) -> bool:
    """Return whether somebody changes calendars: they are the whole government's."""
    return scope.is_root


def judge(asked: Asked) -> Iterator[Mistake]:
    """Yield what speaks against a change."""
    if asked.text("opens") >= asked.text("closes"):
        yield Mistake("/closes", ORDER)
    if not asked.many("weekdays"):
        yield Mistake("/weekdays", NO_DAYS)


def write(asked: Asked) -> str:
    """Write a row and return its key. Clocks that run keep the instant they were given."""
    Calendar.objects.update_or_create(
        name=asked.text("name"),
        defaults={
            "zone": asked.text("zone"),
            "opens": time.fromisoformat(asked.text("opens")),
            "closes": time.fromisoformat(asked.text("closes")),
            "weekdays": [WEEKDAYS.index(day) for day in asked.many("weekdays")],
        },
    )
    return asked.text("name")


def take_back(asked: Asked) -> None:
    """Undo what was written ahead of its day: nothing was."""


def pointing_at(keys: Iterable[str]) -> Mapping[str, int]:
    """Return how many open reports point at each calendar: their agencies do."""
    return {}
