"""What an agency has to do: its tasks by the nearest limit, and the way to one of them."""

from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.errors import NOT_FOUND, NotFound
from tuntas.reports.queries import file_of, report_for
from tuntas.rules.who import (
    HELPERS,
    Who,
    liaison_of_holder,
    liaison_of_offered_agency,
    response_validator,
    unit_handler_of_holder,
)
from tuntas.web.office.check_lists import show_checks
from tuntas.web.office.meeting_tasks import meeting_tasks
from tuntas.web.office.office_page import office_page
from tuntas.web.office.parts_told import part_rows
from tuntas.web.office.signed import CHECKERS, FIELD, Signed, for_staff
from tuntas.web.office.task_list import tell_list
from tuntas.web.photo_answers import attachment_answer, stored_photo

if TYPE_CHECKING:
    from tuntas.reports.models import Report

WORKERS: tuple[Who, ...] = (liaison_of_holder, unit_handler_of_holder, liaison_of_offered_agency)
CHECKS: tuple[Who, ...] = (response_validator, liaison_of_holder, unit_handler_of_holder)


@for_staff(FIELD | CHECKERS, methods=("GET", "HEAD"))
def tasks(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Show the tasks; to those who only check answers, the answers."""
    if not signed.is_any(FIELD):
        return show_checks(request, signed)
    given = {
        "nav": "instansi",
        "meeting_tasks": meeting_tasks(signed),
        "part_rows": part_rows(signed),
        **tell_list(request, signed, "tugas"),
    }
    return office_page(request, signed, "office/tasks.html", given)


@for_staff(FIELD, methods=("GET", "HEAD"))
def outbox(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Show what waits on this phone to be sent; the server knows nothing of it, so a script fills the page."""
    return office_page(request, signed, "office/outbox.html", {"nav": "instansi"})


@for_staff(FIELD | CHECKERS, methods=("GET", "HEAD"), is_quiet=True)
def photo(request: HttpRequest, signed: Signed, number: str, file_id: UUID) -> HttpResponse:
    """Return a photo of a task, or one that was sent with a form and waits; never kept outside the vault.

    Raises NotFound, Http404.
    """
    report, file = open_report(signed, number, (*WORKERS, *CHECKS, *HELPERS)), file_of(file_id)
    if file is None or file.state != "ready" or file.kind != "photo":
        raise Http404
    if not (file.report_id == report.pk or steps.is_attachable(file, now=signed.now)):
        raise Http404
    size = ".small" if "kecil" in request.GET else ""
    return stored_photo(f"{file.pk}{size}.jpg", keep="no-store")


@for_staff(FIELD | CHECKERS, methods=("GET", "HEAD"), is_quiet=True)
def attachment(request: HttpRequest, signed: Signed, number: str, file_id: UUID) -> HttpResponse:
    """Hand over a document, video or recording of a task, to be kept. Raises NotFound, Http404."""
    report, file = open_report(signed, number, (*WORKERS, *CHECKS, *HELPERS)), file_of(file_id)
    if file is None or file.state != "ready" or file.kind == "photo" or file.report_id != report.pk:
        raise Http404
    return cast(HttpResponse, attachment_answer(request, file))  # or one that streams, which nobody here minds


def open_report(signed: Signed, number: str, allowed: tuple[Who, ...]) -> "Report":
    """Return a report that is this person's business by one of *allowed*. Raises NotFound."""
    report = report_for(signed.actor, number)
    if not any(rule(signed.actor, report) for rule in allowed):
        raise NotFound(NOT_FOUND)
    return report
