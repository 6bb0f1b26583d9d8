"""Answers that wait for somebody else's eye: to be checked, and to be signed first where an agency asks for it."""

from django.http import HttpRequest, HttpResponse

from tuntas.reports.queries import DeskFilter, desk_page
from tuntas.rules.who import Role
from tuntas.web.office.office_page import office_page
from tuntas.web.office.signed import CHECKERS, FIELD, Signed, for_staff
from tuntas.web.office.task_rows import task_rows

ROWS = 50


@for_staff(FIELD | CHECKERS, methods=("GET", "HEAD"))
def checks(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Show what waits to be checked or signed."""
    return show_checks(request, signed)


def show_checks(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Show the lists of this person: to sign as a liaison, to check as a validator, else what is being checked."""
    given = {
        "nav": "cek",
        "to_sign": _rows(signed, "tanda-tangan") if Role.LIAISON in signed.actor.reach else None,
        "to_check": _rows(signed, "cek-jawaban"),
        "is_checker": signed.is_any(CHECKERS),
        "sent": request.GET.get("terkirim", "")[:20],
    }
    return office_page(request, signed, "office/checks.html", given)


def _rows(signed: Signed, queue: str) -> list[object]:
    found = desk_page(signed.actor, DeskFilter(queue=queue, limit=ROWS), now=signed.now)
    return [*task_rows(found.items, signed, checks=True)]
