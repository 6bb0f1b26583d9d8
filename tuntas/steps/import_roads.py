"""Bring in the roads an agency keeps, as its list or decree names them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from shapely.geometry import mapping, shape

from tuntas.agencies.installation import forget_installation
from tuntas.agencies.models import Agency, Government, Road
from tuntas.agencies.road_files import RoadRow
from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.steps.load_profile import lock_profile

AT_A_TIME = 1000
NO_AGENCY = Say("Tidak ada instansi “{slug}” yang dipakai.", "There is no agency “{slug}” in use.")


@dataclass(frozen=True, slots=True)
class ImportedRoads:
    """How many sections the agency keeps now, and how many of them are new or gone since its last list."""

    roads: int
    made: int
    gone: int


def import_roads(rows: Sequence[RoadRow], *, keeper: str, told: Callable[[int], object]) -> ImportedRoads:
    """Let the roads an agency keeps be as its list says: all of them or none. The same list again changes nothing.

    keeper  the slug of the agency
    told    is called with how many sections were just written

    Roads that others keep stay as they are. Raises Invalid.
    """
    with transaction.atomic():
        lock_profile()
        agency = Agency.objects.filter(slug=keeper, is_active=True).first()
        if agency is None:
            raise Invalid.field("/keeper", NO_AGENCY.fill(slug=keeper))
        before = {_key_of(road): road.pk for road in Road.objects.filter(keeper=agency)}
        wanted = {_key(row): row for row in rows}
        gone = [pk for key, pk in before.items() if key not in wanted]
        fresh = [_road(row, agency) for key, row in wanted.items() if key not in before]
        Road.objects.filter(pk__in=gone).delete()
        for at in range(0, len(fresh), AT_A_TIME):
            told(len(Road.objects.bulk_create(fresh[at : at + AT_A_TIME])))
        if gone or fresh:
            Government.objects.update(version=F("version") + 1, areas_version=F("areas_version") + 1)
    forget_installation()
    return ImportedRoads(len(wanted), len(fresh), len(gone))


def _road(row: RoadRow, keeper: Agency) -> Road:
    return Road(
        keeper=keeper,
        name=row.name,
        first=row.first,
        last=row.last,
        status=row.status,
        decree=row.decree,
        line=mapping(row.line),
    )


def _key(row: RoadRow) -> tuple[str, ...]:
    return row.name, row.first, row.last, row.status, row.decree, row.line.wkt


def _key_of(road: Road) -> tuple[str, ...]:
    return road.name, road.first, road.last, road.status, road.decree, shape(road.line).wkt
