"""Rebuild the figures of the last days from the reports; safe to repeat."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from tuntas.agencies.installation import installation
from tuntas.statistics.models import DayFigure

DAYS = 90
COUNT = """
INSERT INTO statistics_dayfigure ("on", category, agency, received, answer_kept, answer_missed, answered, closed,
    closed_by_system, acknowledged, archived, reopened, rated_1, rated_2, rated_3, rated_4)
SELECT (r.received_at AT TIME ZONE %(zone)s)::date, coalesce(c.code, ''), coalesce(a.slug, ''), count(*),
    count(*) FILTER (WHERE d.kept_at IS NOT NULL AND d.missed_at IS NULL),
    count(*) FILTER (
        WHERE d.missed_at IS NOT NULL OR (d.kept_at IS NULL AND d.ended_at IS NULL AND d.due_at < %(now)s)),
    count(*) FILTER (WHERE r.state IN ('answered', 'reporter_replied')),
    count(*) FILTER (WHERE r.state = 'closed'),
    count(*) FILTER (WHERE r.closed_by = 'system'),
    count(*) FILTER (WHERE r.closed_by = 'reporter'),
    count(*) FILTER (WHERE r.state = 'archived'),
    count(*) FILTER (WHERE r.reopen_count > 0),
    count(*) FILTER (WHERE r.rating = 1), count(*) FILTER (WHERE r.rating = 2),
    count(*) FILTER (WHERE r.rating = 3), count(*) FILTER (WHERE r.rating = 4)
FROM reports_report r
LEFT JOIN agencies_category c ON c.id = r.category_id AND NOT r.is_restricted
LEFT JOIN agencies_agency a ON a.id = r.holder_id AND NOT r.is_restricted
LEFT JOIN reports_deadline d ON d.report_id = r.id AND d.promise = 'answer'
WHERE r.received_at >= %(since)s AND r.received_at < %(until)s
GROUP BY 1, 2, 3
"""


def count(*, now: datetime, days: int = DAYS) -> None:
    """Write the day table anew for the last *days* days; restricted reports are in the totals and nowhere else."""
    zone = installation().zone
    today = now.astimezone(zone).date()
    since = datetime.combine(today - timedelta(days=days), datetime.min.time(), zone)
    until = datetime.combine(today + timedelta(days=1), datetime.min.time(), zone)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('count'))")
        DayFigure.objects.filter(on__gte=since.date()).delete()
        cursor.execute(COUNT, {"zone": str(zone), "now": now, "since": since, "until": until})
