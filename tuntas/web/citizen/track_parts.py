"""The parts a report was split into, in front of their reporter: each with a code of its own, shown once."""

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.errors import NotFound
from tuntas.kit.ids import show_code
from tuntas.reports.told import parts_of
from tuntas.web.citizen.open_case import Case, of_case, show_case


@of_case
def track_part(request: HttpRequest, case: Case, number: str) -> HttpResponse:
    """Ask whether a code shall be made for one part, or make it. The page that shows it is the only one that does."""
    if number not in parts_of(case.report):
        return show_case(request, case, status=404)
    if request.method != "POST":
        return show_case(request, case, template="pages/track_part.html", part=number)
    try:
        code = steps.code_for_part(case.report, number, by=case.by)
    except NotFound:  # moved into the sealed room
        return show_case(request, case, template="pages/track_part.html", part=number, is_gone=True, status=404)
    return show_case(request, case, template="pages/track_part.html", part=number, part_code=show_code(code))
