"""What the arbiter has to settle: reports that were refused three times, by the nearest limit."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse

from tuntas.rules.who import Role
from tuntas.web.office.office_page import office_page
from tuntas.web.office.signed import Signed, for_staff
from tuntas.web.office.task_list import tell_list

QUEUE = "arbitrase"


@for_staff(frozenset({Role.ARBITER}), methods=("GET", "HEAD"))
def arbitrations(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Show the reports that wait for the arbiter's word."""
    told = tell_list(request, signed, QUEUE)
    rows = [replace(row, address=f"{signed.root}/meja/kasus/{row.number}", flag=None) for row in told["rows"]]
    given = {"nav": QUEUE, **told, "rows": rows}
    return office_page(request, signed, "office/arbitrations.html", given)
