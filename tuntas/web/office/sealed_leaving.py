"""Who leaves the room: one reader asks, another decides; whoever leaves of their own accord needs nobody else."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.errors import Invalid, NotAllowed, WrongState
from tuntas.kit.time import real_time
from tuntas.web.forms import Mistakes
from tuntas.web.office.sealed_door import for_readers
from tuntas.web.office.sealed_readers import HERE, SURE_FIRST, show_readers
from tuntas.web.office.signed import Signed, is_sure
from tuntas.web.posts import once_only, see_other


@for_readers(methods=("POST",))
def ask(request: HttpRequest, signed: Signed, key_id: int) -> HttpResponse:
    """Ask that somebody leaves, with a reason. Raises NotFound."""
    why = request.POST.get("alasan", "")

    def do() -> str:
        steps.ask_reader_leaving(key_id, by=signed.actor, why=why, now=signed.now)
        return f"{HERE}?keluar=diminta"

    return _once(request, signed, key_id, do, why=why)


@for_readers(methods=("POST",))
def retire(request: HttpRequest, signed: Signed, key_id: int) -> HttpResponse:
    """Take one's own keys out of use, or somebody's whom another reader asked to leave. Raises NotFound."""

    def do() -> str:
        steps.retire_reader_key(key_id, by=signed.actor, now=signed.now)
        return f"{HERE}?keluar=1"

    return _once(request, signed, key_id, do)


@for_readers(methods=("POST",))
def refuse(request: HttpRequest, signed: Signed, key_id: int) -> HttpResponse:
    """Let somebody stay. Raises NotFound."""

    def do() -> str:
        steps.refuse_reader_leaving(key_id, by=signed.actor, now=signed.now)
        return f"{HERE}?keluar=ditolak"

    return _once(request, signed, key_id, do)


def _once(request: HttpRequest, signed: Signed, key_id: int, do: Callable[[], str], *, why: str = "") -> HttpResponse:
    if not is_sure(signed, real_now=real_time()):
        return see_other(SURE_FIRST)
    mistakes, field, status = Mistakes(), f"alasan-{key_id}", 422
    try:
        return once_only(request, caller=signed.key, do=do, now=signed.now)
    except Invalid as no:
        mistakes.add_step(no, {"/why": field}, field)
    except (NotAllowed, WrongState) as no:
        mistakes.add(f"kunci-{key_id}", no.say)
        status = 409
    why_wrong = mistakes.by_field.get(field)
    more: dict[str, Any] = {"asked_about": key_id, "why": why, "why_wrong": why_wrong}
    return show_readers(request, signed, mistakes=mistakes, status=status, **more)
