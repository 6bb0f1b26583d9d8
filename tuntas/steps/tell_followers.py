from datetime import datetime

from django.db import transaction

from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act
from tuntas.rules.who import is_public
from tuntas.steps.tell import write_to

BATCH = 500


def tell_followers(report_id: int, event_id: int, *, now: datetime) -> int:
    """Write to everybody who follows a report that there is news. Return how many letters were asked for.

    Safe to repeat and to break off: each batch is kept with the letters it asked for, and nobody hears of the same
    event, or of an older one, again.
    """
    done, last = 0, 0
    while True:
        told, last = _tell_some(report_id, event_id, last, now)
        if not told:
            return done
        done += told


def _tell_some(report_id: int, event_id: int, after: int, now: datetime) -> tuple[int, int]:
    """Tell the next batch behind the follower *after*; return how many, and the last one's id."""
    with transaction.atomic():
        # The report's lock first, as everywhere: it keeps the report public, and followers here, until all is written.
        report = Report.objects.select_for_update(of=("self",)).filter(pk=report_id).first()
        if report is None or not is_public(report) or _is_undone(report, event_id):
            return 0, after
        waiting = report.followers.filter(pk__gt=after, confirmed_at__isnull=False, told_event__lt=event_id)
        some = list(waiting.order_by("pk")[:BATCH])
        report.followers.filter(pk__in=[follower.pk for follower in some]).update(told_event=event_id)
        write_to(some, "follow_news", now=now)
        return len(some), some[-1].pk if some else after


def _is_undone(report: Report, event_id: int) -> bool:
    return Event.objects.filter(report=report, act=Act.RECALL, data__event=event_id, data__quiet=True).exists()
