from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count

from tuntas.meetings.models import MOST_PRESENT, Decision, Meeting, MeetingState
from tuntas.people.models import Person
from tuntas.people.queries import nearest_with
from tuntas.reports.models import Notice
from tuntas.rules.text import checked
from tuntas.rules.who import Actor, Role
from tuntas.steps.decide import running
from tuntas.steps.tell import notice_of_meeting, send_many


def end_meeting(meeting: Meeting, *, by: Actor, present: str = "", now: datetime) -> Meeting:
    """End a meeting: its minutes stand, its decisions become work of their agencies, who are told.

    present   who was there

    Raises NotAllowed, WrongState, Invalid.
    """
    present = checked(present, "/present", most=MOST_PRESENT, may_be_empty=True)
    with running(meeting.pk, by=by) as meeting:
        meeting.state, meeting.present = MeetingState.ENDED, present
        meeting.ended_at, meeting.ended_by_id = now, by.person_id
        meeting.save()
        send_many(list(_notices(meeting, now)))
    return meeting


def _notices(meeting: Meeting, now: datetime) -> Iterator[Notice]:
    """Yield a notice to each liaison that there is work from the meeting, and how much."""
    decided = Decision.objects.filter(item__meeting=meeting).values_list("agency").annotate(n=Count("id"))
    people, many = dict[int, Person](), Counter[int]()
    for agency_id, n in decided.order_by("agency"):
        for person in nearest_with(Role.LIAISON, agency_id, now=now):
            people[person.pk] = person
            many[person.pk] += n
    for key, person in people.items():
        yield notice_of_meeting(person, meeting.held_on, many[key], now=now)
