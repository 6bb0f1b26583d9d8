from datetime import date, datetime, time

from django.db import transaction

from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid, NotAllowed
from tuntas.kit.words import Say
from tuntas.meetings.models import MOST_PLACE, Meeting
from tuntas.rules.meetings import leads
from tuntas.rules.text import checked
from tuntas.rules.who import Actor

NOT_YOURS = Say(
    "Rakor diatur admin meja aduan dan pimpinan.", "The meeting is led by the desk's admins and the leaders."
)
PAST = Say("Pilih hari ini atau sesudahnya.", "Choose today or a later day.")
TAKEN = Say("Sudah ada rakor pada hari itu.", "There is a meeting on that day already.")


def leader(by: Actor, desk_id: int) -> int:
    """Return the key of the person *by* is. Raises NotAllowed unless they lead the meetings of that desk."""
    if by.person_id is None or not leads(by, desk_id):
        raise NotAllowed(NOT_YOURS)
    return by.person_id


def plan_meeting(*, by: Actor, held_on: date, begins: time, place: str, led_by: str = "", now: datetime) -> Meeting:
    """Set the day and place of the next meeting; its agenda builds itself. Raises NotAllowed, Invalid.

    led_by   who leads it, as it shall stand on the paper
    """
    here = installation()
    person_id = leader(by, here.desk_id)
    place, led_by = (
        checked(place, "/place", most=MOST_PLACE),
        checked(led_by, "/led_by", most=MOST_PLACE, may_be_empty=True),
    )
    if held_on < now.astimezone(here.zone).date():
        raise Invalid.field("/held_on", PAST)
    with transaction.atomic():
        made, is_new = Meeting.objects.get_or_create(
            desk_id=here.desk_id,
            held_on=held_on,
            defaults={
                "begins": begins,
                "place": place,
                "led_by": led_by,
                "planned_by_id": person_id,
                "planned_at": now,
            },
        )
        if not is_new:
            raise Invalid.field("/held_on", TAKEN)
    return made
