"""Stored photos as answers: nothing on them can run, and who may keep them is said."""

from django.http import Http404, HttpResponse

from tuntas.kit import files


def photo_answer(name: str, *, keep: str = "private, max-age=3600") -> HttpResponse:
    """Return a stored photo. Raises Http404."""
    try:
        data = files.get(name)
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(data, content_type="image/jpeg")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = keep
    return response
