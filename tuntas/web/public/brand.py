"""The colours of the government, as a small style sheet of our own address; its name changes with it."""

from django.http import Http404, HttpRequest, HttpResponse

from tuntas.agencies.installation import installation
from tuntas.rules.brand import css_of

A_YEAR = 365 * 24 * 3600


def style(request: HttpRequest, name: str) -> HttpResponse:
    """Give the style sheet; one of an older name is gone."""
    here = installation()
    if not name or name != here.brand_hash:
        raise Http404
    response = HttpResponse(css_of(here.brand), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response
