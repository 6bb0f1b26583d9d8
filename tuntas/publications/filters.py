"""What a filter of the public list means in the table. List, counts, map and feed ask here, so they are one set."""

from collections.abc import Container

from django.db.models import Q

from tuntas.agencies.installation import installation
from tuntas.agencies.searching import Search, Written
from tuntas.kit.errors import Invalid
from tuntas.kit.paging import BAD_FILTER, ListFilter
from tuntas.publications.models import Publication
from tuntas.rules.cells import cell_of
from tuntas.rules.faces import Face
from tuntas.rules.life import State


def chosen_by(wanted: ListFilter) -> Q:
    """Return the condition for what somebody looks for, cursor and limit aside. Raises Invalid."""
    both = _standing(wanted) & _place(wanted)
    if wanted.category:
        both &= Q(category=_known(wanted.category, installation().category_by_code, "/category"))
    if wanted.agency:
        both &= Q(agency__in=_agencies(wanted.agency))
    if wanted.q:
        both &= _words(Search(wanted.q, Publication))
    if wanted.since:
        both &= Q(received_at__gte=wanted.since)
    if wanted.until:
        both &= Q(received_at__lt=wanted.until)
    return both


def _standing(wanted: ListFilter) -> Q:
    both = _state(wanted.state) if wanted.state else Q()
    if wanted.faces:
        both &= Q(face__in=wanted.faces)
    if wanted.late:
        both &= Q(is_late=True)
    return both


def _place(wanted: ListFilter) -> Q:
    both = Q()
    if wanted.area:
        both &= _area(_known(wanted.area, installation().areas, "/area"))
    if wanted.bbox:
        west, south, east, north = wanted.bbox
        low, high = cell_of(south, west), cell_of(north, east)
        both &= Q(cell_y__range=(low[0], high[0]), cell_x__range=(low[1], high[1]))
    return both


def _area(code: str) -> Q:
    """Return the filter of an area and all within it; the whole of a nation has no part in its parts' codes."""
    if code == installation().area_code:
        return ~Q(area="")
    return Q(area=code) | Q(area__startswith=f"{code}.")


def _words(search: Search) -> Q:
    """Return the condition that each word stands in the public words, or names what the report belongs to."""
    here, both = installation(), Q() if search.terms else Q(pk__in=())
    for term, query, named in search.each():
        found = Q(words=Written(query)) if query else Q(pk__in=())
        for digits in term.numbers:
            found |= Q(number=f"{digits[:2]}-{digits[2:]}")
        for code in named.areas:
            found |= Q(area=code) | Q(area__startswith=f"{code}.")
        if named.categories:
            found |= Q(category__in=[here.categories[id_].code for id_ in named.categories])
        if named.agencies:
            found |= Q(agency__in=[here.agencies[id_].slug for id_ in named.agencies])
        if not (term.numbers or named.areas or named.categories or named.agencies):
            found &= Q(text__isnull=False)  # true of all that have words: says which index has nothing else
        both &= found
    return both


def _state(value: str) -> Q:
    if value in set(State):
        return Q(state=value)
    if value in set(Face):
        return Q(face=value)
    raise Invalid.field("/state", BAD_FILTER)


def _agencies(slug: str) -> list[str]:
    here = installation()
    found = here.agency_by_slug[_known(slug, here.agency_by_slug, "/agency")]
    return [here.agencies[below].slug for below in here.below[found.id]]


def _known(value: str, known: Container[str], pointer: str) -> str:
    """Return the value of a filter that names something of this government. Raises Invalid."""
    if value not in known:
        raise Invalid.field(pointer, BAD_FILTER)
    return value
