"""Has somebody reported this already? Public reports about the same, close by."""

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
    to the middle of a square of 275 m, in whole hundreds of metres: the exact point stays unknown. Two queries: the
    places of all that may be meant, then the few that are.
    """
    if not category or (lat is None and not area):
        return []
    rows = Publication.objects.filter(_place(lat, lng, area), category=category, title__isnull=False)
    rows = rows.filter(~Q(face__in=OVER) | Q(face=Face.TUNTAS, updated_at__gte=since))
    found = rows.order_by("-received_at", "-id").values_list("pk", "cell_y", "cell_x")[:LOOKED_AT]
    measured = [(_metres(lat, lng, y, x), pk) for pk, y, x in found]
    nearest = sorted(measured, key=lambda each: (each[0] is None, each[0] or 0))[:limit]  # stable: newest first
    read = Publication.objects.defer("words", "text").in_bulk([pk for _, pk in nearest])
    return [Near(read[pk], metres) for metres, pk in nearest if pk in read]


def _place(lat: float | None, lng: float | None, area: str) -> Q:
    if lat is None or lng is None:
        return Q(area=area)
    y, x = cell_of(lat, lng)
    here = Q(cell_y__range=(y - 1, y + 1), cell_x__range=(x - 1, x + 1))
    return here | Q(cell_y=None, area=area) if area else here


def _metres(lat: float | None, lng: float | None, y: int | None, x: int | None) -> int | None:
    if lat is None or lng is None or y is None or x is None:
        return None
    return rough_distance(lat, lng, y, x)
