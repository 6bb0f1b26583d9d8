"""A photo of a case: the clean one for those who work on it, and what is covered before everybody sees it."""

from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.errors import Invalid
from tuntas.reports.queries import file_of
from tuntas.rules.life import Act
from tuntas.rules.thread import is_reporters
from tuntas.steps.begin import refuse_wrong_person
from tuntas.web.forms import Mistakes
from tuntas.web.office.office_page import office_page
from tuntas.web.office.open_report import Case, of_case
from tuntas.web.office.squares import COLUMNS, Square, covers_of, read_square, rows_of, squares_of
from tuntas.web.photo_answers import attachment_answer, stored_photo
from tuntas.web.posts import once_only

if TYPE_CHECKING:
    from tuntas.reports.models import File


@of_case(methods=("GET", "HEAD"), is_quiet=True)
def picture(request: HttpRequest, case: Case, file_id: UUID) -> HttpResponse:
    """Show a photo of this very report, or one that waits in one of its forms. Raises Http404."""
    file = _file(case, file_id)
    is_public = "umum" in request.GET
    if is_public and file.covers is None:
        raise Http404
    name = f"{file_id}{'.public' if is_public else ''}{'.small' if 'kecil' in request.GET else ''}.jpg"
    return stored_photo(name, keep="no-store")


@of_case(methods=("GET", "HEAD"), is_quiet=True)
def attachment(request: HttpRequest, case: Case, file_id: UUID) -> HttpResponse:
    """Hand over a document, video or recording of this very report, to be kept. Raises Http404."""
    file = file_of(file_id)
    if file is None or file.state != "ready" or file.kind == "photo" or file.report_id != case.report.pk:
        raise Http404
    return cast(HttpResponse, attachment_answer(request, file))  # or one that streams, which nobody here minds


def _file(case: Case, file_id: UUID) -> "File":
    file = file_of(file_id)
    if file is None or file.state != "ready" or file.kind != "photo":
        raise Http404
    if file.report_id is None and not steps.is_attachable(file, now=case.signed.now):
        raise Http404
    if file.report_id not in (None, case.report.pk):
        raise Http404
    return file


@of_case()
def cover(request: HttpRequest, case: Case, file_id: UUID) -> HttpResponse:
    """Tick what nobody outside may see on a photo, and let it out or take it back. Raises Http404, NotAllowed."""
    file = _file(case, file_id)
    if file.event is None:
        raise Http404
    refuse_wrong_person(case.signed.actor, Act.PUBLISH, case.report)
    rows = rows_of(file.width, file.height)
    if request.method != "POST":
        return _page(request, case, file, squares_of(file.covers or (), rows), Mistakes())
    ticked = {found for text in request.POST.getlist("kotak") if (found := read_square(text, rows)) is not None}
    is_hidden = request.POST.get("lakukan") == "sembunyikan"

    def do() -> str:
        photos = () if is_hidden else (steps.PhotoToShow(file_id, covers_of(ticked, rows)),)
        hide = (file_id,) if is_hidden else ()
        steps.publish(case.report, by=case.signed.actor, photos=photos, hide=hide, now=case.signed.now)
        return f"{case.base}/foto/{file_id}{f'?dari={case.queue}' if case.queue else ''}"

    try:
        return once_only(request, caller=case.signed.key, do=do, now=case.signed.now)
    except Invalid as no:
        mistakes = Mistakes()
        mistakes.add_step(no, {}, "kotak-1-1")
        return _page(request, case, file, ticked, mistakes)


def _page(request: HttpRequest, case: Case, file: "File", ticked: set[Square], mistakes: Mistakes) -> HttpResponse:
    rows = rows_of(file.width, file.height)
    never = case.report.is_restricted or case.report.is_secret
    given = {
        "nav": "meja",
        "case": case,
        "base": case.base,
        "queue": case.queue,
        "report": case.report,
        "file": file,
        "picture": f"{case.base}/foto/{file.pk}.jpg",
        "squares": [(c, r, (c, r) in ticked) for r in range(1, rows + 1) for c in range(1, COLUMNS + 1)],
        "mistakes": mistakes,
        "may_hide": file.covers is not None and file.event and is_reporters(file.event.act, file.event.voice),
        "is_never": never,
        "n_covers": len(file.covers or ()),
    }
    return office_page(request, case.signed, "office/case_photo.html", given, status=422 if mistakes else 200)
