"""What came out of a rakor for an agency: its tasks on the agencies' list, and saying that one is done."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.meetings.queries import decision_named, tasks_of
from tuntas.rules.meetings import SEE
from tuntas.rules.who import Role
from tuntas.web.office.meeting_told import decided_of
from tuntas.web.office.signed import Signed, for_staff
from tuntas.web.posts import once_only


def meeting_tasks(signed: Signed) -> list[dict[str, Any]]:
    """Return what a liaison's agencies have to do since a rakor; the practice city has none. One query."""
    if signed.root:
        return []
    today = signed.now.astimezone(installation().zone).date()
    found = tasks_of(signed.actor.reach.get(Role.LIAISON, frozenset()))
    rows = decided_of(found, today=today)
    return [{"task": row, "meeting": each.item.meeting} for row, each in zip(rows, found, strict=True)]


@for_staff(frozenset(SEE), methods=("POST",))
def finish(request: HttpRequest, signed: Signed, key: int) -> HttpResponse:
    """Say that a decision is done. Raises NotFound, NotAllowed, WrongState, Invalid."""

    def do() -> str:
        steps.finish_decision(decision_named(key), by=signed.actor, text=request.POST.get("teks", ""), now=signed.now)
        return "/instansi" if Role.LIAISON in signed.actor.reach else "/rakor"

    return once_only(request, caller=signed.key, do=do, now=signed.now)
