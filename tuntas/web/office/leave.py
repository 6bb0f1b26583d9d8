"""Being away: one's own leave, and the form of it that also stands on the page of somebody one looks after."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.errors import Invalid
from tuntas.people.colleagues import deputies_for, first_day, last_day, own_leaves
from tuntas.rules.deputies import AWAY
from tuntas.web.forms import Mistakes
from tuntas.web.office.office_page import office_page
from tuntas.web.office.signed import Signed, for_staff
from tuntas.web.office.sure import ask_to_be_sure
from tuntas.web.posts import once_only

if TYPE_CHECKING:
    from tuntas.people.models import Leave

ADDRESS = "/akun/cuti"
FIELDS = {"/deputy": "pengganti", "/why": "alasan", "/first": "mulai", "/last": "sampai"}


@for_staff()
def own_leave(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Show when somebody is away and for whom they stand in; note a leave, or end one."""
    mistakes, person_id = Mistakes(), signed.person.person_id
    if request.method == "POST":
        if (unsure := ask_to_be_sure(request, signed)) is not None:
            return unsure
        try:
            return once_only(
                request, caller=signed.key, do=lambda: change_leave(request, signed, person_id, ADDRESS), now=signed.now
            )
        except Invalid as no:
            mistakes.add_step(no, FIELDS, "mulai")
    leaves = own_leaves(person_id, now=signed.now)
    given = {
        "nav": "akun",
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
        "own": told_leaves(leave for leave in leaves if leave.person_id == person_id),
        "for_others": told_leaves(leave for leave in leaves if leave.deputy_id == person_id),
        **leave_form(request, person_id),
    }
    return office_page(request, signed, "office/leave.html", given, status=422 if mistakes else 200)


def leave_form(request: HttpRequest, person_id: int, *, without: int | None = None) -> dict[str, Any]:
    """Return what the form of a leave needs, with what was typed in it.

    without   who cannot be chosen: nobody makes themselves somebody else's deputy
    """
    return {
        "deputies": [(str(p.pk), p.name) for p in deputies_for(person_id) if p.pk != without],
        "whys": AWAY.items(),
        "said": {name: request.POST.get(name, "") for name in FIELDS.values()},
    }


def told_leaves(leaves: Iterable["Leave"]) -> list[dict[str, Any]]:
    """Return leaves as the pages show them: whole days."""
    return [
        {
            "id": leave.pk,
            "person": leave.person.name,
            "deputy": leave.deputy.name,
            "first": first_day(leave),
            "last": last_day(leave),
            "why": AWAY[leave.why],
        }
        for leave in leaves
    ]


def change_leave(request: HttpRequest, signed: Signed, person_id: int, back: str) -> str:
    """Note a leave or end one, and return where to go on. Raises NotFound, Invalid."""
    post = request.POST
    if (ended := post.get("akhiri", "")).isdecimal():
        steps.end_leave(int(ended[:18]), by=signed.actor, now=signed.now)
        return back
    steps.set_leave(
        person_id,
        deputy_id=number(post.get("pengganti", "")),
        first=day(post.get("mulai", "")),
        last=day(post.get("sampai", "")),
        why=post.get("alasan", ""),
        by=signed.actor,
        now=signed.now,
    )
    return back


def number(text: str) -> int | None:
    """Return an id that a form carries, or None."""
    return int(text[:18]) if text.isascii() and text.isdecimal() else None


def day(text: str) -> date | None:
    """Return the day a form names, or None where it names none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
