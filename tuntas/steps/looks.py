"""Keep that somebody read what few may: for the record, and for the reporter, who sees it on their page."""

from datetime import datetime, timedelta

from tuntas.agencies.installation import installation
from tuntas.people.models import Look
from tuntas.reports.models import Report
from tuntas.rules.seen_as import seen_as
from tuntas.rules.who import Actor

SAME_LOOK_HOURS = 1


def keep_look(report: Report, what: str, *, by: Actor, why: str = "", is_each: bool = False, now: datetime) -> bool:
    """Keep a look in the table and, unsaved, in the report's thread; return whether it was one.

    is_each   every single time; otherwise once an hour for a person and matter, so that paging to and fro does not
              bury the others
    """
    if by.person_id is None:
        return False
    looks = Look.objects.filter(person_id=by.person_id, report_id=report.pk, what=what)
    hour = timedelta(hours=SAME_LOOK_HOURS)
    if not is_each and looks.filter(at__gt=now - hour, at__lt=now + hour).exists():
        return False
    role, agency_id = seen_as(by, report)
    Look.objects.create(person_id=by.person_id, report_id=report.pk, role=role, what=what, why=why, at=now)
    told = {
        "after": (now - report.received_at).total_seconds(),
        "role": role,
        "agency": installation().slug_of(agency_id),
        "what": what,
        "why": why,
    }
    report.thread["looks"] = [*report.thread.get("looks", []), told]
    return True
