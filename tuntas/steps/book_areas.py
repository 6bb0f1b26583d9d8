"""The register of areas: those that were imported are changed here, those the profile names are changed there."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.db.models import Count, F

from tuntas.agencies.area_files import AREA_CODE, parent_of
from tuntas.agencies.areas import IMPORT, OWN
from tuntas.agencies.models import Area, Government
from tuntas.kit.errors import Mistake
from tuntas.kit.words import Say
from tuntas.reports.models import OPEN_STATES, Report
from tuntas.rules.registers import Row
from tuntas.steps.book import Asked, Choices, Scope

WRITES_AHEAD = False
NO_CODE = Say("Tulis kode resmi seperti 35.78.01.1001", "Write the official code, such as 35.78.01.1001")
NOWHERE = Say("Wilayah di atasnya tidak ada dalam daftar", "The area above it is not in the list")
OF_PROFILE = Say(
    "Wilayah ini ditulis di profil pemerintah. Ubah di sana.",
    "This area stands in the government's profile. Change it there.",
)
HAS_PARTS = Say("Masih ada {n} wilayah di dalamnya.", "There are still {n} areas inside it.")


def rows(today: date) -> dict[str, Row]:
    """Return every area as a row, by its code."""
    found = Area.objects.order_by("code").values_list("code", "name", "is_active")
    return {code: {"code": code, "name": name, "is_active": is_active} for code, name, is_active in found}


def key_of(row: Row) -> str:
    """Return the key of a row."""
    return str(row["code"])


def name_of(row: Row) -> str:
    """Return what people call a row."""
    return str(row["name"])


def choices() -> Choices:
    """Return what can be chosen: nothing, for an area lies where its code says."""
    return {}


def may(scope: Scope, row: Row) -> bool:
    """Return whether somebody changes areas: they are the whole government's."""
    return scope.is_root


def judge(asked: Asked) -> Iterator[Mistake]:
    """Yield what speaks against a change."""
    code = asked.text("code")
    if not AREA_CODE.fullmatch(code):
        yield Mistake("/code", NO_CODE)
    elif Area.objects.filter(code=code, source=OWN).exists():
        yield Mistake("/name", OF_PROFILE)
    elif above(code) is None:
        yield Mistake("/code", NOWHERE)
    inside = Area.objects.filter(parent__code=code, is_active=True).count()
    if inside and asked.switches_off:
        yield Mistake("/is_active", HAS_PARTS.fill(n=inside))


def above(code: str) -> Area | None:
    """Return what an area lies in: the next area above by its code; the whole where that is a country's."""
    while code := parent_of(code):
        if (found := Area.objects.filter(code=code, is_active=True).first()) is not None:
            return found
    whole = Government.objects.values_list("area_code", flat=True).get()
    return None if "." in whole else Area.objects.filter(code=whole).first()


def write(asked: Asked) -> str:
    """Write a row and return its key."""
    code = asked.text("code")
    said = {"name": asked.text("name"), "is_active": asked.yes("is_active"), "parent": above(code), "source": IMPORT}
    Area.objects.update_or_create(code=code, defaults=said)
    read_again()
    return code


def read_again() -> None:
    """Let every process read the areas again."""
    Government.objects.update(areas_version=F("areas_version") + 1)


def take_back(asked: Asked) -> None:
    """Undo what was written ahead of its day: nothing was."""


def pointing_at(keys: Iterable[str]) -> Mapping[str, int]:
    """Return how many open reports lie in each area."""
    lying = Report.objects.filter(state__in=OPEN_STATES, area__isnull=False)
    return dict(lying.values_list("area__code").annotate(n=Count("pk")).order_by())
