"""Public reports, from publications alone."""

from django.http import HttpRequest, HttpResponse

from tuntas.api.open.filters import ListQuery, read_query
from tuntas.kit.answers import json_answer, respond
from tuntas.kit.errors import NOT_FOUND, NotFound
from tuntas.kit.paging import ListFilter
from tuntas.kit.problems import language_of
from tuntas.kit.time import current_time
from tuntas.publications.queries import newest, public_row, public_view, publication_named


def get_public(request: HttpRequest, number: str) -> HttpResponse:
    """Return a public report whole."""
    found = publication_named(number)
    if found is None:
        raise NotFound(NOT_FOUND)
    view = public_view(found, language=language_of(request), now=current_time())
    return respond(json_answer(view), request)


def get_list(request: HttpRequest, query: ListQuery) -> HttpResponse:
    """Return public reports, the newest first."""
    rows, cursor = newest(read_query(query, ListFilter))
    language = language_of(request)
    return respond(
        json_answer({"items": [public_row(row, language=language) for row in rows], "next_cursor": cursor}), request
    )
