"""Bring in the official areas of a country, a province or a city: codes, names and outlines."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import shapely
from django.db import transaction
from django.db.models import F, TextField
from django.db.models.functions import Cast
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from tuntas.agencies.area_files import CodeRow, OutlineRow, lies_in, parent_of
from tuntas.agencies.areas import IMPORT, OWN
from tuntas.agencies.installation import forget_installation
from tuntas.agencies.models import Area, Government
from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.steps.load_profile import lock_profile

AT_A_TIME = 2000
COARSE = 0.001  # degrees, about 100 m: an outline made of those inside it is drawn from afar, and asked last

NO_PROFILE = Say("Muat profil pemerintah dulu.", "Load the profile of the government first.")
NOT_LISTED = Say("Kode {code} tidak ada di daftar ini.", "Code {code} is not in this list.")


@dataclass(slots=True)
class Imported:
    """What an import changed: numbers of areas, and what it could not place."""

    areas: int = 0  # in the list, as far as they are ours
    made: int = 0
    changed: int = 0  # called otherwise, or back again
    gone: int = 0  # switched off, because the list no longer has them
    own: int = 0  # left as the profile says
    outlined: int = 0  # drawn anew
    joined: int = 0  # drawn from those inside them
    repaired: int = 0
    without_code: list[str] = field(default_factory=list)  # outlines whose code the list does not have

    @property
    def is_same(self) -> bool:
        return not (self.made or self.changed or self.gone or self.outlined or self.joined)


def import_areas(
    codes: Sequence[CodeRow], outlines: Sequence[OutlineRow], *, under: str = "", told: Callable[[int], object]
) -> Imported:
    """Let the areas be as an official list says: all of them or none.

    codes   what lies above stands before what lies below
    under   only this code and those in it; empty: what the government itself covers
    told    is called with how many rows were just done, codes and outlines

    What the list no longer has is switched off, never deleted: reports point to it. Areas that the profile names
    itself keep their names. The same list again changes nothing. Raises Invalid.
    """
    with transaction.atomic():
        lock_profile()
        government = Government.objects.first()
        if government is None:
            raise Invalid.field("/under", NO_PROFILE)
        wanted = _ours(codes, under or government.area_code, asked=bool(under))
        found = Imported(areas=len(wanted))
        _bring_names(wanted, government.area_code, under, found, told)
        _bring_outlines(outlines, {row.code for row in codes}, found, told)
        if not found.is_same:
            Government.objects.update(version=F("version") + 1, areas_version=F("areas_version") + 1)
    forget_installation()
    return found


def _ours(codes: Sequence[CodeRow], root: str, *, asked: bool) -> Sequence[CodeRow]:
    """Return the rows of a root; all of them where it is a whole country's, whose code begins no other."""
    inside = [row for row in codes if lies_in(row.code, root)]
    if len(inside) > 1 or (inside and (asked or "." in root)):
        return inside
    if asked or "." in root:
        raise Invalid.field("/under", NOT_LISTED.fill(code=root))
    return codes


def _bring_names(
    wanted: Sequence[CodeRow], whole: str, under: str, found: Imported, told: Callable[[int], object]
) -> None:
    there = {area.code: area for area in Area.objects.defer("outline")}
    ids = {code: area.pk for code, area in there.items()}
    changed: list[Area] = []
    for _, level in groupby(wanted, key=lambda row: row.code.count(".")):
        new: list[Area] = []
        rows = list(level)
        for row in rows:
            parent_id = None if row.code == whole else _nearest(row.code, ids) or ids[whole]
            if (area := there.get(row.code)) is None:
                new.append(Area(code=row.code, name=row.name, parent_id=parent_id, source=IMPORT))
            elif area.source == OWN and area.is_active:
                found.own += 1
            elif (area.name, area.parent_id, area.source, area.is_active) != (row.name, parent_id, IMPORT, True):
                area.name, area.parent_id, area.source, area.is_active = row.name, parent_id, IMPORT, True
                changed.append(area)
        for at in range(0, len(new), AT_A_TIME):
            made = Area.objects.bulk_create(new[at : at + AT_A_TIME])
            ids |= {area.code: area.pk for area in made}
            told(len(made))
        told(len(rows) - len(new))
        found.made += len(new)
    Area.objects.bulk_update(changed, ["name", "parent", "source", "is_active"], batch_size=AT_A_TIME)
    found.changed = len(changed)
    found.gone = _switch_off({row.code for row in wanted}, there.values(), under)


def _nearest(code: str, ids: dict[str, int]) -> int | None:
    while code := parent_of(code):
        if code in ids:
            return ids[code]
    return None


def _switch_off(kept: set[str], there: Iterable[Area], under: str) -> int:
    gone = [
        area.pk
        for area in there
        if area.source != OWN and area.is_active and area.code not in kept and (not under or lies_in(area.code, under))
    ]
    for at in range(0, len(gone), AT_A_TIME):
        Area.objects.filter(pk__in=gone[at : at + AT_A_TIME]).update(is_active=False)
    return len(gone)


def _bring_outlines(
    outlines: Sequence[OutlineRow], listed: set[str], found: Imported, told: Callable[[int], object]
) -> None:
    """Write the outlines that changed, then those of areas that have none of their own."""
    areas = {area.code: area for area in Area.objects.filter(is_active=True).defer("outline")}
    drawn = _drawn()
    fresh: dict[str, BaseGeometry] = {}
    for row in outlines:
        found.repaired += row.was_broken
        area, before = areas.get(row.code), drawn.get(row.code)
        if row.code not in listed:
            found.without_code.append(f"{row.code} {row.name}")
        elif area is not None and (before is None or (area.source != OWN and not before.equals_exact(row.shape, 0))):
            fresh[row.code] = row.shape
    for at, (code, shape) in enumerate(fresh.items()):
        Area.objects.filter(pk=areas[code].pk).update(outline=mapping(shape))
        if at % 100 == 99:
            told(100)
    told(len(outlines) - len(fresh) // 100 * 100)
    found.outlined = len(fresh)
    given = {row.code for row in outlines}
    joined = _joined({code: area for code, area in areas.items() if code not in given}, drawn, fresh)
    for code, shape in joined.items():
        Area.objects.filter(pk=areas[code].pk).update(outline=mapping(shape))
    found.joined = len(joined)


def _drawn() -> dict[str, BaseGeometry]:
    rows = Area.objects.filter(is_active=True, outline__isnull=False)
    told = list(rows.annotate(text=Cast("outline", TextField())).values_list("code", "text"))
    shapes = shapely.from_geojson([text for _, text in told])
    return {code: shape for (code, _), shape in zip(told, shapes, strict=True)}


def _joined(
    bare: dict[str, Area], drawn: dict[str, BaseGeometry], fresh: dict[str, BaseGeometry]
) -> dict[str, BaseGeometry]:
    """Return outlines of imported areas that have no polygon of their own, where all inside them have one."""
    inside: dict[int | None, list[str]] = defaultdict(list)
    for code, parent_id in Area.objects.filter(is_active=True).values_list("code", "parent_id"):
        inside[parent_id].append(code)
    found: dict[str, BaseGeometry] = {}
    for code, area in sorted(bare.items(), key=lambda each: -each[0].count(".")):
        parts = inside.get(area.pk, [])
        now = {**fresh, **found}
        if area.source == OWN or not parts or not any(part in now for part in parts):
            continue
        if all(part in now or part in drawn for part in parts):
            shape = shapely.union_all([now.get(part, drawn.get(part)) for part in parts]).simplify(COARSE)
            if code not in drawn or not drawn[code].equals_exact(shape, 0):
                found[code] = shape
    return found
