"""What somebody sees whose draft is gone: too old, sent already, cleared, or written on another phone."""

from django.http import HttpRequest, HttpResponse

from tuntas.web.page import page


def draft_gone(request: HttpRequest) -> HttpResponse:
    """Say so, and how to go on; which of the reasons it is, nobody is told."""
    return page(request, "pages/report_gone.html", {}, status=410, is_private=True)
