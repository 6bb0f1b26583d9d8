"""The name of an anonymous reporter, while it is open to who asked for it: a page of its own, each reading recorded."""

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.reports.reveal_queries import open_reveal
from tuntas.web.office.office_page import office_page
from tuntas.web.office.open_report import Case, of_case


@of_case(methods=("GET",))
def name(request: HttpRequest, case: Case) -> HttpResponse:
    """Show who the reporter is. Raises NotAllowed unless it is open to this person."""
    signed = case.signed
    identity = steps.read_identity(case.report, by=signed.actor, now=signed.now)
    opened = open_reveal(case.report, signed.actor, signed.now)
    given = {"nav": "meja", "case": case, "report": case.report, "identity": identity, "opened": opened}
    return office_page(request, signed, "office/case_name.html", given)
