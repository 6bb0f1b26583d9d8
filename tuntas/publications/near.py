"""Has somebody reported this already? Public reports about the same, close by."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from tuntas.publications.models import Publication
from tuntas.rules.cells import cell_of, rough_distance
from tuntas.rules.faces import Face

OVER = (Face.TUNTAS, Face.DITOLAK)
LOOKED_AT = 200  # the newest of nine squares; more about one matter in one place are one matter all the more


@dataclass(frozen=True, slots=True)
class Near:
    """A public report that may be about the same, and how far it lies; None where a point is missing."""

    publication: Publication
    metres: int | None


def near(
    lat: float | None, lng: float | None, area: str, category: str, since: datetime, *, limit: int = 3
) -> list[Near]:
    """Return public reports about the same category close by: the nearest first, then the newest.

    lat, lng   the reporter's point, or None: then the same area counts
    since      one that is done is shown where it was closed after this instant; one that was not handled never is

    Only those that dispatch let out, so secret and restricted ones are neither shown nor counted. The distance is
    to the middle of a square of 275 m, in whole hundreds of metres: the exact point stays unknown.
    """
    if not category or (lat is None and not area):
        return []
    rows = Publication.objects.filter(_place(lat, lng, area), category=category, title__isnull=False)
    rows = rows.filter(~Q(face__in=OVER) | Q(face=Face.TUNTAS, updated_at__gte=since))
    found = list(rows.order_by("-received_at", "-id").defer("words", "text")[:LOOKED_AT])
    measured = [Near(row, metres) for row, metres in _measured(found, lat, lng)]
    return sorted(measured, key=lambda each: (each.metres is None, each.metres or 0))[:limit]  # stable: newest first


def _place(lat: float | None, lng: float | None, area: str) -> Q:
    if lat is None or lng is None:
        return Q(area=area)
    y, x = cell_of(lat, lng)
    here = Q(cell_y__range=(y - 1, y + 1), cell_x__range=(x - 1, x + 1))
    return here | Q(cell_y=None, area=area) if area else here


def _measured(
    rows: list[Publication], lat: float | None, lng: float | None
) -> Iterator[tuple[Publication, int | None]]:
    for row in rows:
        if lat is None or lng is None or row.cell_y is None or row.cell_x is None:
            yield row, None
        else:
            yield row, rough_distance(lat, lng, row.cell_y, row.cell_x)
