"""The service worker: the blank form and a page for times without signal, kept on the phone. Nothing about anybody."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from tuntas.agencies.installation import installation
from tuntas.web.language import language_of_page

TEMPLATES = Path(__file__).parents[1] / "templates"
SHELL = (
    *("css/citizen.css", "img/icon.svg"),
    *(f"js/{name}.js" for name in ("hold", "lapor", "photos", "exif", "phone", "page", "luring", "start")),
)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Return the worker for the language asked for; one byte changed makes a phone fetch all of it again."""
    language, files = language_of_page(request), [static(name) for name in SHELL]
    seal = sha256(f"{_words()}{installation().version}{files}".encode()).hexdigest()[:12]
    given = {"files": files, "language": language, "version": seal}
    response = render(request, "sw.js", given, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/"
    return response


@lru_cache(maxsize=1)
def _words() -> str:
    """Return a fingerprint of every page's words: the kept pages age with them."""
    found = sha256()
    for path in sorted(TEMPLATES.rglob("*.html")):
        found.update(path.read_bytes())
    return found.hexdigest()
