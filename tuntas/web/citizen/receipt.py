"""The receipt: the code, shown for a day behind a link that nobody can guess; a picture and a slip of it."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tuntas.agencies.installation import installation
from tuntas.kit.env import env
from tuntas.kit.qr import qr_svg
from tuntas.kit.time import current_time
from tuntas.reports.drafts import Json, read_receipt
from tuntas.web.citizen.receipt_picture import receipt_picture
from tuntas.web.dates import say_instant
from tuntas.web.language import language_of_page
from tuntas.web.page import page


@require_safe
def receipt(request: HttpRequest, link: str) -> HttpResponse:
    """Show the receipt."""
    told = read_receipt(link, now=current_time())
    if told is None:
        return page(request, "pages/receipt_gone.html", {}, status=410, is_private=True)
    return page(request, "pages/receipt.html", {**given_of(told), "link": link}, is_private=True)


@require_safe
def slip(request: HttpRequest, link: str) -> HttpResponse:
    """Show the receipt as it is printed on a roll of 58 or 80 mm: never the story."""
    told = read_receipt(link, now=current_time())
    if told is None:
        return page(request, "pages/receipt_gone.html", {}, status=410, is_private=True)
    return page(request, "pages/slip.html", {**given_of(told), "link": link}, is_private=True)


@require_safe
def picture(request: HttpRequest, link: str) -> HttpResponse:
    """Return the receipt as a picture for the phone's gallery. Raises Http404 when it is gone."""
    told = read_receipt(link, now=current_time())
    if told is None:
        raise Http404
    here, language, now = installation(), language_of_page(request), current_time()
    given = given_of(told)
    due = given["due_at"]
    drawn = receipt_picture(
        city=here.name.in_(language),
        code=told["code"],
        number=told["number"],
        url=given["url"],
        received=say_instant(given["received_at"], here.zone, now=now).in_(language),
        deadline="" if due is None else say_instant(due, here.zone, now=now).in_(language),
        language=language,
    )
    response = HttpResponse(drawn, content_type="image/png")
    response["Content-Disposition"] = 'attachment; filename="tuntas-tanda-terima.png"'
    response["Cache-Control"] = "no-store"
    return response


def given_of(told: Json) -> dict[str, Any]:
    """Return what the pages of a receipt need."""
    url = f"{env().base_url}/l/{told['code']}"
    due = told.get("due_at")
    return {
        **told,
        "received_at": datetime.fromisoformat(told["received_at"]),
        "due_at": datetime.fromisoformat(due) if due else None,
        "email": _masked(told.get("email") or ""),
        "url": url,
        "qr": qr_svg(url),
    }


def _masked(email: str) -> str:
    """Return an address whose owner knows it again: ``s•••@contoh.id``."""
    name, at, host = email.partition("@")
    return f"{name[:1]}•••{at}{host}" if at else ""
