"""Make a page: one frame, the chosen language and look, and what every page needs."""

import os
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tuntas.agencies.installation import installation
from tuntas.kit.env import env
from tuntas.kit.time import current_time
from tuntas.kit.words import Language
from tuntas.web.cookies import cookie_of, set_cookie
from tuntas.web.language import COOKIE, NAMES, language_of_page

LOOK_COOKIE = "tampilan"
LOOKS = ("terang", "gelap")
A_YEAR = 365 * 24 * 3600
WAYS = ("phone", "whatsapp", "email")


def page(
    request: HttpRequest,
    template: str,
    given: dict[str, Any] | None = None,
    *,
    status: int = 200,
    is_private: bool = False,
    language: Language | None = None,
) -> HttpResponse:
    """Return a page in the frame.

    given        what the template needs besides what ``_frame`` gives to all
    is_private   for one person only: never stored, never found by a search engine
    language     another than the one chosen on this phone: that of somebody's account
    """
    language = language or language_of_page(request)
    response = render(request, template, {**_frame(request, language), **(given or {})}, status=status)
    response["Content-Language"] = str(language)
    response["Vary"] = "Cookie"
    if is_private:
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
    return remember_choices(request, response)


def remember_choices(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Keep the language and look that the address asks for; nothing else about anybody is kept on the phone."""
    if request.GET.get("bahasa") in set(Language):
        set_cookie(response, COOKIE, request.GET["bahasa"], seconds=A_YEAR)
    if request.GET.get("tampilan") in LOOKS:
        set_cookie(response, LOOK_COOKIE, request.GET["tampilan"], seconds=A_YEAR)
    return response


def _frame(request: HttpRequest, language: Language) -> dict[str, Any]:
    here = installation()
    other = Language.ID if language is Language.EN else Language.EN
    look = request.GET.get("tampilan") or cookie_of(request, LOOK_COOKIE)
    return {
        "language": language,
        "other": {"code": other, "name": NAMES[other]},
        "look": look if look in LOOKS else "",
        "here": here,
        "city": here.name.in_(language),
        "desk": here.agencies[here.desk_id].name,
        "contact": {way: here.contact[way] for way in WAYS if here.contact.get(way)},
        "now": current_time(),
        "path": request.path,
        "is_demo": is_demo(),
    }


def is_demo() -> bool:
    """Return whether this is the demo, which has its letters and its gallery."""
    return os.environ.get("TUNTAS_DEMO") == "1" and env().is_embedded
