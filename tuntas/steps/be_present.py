from datetime import datetime

from django.db import connection

from tuntas.kit.errors import NOT_FOUND, NotFound
from tuntas.reports.desk_queries import PRESENT
from tuntas.reports.models import Report
from tuntas.rules.who import Actor, may_read

# Who comes back after having been gone opened it anew.
SEEN = """
INSERT INTO reports_presence AS known (report_id, person_id, since, seen_at) VALUES (%s, %s, %s, %s)
ON CONFLICT (report_id, person_id) DO UPDATE
SET since = CASE WHEN known.seen_at < %s THEN excluded.since ELSE known.since END, seen_at = excluded.seen_at
"""


def be_present(report: Report, *, by: Actor, now: datetime) -> None:
    """Note that somebody has a report open, so that others who open it see them. One statement, without a lock."""
    if by.person_id is None or not may_read(by, report):
        raise NotFound(NOT_FOUND)
    with connection.cursor() as cursor:
        cursor.execute(SEEN, [report.pk, by.person_id, now, now, now - PRESENT])
