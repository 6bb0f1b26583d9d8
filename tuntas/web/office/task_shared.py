"""The answer an agency writes together with the desk: its text as it stands, saved here, sent by the agency."""

from django.http import HttpRequest, HttpResponse

from tuntas.web.office.case_shared import save_shared
from tuntas.web.office.open_report import Case
from tuntas.web.office.signed import FIELD, Signed, for_staff
from tuntas.web.office.task_form import Told
from tuntas.web.office.task_page import task_page
from tuntas.web.office.tasks import WORKERS, open_report
from tuntas.web.posts import see_other


@for_staff(FIELD, methods=("POST",))
def shared(request: HttpRequest, signed: Signed, number: str) -> HttpResponse:
    """Save the shared answer; show both texts where somebody else saved meanwhile. Raises NotFound."""
    report = open_report(signed, number, WORKERS)
    typed = save_shared(Case(report, signed), request.POST.get("teks", ""), request.POST.get("versi", ""))
    if typed is None:
        return see_other(f"{signed.root}/instansi/tugas/{report.name}#bersama")
    status = 422 if typed.mistakes else 409
    return task_page(request, signed, report, Told(), status=status, shared=typed)
