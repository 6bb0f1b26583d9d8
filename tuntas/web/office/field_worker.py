"""The service worker of the agencies' pages: static files kept plainly, tasks kept encrypted by js/vault.js.

It has its own scope, ``/instansi``, so that a citizen's phone never loads a line of it.
"""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from tuntas.web.language import language_of_page

SCOPE = "/instansi"
SHELL = (
    *("css/staff.css", "img/icon.svg"),
    *(f"js/{name}.js" for name in ("staff", "page", "field", "vault", "outbox", "tasks", "task", "proof", "exif")),
    *(f"js/{name}.js" for name in ("photos", "metres", "outbox_page", "leave")),
)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Return the worker; its version changes with any of the files it keeps."""
    files = [static(name) for name in SHELL]
    given = {
        "files": files,
        "version": sha256(repr(files).encode()).hexdigest()[:12],
        "language": language_of_page(request),
    }
    response = render(request, "sw_field.js", given, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = SCOPE
    return response
