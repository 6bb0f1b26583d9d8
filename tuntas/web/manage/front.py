"""The front page of ``/kelola``: the registers, what waits for its day, what could not be done; the machine's state."""

from django.http import HttpRequest, HttpResponse

from tuntas.kit.queue import oldest_waiting_seconds
from tuntas.rules.registers import Register
from tuntas.rules.who import Role
from tuntas.steps.registers import BOOKS, has_part, waiting_changes
from tuntas.web.manage.told import ABOUT, ADMINS, NAMES, SLUG_OF, told_change
from tuntas.web.office.office_page import office_page
from tuntas.web.office.signed import Signed, for_staff

TECHNICAL = frozenset({Role.SYSADMIN})


@for_staff(ADMINS | TECHNICAL, methods=("GET", "HEAD"))
def front(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Show the registers to an admin, and how the machine is to who runs it."""
    is_admin = signed.is_any(ADMINS)
    waiting = waiting_changes(by=signed.actor) if is_admin else []
    given = {
        "nav": "kelola",
        "is_admin": is_admin,
        "is_technical": signed.is_any(TECHNICAL),
        "registers": [
            (SLUG_OF[register], NAMES[register], ABOUT[register])
            for register in Register
            if is_admin and register in BOOKS and has_part(register, by=signed.actor, now=signed.now)
        ],
        "waiting": [told_change(change, {}, now=signed.now) for change in waiting],
        "queue": round(oldest_waiting_seconds()),
    }
    return office_page(request, signed, "manage/front.html", given)
