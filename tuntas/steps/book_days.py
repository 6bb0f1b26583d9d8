"""The register of days on which a calendar's agencies are closed though it is a working day, each by a decree."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from tuntas.agencies.models import Calendar, Holiday
from tuntas.kit.errors import Mistake
from tuntas.kit.words import Say
from tuntas.rules.registers import Row
from tuntas.steps.book import Asked, Choices, Scope

WRITES_AHEAD = False
PAST = Say("Hari yang sudah lewat tidak diubah lagi", "A day that is over is not changed any more")
OPEN_ALREADY = Say("Hari ini belum tercatat libur", "This day is not a closed one")
NO_DAY = Say("Tulis tanggal seperti 2026-12-24", "Write a day like 2026-12-24")


def rows(today: date) -> dict[str, Row]:
    """Return every closed day of this year and the years to come, the earliest first."""
    found = Holiday.objects.filter(on__gte=date(today.year, 1, 1)).select_related("calendar").order_by("on", "id")
    return {key_of(row): row for row in map(_row, found)}


def _row(day: Holiday) -> Row:
    return {
        "calendar": day.calendar.name,
        "on": day.on.isoformat(),
        "name": day.name,
        "is_closed": True,
        "decree": day.decree,
    }


def key_of(row: Row) -> str:
    """Return the key of a row."""
    return f"{row['calendar']}:{row['on']}"


def name_of(row: Row) -> str:
    """Return what people call a row."""
    return str(row["name"])


def choices() -> Choices:
    """Return what can be chosen in each field."""
    return {
        "calendar": [(name, Say(name, name)) for name in Calendar.objects.order_by("id").values_list("name", flat=True)]
    }


def may(scope: Scope, row: Row) -> bool:
    """Return whether somebody changes calendars: they are the whole government's."""
    return scope.is_root


def judge(asked: Asked) -> Iterator[Mistake]:
    """Yield what speaks against a change."""
    if asked.before is None and not asked.yes("is_closed"):
        yield Mistake("/is_closed", OPEN_ALREADY)
    if date.fromisoformat(asked.text("on")) < asked.on:
        yield Mistake("/on", PAST)


def write(asked: Asked) -> str:
    """Close a day, or open it again, and return its key. Clocks that run keep the instant they were given."""
    calendar, on = Calendar.objects.get(name=asked.text("calendar")), date.fromisoformat(asked.text("on"))
    if asked.yes("is_closed"):
        said = {"name": asked.text("name"), "decree": asked.decree}
        Holiday.objects.update_or_create(calendar=calendar, on=on, defaults=said)
    else:
        Holiday.objects.filter(calendar=calendar, on=on).delete()
    return key_of(asked.after)


def take_back(asked: Asked) -> None:
    """Undo what was written ahead of its day: nothing was."""


def pointing_at(keys: Iterable[str]) -> Mapping[str, int]:
    """Return how many open reports point at each day: none does."""
    return {}
