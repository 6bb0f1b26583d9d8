"""Who is on duty at the desk, who is there at all, and what one shift left for the next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from tuntas.people.alarms import Alarm
from tuntas.people.models import Leave, Person, Post, Shift, ShiftNote
from tuntas.people.queries import people_with
from tuntas.rules.shifts import LOOKED_AHEAD, Span, gaps_in
from tuntas.rules.who import DESK_ROLES, Actor, Role

ON_DUTY = DESK_ROLES | {Role.CALL_OPERATOR}  # who can have shifts
USED = timedelta(days=7)  # a desk without a shift for so long uses none
SHOWN_FOR = timedelta(days=3)  # notes of a shift
SHOWN = 20
# Written out: the inbox asks it once, with every page.
WAITING = """
SELECT (SELECT count(*) FROM people_alarm WHERE cleared_at IS NULL), note.id, note.text, note.at, writer.name
FROM (SELECT 1) one
LEFT JOIN people_shiftnote note ON note.at > %(since)s AND note.by_id <> %(me)s
    AND EXISTS (SELECT 1 FROM people_shift shift WHERE shift.desk_id = note.desk_id AND shift.person_id = %(me)s
        AND shift.starts_at <= %(now)s AND shift.ends_at > %(now)s)
    AND NOT EXISTS (SELECT 1 FROM people_shiftnoteread seen WHERE seen.note_id = note.id AND seen.person_id = %(me)s)
LEFT JOIN people_person writer ON writer.id = note.by_id
ORDER BY note.at LIMIT 5
"""


@dataclass(frozen=True, slots=True)
class LeftNote:
    """What a shift left for the next, not read yet by who asks."""

    id: int
    text: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What stands above the inbox: how much has nobody to look after it, and notes for who is on duty."""

    alarms: int
    notes: tuple[LeftNote, ...]


def waiting_for(person_id: int, *, now: datetime) -> Waiting:
    """Return what stands above somebody's inbox. One query."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING, {"me": person_id, "now": now, "since": now - SHOWN_FOR})
        rows = cursor.fetchall()
    return Waiting(rows[0][0], tuple(LeftNote(*note) for _, *note in rows if note[0] is not None))


def uses_shifts(desk_id: int, *, now: datetime) -> bool:
    """Return whether the desk plans shifts: it had one within a week, or has one to come."""
    return Shift.objects.filter(desk=desk_id, ends_at__gt=now - USED).exists()


def shifts_of(desk_id: int, since: datetime, until: datetime) -> Sequence[Shift]:
    """Return the shifts that touch a span, with who has them, the earliest first."""
    found = Shift.objects.filter(desk=desk_id, starts_at__lt=until, ends_at__gt=since)
    return list(found.select_related("person").order_by("starts_at", "person__name"))


def spans_of(shifts: Iterable[Shift]) -> list[Span]:
    """Return the spans of shifts."""
    return [(shift.starts_at, shift.ends_at) for shift in shifts]


def has_gap(desk_id: int, *, now: datetime) -> bool:
    """Return whether a desk that uses shifts has nobody on duty at some time of the next 24 hours."""
    until = now + LOOKED_AHEAD
    return uses_shifts(desk_id, now=now) and bool(gaps_in(spans_of(shifts_of(desk_id, now, until)), now, until))


def on_duty(desk_id: int, *, now: datetime) -> frozenset[int]:
    """Return the ids of those on duty now. One query."""
    running = Shift.objects.filter(desk=desk_id, starts_at__lte=now, ends_at__gt=now)
    return frozenset(running.values_list("person", flat=True))


def who_can_be_on_duty(desk_id: int) -> list[Person]:
    """Return the people a desk can plan shifts for, by name."""
    return sorted(people_with(ON_DUTY, desk_id), key=lambda person: person.name)


def notes_of(desk_id: int, *, now: datetime) -> Sequence[ShiftNote]:
    """Return what shifts of the last days left, the newest first."""
    found = ShiftNote.objects.filter(desk=desk_id, at__gt=now - SHOWN_FOR).select_related("by")
    return list(found.order_by("-at", "-id")[:SHOWN])


def posts_held_now(roles: Iterable[Role], *, now: datetime) -> list[tuple[Role, int]]:
    """Return the posts of those who are there, themselves or their deputy; a deputy who is away is not followed."""
    away = {
        person_id: (deputy_id, is_active)
        for person_id, deputy_id, is_active in Leave.objects.filter(starts_at__lte=now, ends_at__gt=now).values_list(
            "person", "deputy", "deputy__is_active"
        )
    }

    def is_there(person_id: int) -> bool:
        deputy_id, is_active = away.get(person_id, (0, True))
        return is_active and deputy_id not in away

    posts = Post.objects.filter(role__in=list(roles), person__is_active=True).values_list("role", "agency", "person")
    return [(Role(role), agency_id) for role, agency_id, person_id in posts if is_there(person_id)]


def standing_alarms(actor: Actor) -> Sequence[Alarm]:
    """Return what nobody looks after now in the reach of a desk's people, the oldest first."""
    reach = {agency_id for role in DESK_ROLES for agency_id in actor.reach.get(role, frozenset())}
    standing = Alarm.objects.filter(cleared_at=None, agency__in=reach)
    return list(standing.order_by("first_seen", "id"))
