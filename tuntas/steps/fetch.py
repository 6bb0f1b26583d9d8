from datetime import datetime

from django.db import transaction

from tuntas.reports.models import Report
from tuntas.rules.who import Actor, may_know_name
from tuntas.steps.looks import keep_look
from tuntas.steps.story import retell


def fetch(report: Report, *, by: Actor, now: datetime) -> Report:
    """Record that staff opened a report: the desk's first look changes the public face, and every look at who the
    reporter is, or at words few may read, is kept where the reporter sees it."""
    is_first = report.fetched_at is None and by.is_desk
    what = _what_is_seen(report, by)
    if not is_first and not what:
        return report
    with transaction.atomic():
        report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        changed = [each for each in what if keep_look(report, each, by=by, now=now)] != []
        if is_first and report.fetched_at is None:
            report.fetched_at, changed = now, True
        if changed:
            retell(report)
            report.save(update_fields=["fetched_at", "thread"])
    return report


def _what_is_seen(report: Report, by: Actor) -> list[str]:
    if by.person_id is None:
        return []
    words = "restricted" if report.is_restricted or report.is_suspected else "secret" if report.is_secret else ""
    has_name = may_know_name(by, report) and hasattr(report, "contact")
    return [what for what in (words, "identity" if has_name else "") if what]
