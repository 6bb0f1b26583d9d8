"""Which language a page speaks: what was chosen, else Indonesian.

A phone's own setting is not asked: many phones here are set to English by people who read Indonesian
(docs/decisions/0014-pages.md).
"""

from django.http import HttpRequest

from tuntas.kit.words import Language
from tuntas.web.cookies import cookie_of

COOKIE = "bahasa"
NAMES = {Language.ID: "Indonesia", Language.EN: "English"}


def language_of_page(request: HttpRequest) -> Language:
    """Return the language chosen in the address, in the form, or before."""
    for asked in (request.GET.get("bahasa"), cookie_of(request, COOKIE)):
        if asked in set(Language):
            return Language(asked)
    return Language.ID
