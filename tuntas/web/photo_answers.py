"""Stored files as answers: nothing on them can run, and who may keep them is said."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from tuntas.kit import files
from tuntas.kit.sending import photo_answer, send_file
from tuntas.kit.sniff import content_type
from tuntas.rules.file_words import name_to_keep

if TYPE_CHECKING:
    from tuntas.reports.models import File


def stored_photo(name: str, *, keep: str = "private, max-age=3600") -> HttpResponse:
    """Return a stored photo. Raises Http404."""
    try:
        return photo_answer(files.get(name), keep=keep)
    except FileNotFoundError as error:
        raise Http404 from error


def attachment_answer(request: HttpRequest, file: "File") -> HttpResponseBase:
    """Return a stored file that is no photo, to be kept and not shown. Raises Http404."""
    called, kind = name_to_keep(file.name, file.kind, file.ending), content_type(file.kind, file.ending)
    try:
        return send_file(request, f"{file.pk}.{file.ending}", called=called, content_type=kind)
    except FileNotFoundError as error:
        raise Http404 from error
