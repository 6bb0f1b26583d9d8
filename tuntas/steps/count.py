"""Rebuild the figures of the last days from the reports; safe to repeat."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Max

from tuntas.agencies.installation import installation
from tuntas.rules.figures import WEEK, groups_of, monday_of
from tuntas.rules.life import OPEN
from tuntas.statistics.models import AreaFigure, DayFigure, GroupFigure, MedianFigure, Standing, WeekFigure

DAYS = 90
MOST_WEEKS_IN_A_GROUP = 26  # an older one stays as it is
TIME_BETWEEN_STANDINGS = timedelta(hours=1)  # what is open is read whole, so not each time
# Each report of the days once, with what is counted of it. Who may not be known is in no category, agency or area.
FACTS = """
CREATE TEMP TABLE counted ON COMMIT DROP AS
SELECT (r.received_at AT TIME ZONE %(zone)s)::date AS "on", NOT (r.is_restricted OR r.is_secret) AS is_listed,
    coalesce(c.code, '') AS category, coalesce(a.slug, '') AS agency, coalesce(p.code, '') AS area,
    r.state, r.closed_by, r.reopen_count > 0 AS was_reopened, r.is_reopened, r.rating,
    CASE WHEN d.missed_at IS NOT NULL OR (d.kept_at IS NULL AND d.ended_at IS NULL AND d.due_at < %(now)s)
            THEN 'missed'
        WHEN d.kept_at IS NOT NULL THEN 'kept'
        WHEN d.id IS NOT NULL AND d.ended_at IS NULL THEN 'not_due'
    END AS answer,
    extract(epoch FROM d.kept_at - r.received_at) / 3600 AS answer_hours,
    extract(epoch FROM (
        SELECT max(kept_at) FROM reports_deadline WHERE report_id = r.id AND promise = 'resolve'
    ) - r.received_at) / 86400 AS resolve_days
FROM reports_report r
LEFT JOIN agencies_category c ON c.id = r.category_id AND NOT r.is_restricted AND NOT r.is_secret
LEFT JOIN agencies_agency a ON a.id = r.holder_id AND NOT r.is_restricted AND NOT r.is_secret
LEFT JOIN agencies_area p ON p.id = r.area_id AND NOT r.is_restricted AND NOT r.is_secret
LEFT JOIN reports_deadline d ON d.report_id = r.id AND d.promise = 'answer'
WHERE r.received_at >= %(since)s AND r.received_at < %(until)s
"""
COLUMNS = """received, answer_kept, answer_missed, answer_not_due, answered, closed, closed_by_system, acknowledged,
    archived, reopened, open_again, rated_1, rated_2, rated_3, rated_4"""
SUMS = """count(*), count(*) FILTER (WHERE answer = 'kept'), count(*) FILTER (WHERE answer = 'missed'),
    count(*) FILTER (WHERE answer = 'not_due'), count(*) FILTER (WHERE state IN ('answered', 'reporter_replied')),
    count(*) FILTER (WHERE state = 'closed'), count(*) FILTER (WHERE closed_by = 'system'),
    count(*) FILTER (WHERE closed_by = 'reporter'), count(*) FILTER (WHERE state = 'archived'),
    count(*) FILTER (WHERE was_reopened),
    count(*) FILTER (WHERE is_reopened AND state NOT IN ('answered', 'closed', 'archived')),
    count(*) FILTER (WHERE rating = 1), count(*) FILTER (WHERE rating = 2),
    count(*) FILTER (WHERE rating = 3), count(*) FILTER (WHERE rating = 4)"""
COUNT_DAYS = f"""
INSERT INTO statistics_dayfigure ("on", category, agency, {COLUMNS})
SELECT "on", category, agency, {SUMS} FROM counted WHERE is_listed GROUP BY 1, 2, 3
"""  # noqa: S608  # our own columns
COUNT_GROUPS = f"""
INSERT INTO statistics_groupfigure ("on", starts_on, {COLUMNS})
SELECT g."on", min(g.monday), {SUMS}
FROM counted c JOIN unnest(%s::date[], %s::date[]) g (monday, "on") ON g.monday = date_trunc('week', c."on")::date
WHERE NOT is_listed GROUP BY 1
"""  # noqa: S608  # our own columns
WEEKS_OF_UNLISTED = """
SELECT date_trunc('week', "on")::date, count(*) FROM counted WHERE NOT is_listed AND "on" >= %s AND "on" < %s
GROUP BY 1 ORDER BY 1
"""
COUNT_AREAS = f"""
INSERT INTO statistics_areafigure ("on", area, {COLUMNS})
SELECT "on", area, {SUMS} FROM counted WHERE is_listed GROUP BY 1, 2
"""  # noqa: S608  # our own columns
COUNT_WEEKS = """
INSERT INTO statistics_weekfigure (starts_on, received, closed)
SELECT starts_on, sum(received), sum(closed) FROM (
    SELECT date_trunc('week', "on")::date AS starts_on, 1 AS received, 0 AS closed FROM counted WHERE is_listed
    UNION ALL
    SELECT date_trunc('week', closed_at AT TIME ZONE %(zone)s)::date, 0, 1 FROM publications_publication
    WHERE closed_at >= %(since)s AND closed_at < %(until)s
) flow GROUP BY 1
"""
COUNT_MEDIANS = """
INSERT INTO statistics_medianfigure
    (period, agency, answers, answer_hours, longest_answer_hours, resolves, resolve_days)
SELECT period, coalesce(agency, ''), count(answer_hours), percentile_cont(0.5) WITHIN GROUP (ORDER BY answer_hours),
    max(answer_hours), count(resolve_days), percentile_cont(0.5) WITHIN GROUP (ORDER BY resolve_days)
FROM counted JOIN unnest(%s::text[], %s::date[], %s::date[]) p (period, first, last) ON "on" BETWEEN first AND last
WHERE is_listed GROUP BY GROUPING SETS ((period), (period, agency))
HAVING agency <> '' OR grouping(agency) = 1
"""
COUNT_OPEN = """
INSERT INTO statistics_standing (agency, open, longest_number, longest_received_at, counted_at)
SELECT coalesce(a.slug, ''), count(*), (array_agg(number ORDER BY received_at))[1], min(received_at), %(now)s
FROM reports_report r LEFT JOIN agencies_agency a ON a.id = r.holder_id
WHERE r.state = ANY(%(open)s) AND NOT r.is_restricted AND NOT r.is_secret AND r.doubts = '[]'
GROUP BY GROUPING SETS ((), (a.slug))
HAVING count(*) > 0 AND (a.slug IS NOT NULL OR grouping(a.slug) = 1)
"""


def count(*, now: datetime, days: int = DAYS) -> None:
    """Write the figures anew for the weeks that hold the last *days* days, and the medians of their whole months."""
    zone = installation().zone
    today = now.astimezone(zone).date()
    first = monday_of(today - timedelta(days=days))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('count'))")
        given: dict[str, Any] = {"zone": str(zone), "now": now, "until": _begins(today + timedelta(days=1))}
        cursor.execute("DROP TABLE IF EXISTS counted")  # of an earlier call in the same transaction
        first_group = _first_group(first)
        cursor.execute(FACTS, {**given, "since": _begins(min(first, first_group))})
        cursor.execute("ANALYZE counted")
        _count_groups(cursor, first_group, today)
        cursor.execute('DELETE FROM counted WHERE "on" < %s', [first])
        DayFigure.objects.filter(on__gte=first).delete()
        cursor.execute(COUNT_DAYS)
        AreaFigure.objects.filter(on__gte=first).delete()
        cursor.execute(COUNT_AREAS)
        WeekFigure.objects.filter(starts_on__gte=first).delete()
        cursor.execute(COUNT_WEEKS, {**given, "since": _begins(first)})
        _count_medians(cursor, first, today)
        _count_open(cursor, now)


def _begins(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), installation().zone)


def _first_group(first: date) -> date:
    """Return the Monday from which secret and restricted reports are put into groups anew.

    It is where an earlier group began or ended, not simply where the days begin: else the groups would shift every
    week, and from how they shift single weeks could be worked out.
    """
    earlier = GroupFigure.objects.filter(starts_on__lt=first).order_by("-starts_on").first()
    if earlier is None:
        return first
    is_whole = earlier.on < first or earlier.starts_on < first - MOST_WEEKS_IN_A_GROUP * WEEK
    return earlier.on + WEEK if is_whole else earlier.starts_on


def _count_groups(cursor: CursorWrapper, since: date, today: date) -> None:
    """Count secret and restricted reports of weeks that are over, each week with the one that made its group full."""
    cursor.execute(WEEKS_OF_UNLISTED, [since, monday_of(today)])
    groups = groups_of(cursor.fetchall())
    GroupFigure.objects.filter(on__gte=since).delete()
    cursor.execute(COUNT_GROUPS, [list(groups), list(groups.values())])


def _count_medians(cursor: CursorWrapper, first: date, today: date) -> None:
    periods = [(f"d{days}", today - timedelta(days=days - 1), today) for days in (30, 90)]
    month = today.replace(day=1)
    while month >= first:
        last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        periods.append((f"{month:%Y-%m}", month, last))
        month = (month - timedelta(days=1)).replace(day=1)
    MedianFigure.objects.filter(period__in=[name for name, _, _ in periods]).delete()
    cursor.execute(COUNT_MEDIANS, [list(column) for column in zip(*periods, strict=True)])


def _count_open(cursor: CursorWrapper, now: datetime) -> None:
    last = Standing.objects.aggregate(at=Max("counted_at"))["at"]
    if last is None or not timedelta(0) <= now - last < TIME_BETWEEN_STANDINGS:
        Standing.objects.all().delete()
        cursor.execute(COUNT_OPEN, {"now": now, "open": sorted(OPEN)})
