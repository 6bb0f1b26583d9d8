from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q

from tuntas.agencies.installation import installation
from tuntas.people.models import Alarm, Person
from tuntas.people.queries import people_with
from tuntas.reports.alarm_queries import staffing_now
from tuntas.rules.alarms import AGAIN, Alert, Missing, missing_in
from tuntas.rules.who import Role
from tuntas.steps.tell import notice_about_posts, send_many


def watch_posts(*, now: datetime) -> int:
    """Note what has nobody to look after it, clear what somebody looks after again; write once, and weekly after.

    Safe to repeat, and side by side. Return how many alarms stand.
    """
    with transaction.atomic():
        _alone()
        wanted = set(missing_in(staffing_now(now=now)))
        standing = {_missing(alarm): alarm for alarm in Alarm.objects.filter(cleared_at=None)}
        gone = [alarm.pk for missing, alarm in standing.items() if missing not in wanted]
        Alarm.objects.filter(pk__in=gone).update(cleared_at=now)
        Alarm.objects.bulk_create(
            Alarm(kind=one.kind, agency_id=one.agency_id, category_id=one.category_id, first_seen=now)
            for one in sorted(wanted - standing.keys(), key=str)
        )
        due = Alarm.objects.filter(Q(told_at=None) | Q(told_at__lte=now - AGAIN), cleared_at=None)
        if (n := due.count()) and (people := _who_hears(now)):
            send_many([notice_about_posts(person, n, now=now) for person in people])
            due.update(told_at=now)
    return len(wanted)


def _missing(alarm: Alarm) -> Missing:
    return Missing(Alert(alarm.kind), alarm.agency_id, alarm.category_id)


def _who_hears(now: datetime) -> list[Person]:
    """Return the desk's admins; where there is none, who leads the government and who runs the machine."""
    desk_id = installation().desk_id
    return people_with({Role.AGENCY_ADMIN}, desk_id, now=now) or people_with({Role.LEADER, Role.SYSADMIN}, desk_id)


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('alarms'))")
