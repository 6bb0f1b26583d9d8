from datetime import datetime

from django.db import transaction

from tuntas.people.models import Look
from tuntas.reports.models import Report
from tuntas.rules.who import Actor, may_know_name
from tuntas.steps.story import retell

SAME_LOOK_HOURS = 1


def fetch(report: Report, *, by: Actor, now: datetime) -> Report:
    """Record that staff opened a report: the desk's first look changes the public face, and every look at who the
    reporter is, or at words few may read, is kept where the reporter sees it."""
    is_first = report.fetched_at is None and by.is_desk
    what = _what_is_seen(report, by)
    if not is_first and not what:
        return report
    with transaction.atomic():
        report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        changed = bool(what) and _look(report, by, what, now)
        if is_first and report.fetched_at is None:
            report.fetched_at, changed = now, True
        if changed:
            retell(report)
            report.save(update_fields=["fetched_at", "thread"])
    return report


def _what_is_seen(report: Report, by: Actor) -> str:
    if report.is_restricted:
        return "restricted"
    has_contact = hasattr(report, "contact")
    return "identity" if has_contact and may_know_name(by, report) else ""


def _look(report: Report, by: Actor, what: str, now: datetime) -> bool:
    """Keep one look an hour per person and matter, so that paging to and fro does not bury the others."""
    if by.person_id is None:
        return False
    last = Look.objects.filter(person_id=by.person_id, report_id=report.pk, what=what).order_by("-at").first()
    if last is not None and abs((now - last.at).total_seconds()) < SAME_LOOK_HOURS * 3600:
        return False
    role = next((str(role) for role in by.reach), "")
    Look.objects.create(person_id=by.person_id, report_id=report.pk, role=role, what=what, at=now)
    report.thread["looks"] = [
        {"after": (look.at - report.received_at).total_seconds(), "role": look.role, "what": look.what, "why": look.why}
        for look in Look.objects.filter(report_id=report.pk).order_by("id")
    ]
    return True
