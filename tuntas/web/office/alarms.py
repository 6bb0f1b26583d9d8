"""What nobody looks after: the strip above the inbox, the list, and what can be done about each."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse

from tuntas.agencies.installation import installation
from tuntas.kit.words import Say
from tuntas.people.duty import standing_alarms
from tuntas.rules.alarms import ALERTS, TO_DO, Alert
from tuntas.rules.who import DESK_ROLES, Role
from tuntas.web.office.office_page import office_page
from tuntas.web.office.signed import Signed, for_staff

if TYPE_CHECKING:
    from tuntas.people.models import Alarm

PLACES = {Alert.NO_SHIFT: "/meja/jaga"}


@for_staff(DESK_ROLES, methods=("GET", "HEAD"))
def alarms(request: HttpRequest, signed: Signed) -> HttpResponse:
    """List what nobody looks after, the oldest first."""
    is_admin = signed.is_any(frozenset({Role.AGENCY_ADMIN}))
    given = {
        "nav": "meja",
        "rows": [_told(alarm, is_admin=is_admin) for alarm in standing_alarms(signed.actor)],
    }
    return office_page(request, signed, "office/alarms.html", given)


def _told(alarm: "Alarm", *, is_admin: bool) -> dict[str, Any]:
    here, kind = installation(), Alert(alarm.kind)
    agency = here.agencies[alarm.agency_id].name
    topic = here.categories[alarm.category_id].name if alarm.category_id is not None else Say("", "")
    return {
        "said": ALERTS[kind].fill_each(agency=Say(agency, agency), category=topic),
        "to_do": TO_DO[kind],
        "since": alarm.first_seen,
        "address": PLACES.get(kind, "/meja/orang") if is_admin and kind is not Alert.NO_OWNER else "",
    }
