from datetime import datetime

from django.db import transaction

from tuntas.people.colleagues import colleague_of
from tuntas.people.models import Person
from tuntas.rules.who import Actor
from tuntas.steps.tell import notice_for, send_many


def invite(person_id: int, *, by: Actor, now: datetime) -> None:
    """Write somebody one looks after a letter with a link to choose a password; whoever forgot theirs gets one, too.

    The link is made when the letter goes out and is kept nowhere. A second factor stays what it was. Raises NotFound.
    """
    colleague_of(by, person_id, now=now)
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person_id)
        send_many([notice_for(None, person, "invitation", now=now)])
