"""The desk's and the agencies' work."""

from django.http import HttpRequest, HttpResponse

from tuntas.api.callers import Caller
from tuntas.api.open.filters import DeskQuery, read_query
from tuntas.kit.answers import json_answer, respond
from tuntas.kit.problems import language_of
from tuntas.kit.time import current_time
from tuntas.people.tokens import Scope
from tuntas.reports.queries import DeskFilter, desk_page
from tuntas.reports.told import desk_row


def get_desk_reports(request: HttpRequest, caller: Caller, query: DeskQuery) -> HttpResponse:
    """Return the caller's work, the nearest promise first."""
    caller.refuse_without(Scope.READ)
    page = desk_page(caller.actor, read_query(query, DeskFilter), now=current_time())
    language = language_of(request)
    items = [desk_row(report, caller.actor, language=language) for report in page.items]
    return respond(json_answer({"items": items, "next_cursor": page.next_cursor}), request)
