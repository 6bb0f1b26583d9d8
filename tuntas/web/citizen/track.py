"""Tracking: type the code, see where the report is, look at its photos, print it."""

from typing import cast
from uuid import UUID

import orjson
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.errors import NotFound
from tuntas.kit.ids import read_code, read_number, show_code
from tuntas.kit.problems import TooOften
from tuntas.kit.sending import photo_answer
from tuntas.reports.opened import photo_by_code
from tuntas.reports.queries import file_of
from tuntas.web.citizen.open_case import Case, ask_for_code, find, of_case, show_case
from tuntas.web.photo_answers import attachment_answer, stored_photo
from tuntas.web.posts import refuse_cross_site, see_other


def track_find(request: HttpRequest) -> HttpResponse:
    """Ask for a code and go on to the report it opens; a public number leads to the public page."""
    if request.method != "POST":
        return ask_for_code(request) if request.method in ("GET", "HEAD") else HttpResponseNotAllowed(["GET", "POST"])
    if (refused := refuse_cross_site(request)) is not None:
        return refused
    typed = request.POST.get("kode", "").strip()
    number = None if read_code(typed) else read_number(typed.replace(" ", ""), installation().number_prefix)
    if number is not None and number[:1].isdigit():  # a ref is for staff
        return see_other(f"/laporan/{number}")
    try:
        find(request, typed)
    except (NotFound, TooOften) as no:
        return ask_for_code(request, typed, no, status=422)
    return see_other(f"/l/{show_code(read_code(typed) or '')}")


@of_case
def track(request: HttpRequest, case: Case) -> HttpResponse:
    """Show a report to its reporter."""
    return show_case(request, case)


@of_case
def track_slip(request: HttpRequest, case: Case) -> HttpResponse:
    """Show the report for paper: the reporter's copy."""
    return show_case(request, case, template="pages/track_slip.html")


@of_case
def track_photo(request: HttpRequest, case: Case, file_id: UUID) -> HttpResponse:
    """Show a photo of this very report, or one that still waits in one of its forms. Raises Http404."""
    if case.report.is_restricted:
        return _sealed_photo(case, file_id)
    if not _is_of(case, file_id):
        raise Http404
    return stored_photo(f"{file_id}.small.jpg" if "kecil" in request.GET else f"{file_id}.jpg", keep="no-store")


def _sealed_photo(case: Case, file_id: UUID) -> HttpResponse:
    """Show a photo of a report that was closed here; the code in the address opens it. Raises Http404."""
    data = photo_by_code(case.report, case.code, file_id)
    if data is None:
        raise Http404
    return photo_answer(data)


@of_case
def track_file(request: HttpRequest, case: Case, file_id: UUID) -> HttpResponse:
    """Hand over a document, video or recording of this very report, to be kept. Raises Http404."""
    file = file_of(file_id)
    if file is None or file.state != "ready" or file.report_id != case.report.pk or file.kind == "photo":
        raise Http404
    if str(file_id) not in orjson.dumps(case.report.thread).decode():
        raise Http404
    return cast(HttpResponse, attachment_answer(request, file))  # or one that streams, which nobody here minds


def _is_of(case: Case, file_id: UUID) -> bool:
    """Return whether the reporter may see a photo: proof that nobody has approved yet stands in no thread."""
    file = file_of(file_id)
    if file is None or file.state != "ready" or file.kind != "photo":
        return False
    if file.report is None:
        return steps.is_attachable(file, now=case.now)
    return file.report.pk == case.report.pk and str(file_id) in orjson.dumps(case.report.thread).decode()
