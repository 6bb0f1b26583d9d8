"""The demo's mailbox: the letters it sent."""

import json
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from tuntas.kit.env import env
from tuntas.web.page import is_demo, page

MOST_LETTERS = 300


def letters(request: HttpRequest) -> HttpResponse:
    """Show the letters that were sent. Raises Http404 outside the demo."""
    if not is_demo():
        raise Http404
    return page(request, "pages/demo_mail.html", {"letters": _letters()}, is_private=True)  # letters carry codes


def _letters() -> list[dict[str, Any]]:
    """Return the letters the demo's mailbox has kept, the newest first."""
    found = []
    for path in sorted((env().data / "mail").glob("*.json"), reverse=True)[:MOST_LETTERS]:
        try:
            letter = json.loads(path.read_text())
        except (OSError, ValueError):  # thrown away by the mailbox at this very moment
            continue
        found.append({**letter, "at": datetime.fromisoformat(letter["at"])})
    return found
