"""A government too large for one list of villages: three provinces of five regencies of eight districts of eight."""

from collections.abc import Iterator
from itertools import product

from tuntas import steps
from tuntas.agencies.area_files import CodeRow
from tuntas.agencies.models import Area, Government

PROVINCES, REGENCIES, DISTRICTS, VILLAGES = ("Arum", "Bayu", "Cendana"), 5, 8, 8
ROOT = "00"


def make_large() -> None:
    """Give the loaded government 1,098 areas below a new whole, without outlines; undone with the test."""
    Government.objects.update(area_code=ROOT)
    Area.objects.create(code=ROOT, name="Negeri")
    steps.import_areas(sorted(_codes(), key=_level), [], told=lambda n: None)


def _level(row: CodeRow) -> tuple[int, str]:
    return row.code.count("."), row.code


def _codes() -> Iterator[CodeRow]:
    for p, province in enumerate(PROVINCES, 91):
        yield CodeRow(f"{p}", province)
        for r in range(1, REGENCIES + 1):
            yield CodeRow(f"{p}.{r:02}", f"Kabupaten {province} {r}")
            for d in range(1, DISTRICTS + 1):
                yield CodeRow(f"{p}.{r:02}.{d:02}", f"Kecamatan {province} {r}-{d}")
        for r, d, v in product(range(1, REGENCIES + 1), range(1, DISTRICTS + 1), range(1, VILLAGES + 1)):
            yield CodeRow(f"{p}.{r:02}.{d:02}.{2000 + v}", f"Desa {province} {r}-{d}-{v}")
