"""A page that needs nothing: no database, no profile. For failures and for maintenance."""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape

from tuntas.agencies.installation import held_installation
from tuntas.kit.words import Language, Say
from tuntas.web.cookies import cookie_of
from tuntas.web.language import NAMES, language_of_page
from tuntas.web.page import LOOK_COOKIE, LOOKS, WAYS, is_demo, remember_choices

log = logging.getLogger(__name__)


def bare_page(
    request: HttpRequest, template: str, given: dict[str, Any], *, status: int, otherwise: Say
) -> HttpResponse:
    """Return a page in the quiet frame, without one query: the city's name stands there where it is still known.

    otherwise   the sentence that is said where even this cannot be drawn
    """
    try:
        language = language_of_page(request)
        content = render_to_string(template, {**_frame(request, language), **given})
        response = remember_choices(request, HttpResponse(content, status=status))
    except Exception as error:  # whatever it is, a page about a failure must not fail itself
        log.error("%s while drawing %s", type(error).__name__, template)
        language = Language.ID
        response = HttpResponse(f"<!doctype html><title>Tuntas</title><p>{escape(otherwise.id)}", status=status)
    response["Content-Language"] = language
    response["Cache-Control"] = "no-store"
    return response


def _frame(request: HttpRequest, language: Language) -> dict[str, Any]:
    here = held_installation()
    other = Language.ID if language is Language.EN else Language.EN
    look = request.GET.get("tampilan") or cookie_of(request, LOOK_COOKIE)
    contact = {} if here is None else here.contact
    return {
        "language": language,
        "other": {"code": other, "name": NAMES[other]},
        "look": look if look in LOOKS else "",
        "city": "" if here is None else here.name.in_(language),
        "contact": {way: contact[way] for way in WAYS if contact.get(way)},
        "is_get": request.method in ("GET", "HEAD"),
        "is_demo": is_demo(),
    }
