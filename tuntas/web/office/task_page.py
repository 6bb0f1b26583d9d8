"""The page of one task, as it is shown by all that lead to it."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse

from tuntas.reports.desk_queries import unsent_of
from tuntas.web.office.case_shared import FORM, Shared, shared_of
from tuntas.web.office.office_page import office_page
from tuntas.web.office.open_report import Case
from tuntas.web.office.signed import Signed
from tuntas.web.office.task_form import Told
from tuntas.web.office.task_lights import lights_of, shown
from tuntas.web.office.task_view import tell_task

if TYPE_CHECKING:
    from tuntas.reports.models import Report


def task_page(
    request: HttpRequest, signed: Signed, report: "Report", told: Told, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Show a task. An answer written together with the desk stands in the field, until somebody types another."""
    together = _shared(report, signed, more)
    if request.method != "POST" and together is not None and not told.text:
        told.text = together.text
    given = {"nav": "instansi", **tell_task(report, signed, told), **more, "shared": together}
    given |= shown(lights_of(report, told, signed) if told.text else ())
    given["base"] = f"{signed.root}/instansi/tugas/{report.name}"
    return office_page(request, signed, "office/task.html", given, status=status)


def _shared(report: "Report", signed: Signed, more: dict[str, Any]) -> Shared | None:
    """Return the shared answer; on a page without it, the place to begin one is not worth its room."""
    if "shared" in more:
        return more["shared"]  # type: ignore[no-any-return]
    kept = [each for each in unsent_of(report, signed.person.person_id, with_shared=True) if each.person_id is None]
    written = next((each for each in kept if each.form == FORM), None)
    return None if written is None else shared_of(Case(report, signed), {"unsent": {"bersama": written}})
