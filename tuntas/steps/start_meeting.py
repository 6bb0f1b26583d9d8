from datetime import datetime

from django.db import transaction

from tuntas.kit.errors import WrongState
from tuntas.kit.words import Say
from tuntas.meetings.agenda import draft_agenda
from tuntas.meetings.models import Brought, Item, Meeting, MeetingState
from tuntas.rules.agenda import Kind
from tuntas.rules.who import Actor
from tuntas.steps.plan_meeting import leader

NOT_PLANNED = Say("Rakor ini sudah dimulai.", "This meeting has begun already.")
ANOTHER_RUNS = Say("Rakor lain masih berjalan. Akhiri dulu.", "Another meeting is still running. End it first.")


def start_meeting(meeting: Meeting, *, by: Actor, now: datetime) -> Meeting:
    """Begin a meeting: its agenda is frozen as it stands. Raises NotAllowed, WrongState."""
    person_id = leader(by, meeting.desk_id)
    with transaction.atomic():
        meetings = {each.pk: each for each in Meeting.objects.select_for_update().filter(desk=meeting.desk_id)}
        meeting = meetings[meeting.pk]
        if not meeting.is_planned:
            raise WrongState(NOT_PLANNED)
        if any(each.is_running for each in meetings.values()):
            raise WrongState(ANOTHER_RUNS)
        for position, draft in enumerate(draft_agenda(meeting.desk_id, now=now), 1):
            facts = {name: fact for name, fact in draft.facts.items() if name != "brought"}
            item = Item.objects.create(meeting=meeting, position=position, kind=draft.kind, facts=facts)
            if draft.kind is Kind.BROUGHT:
                Brought.objects.filter(pk=draft.facts["brought"]).update(item=item)
        meeting.state, meeting.started_at, meeting.started_by_id = MeetingState.RUNNING, now, person_id
        meeting.save()
    return meeting
