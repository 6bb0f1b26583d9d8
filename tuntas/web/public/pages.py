"""Pages for everybody."""

import json
import os
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tuntas.agencies.installation import Installation, installation
from tuntas.kit.env import env
from tuntas.kit.errors import NOT_FOUND
from tuntas.kit.problems import language_of
from tuntas.kit.words import Language, Say
from tuntas.rules.clock import Length, Unit
from tuntas.rules.life import Promise
from tuntas.web.public.start_words import FINE, HOLIDAYS_COUNT, LENGTHS, WAY, WORDS, WORKING_DAYS_ONLY

USUAL = Length(48, Unit.HOURS)
NAMES = {Language.ID: "Indonesia", Language.EN: "English"}
MOST_LETTERS = 300


def start(request: HttpRequest) -> HttpResponse:
    """Show the start page: who serves here, what is promised, what to do in an emergency."""
    here, language = installation(), _language(request)
    length = here.length_of(Promise.ANSWER, None, "") or USUAL
    promise = WORDS["promise"].fill_each(length=_say_length(length))
    meaning = WORDS["meaning"].fill_each(
        holidays=WORKING_DAYS_ONLY if length.unit is Unit.WORKING_DAYS else HOLIDAYS_COUNT
    )
    given = _frame(here, language)
    given["t"] |= {"promise": promise.in_(language), "meaning": meaning.in_(language)}
    given |= {
        "fine": [say.in_(language) for say in FINE],
        "way": [(head.in_(language), body.in_(language)) for head, body in WAY],
        "contact": [way for kind in ("phone", "whatsapp", "email") if (way := here.contact.get(kind))],
    }
    return _answer(request, "pages/start.html", given, language)


def demo_mail(request: HttpRequest) -> HttpResponse:
    """Show the letters that were sent; in the demo only, elsewhere there is no such page."""
    language = _language(request)
    if not _is_demo():
        return HttpResponse(NOT_FOUND.in_(language), status=404, content_type="text/plain; charset=utf-8")
    here = installation()
    given = {**_frame(here, language), "letters": _letters(here)}
    response = _answer(request, "pages/demo_mail.html", given, language)
    response["Cache-Control"] = "no-store"  # letters carry codes
    return response


def _is_demo() -> bool:
    return os.environ.get("TUNTAS_DEMO") == "1" and env().is_embedded


def _language(request: HttpRequest) -> Language:
    asked = request.GET.get("bahasa", "")
    return Language(asked) if asked in set(Language) else language_of(request)


def _frame(here: Installation, language: Language) -> dict[str, Any]:
    """Return what every page needs."""
    other = Language.ID if language is Language.EN else Language.EN
    words = {key: say.in_(language) for key, say in WORDS.items()}
    words["official"] = WORDS["official"].fill_each(city=here.name).in_(language)
    return {
        "t": words,
        "language": language,
        "other": {"code": other, "name": NAMES[other]},
        "city": here.name.in_(language),
        "is_demo": _is_demo(),
    }


def _answer(request: HttpRequest, template: str, given: dict[str, Any], language: Language) -> HttpResponse:
    response = render(request, template, given)
    response["Content-Language"] = language
    response["Vary"] = "Accept-Language"
    return response


def _say_length(length: Length) -> Say:
    if length.unit is Unit.HOURS and length.amount % 24 == 0:
        return LENGTHS["whole_days"].fill(days=length.amount // 24)
    return LENGTHS[length.unit].fill(amount=length.amount)


def _letters(here: Installation) -> list[dict[str, Any]]:
    """Return the letters the demo's mailbox has kept, the newest first."""
    letters = []
    for path in sorted((env().data / "mail").glob("*.json"), reverse=True)[:MOST_LETTERS]:
        try:
            letter = json.loads(path.read_text())
        except (OSError, ValueError):  # thrown away by the mailbox at this very moment
            continue
        at = datetime.fromisoformat(letter["at"]).astimezone(here.zone)
        letters.append({**letter, "shown_at": f"{at:%d-%m-%Y %H.%M}"})
    return letters
