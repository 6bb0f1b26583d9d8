"""The work of a month, person by person, counted from what happened to reports: ``rules.work_figures`` says how.

One statement reads the events of the month. For each it finds the answer it is about (the last one approved before it,
or the one just sent back), and so the person and agency to count it for.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import connection

from tuntas.agencies.installation import installation
from tuntas.reports.models import Report
from tuntas.reports.practice import CHANNEL
from tuntas.rules.work_figures import ABOUT_AN_ANSWER, CHECKS, COUNTED, Work

# Written out: laterals over the events of one report, which its index finds. Sealed and suspected ones stay out.
COUNT = """
WITH happened AS MATERIALIZED (
    SELECT e.id, e.report_id, e.act, e.by_id, e.agency_id, e.voice, e.at, e."to", (e.data ->> 'rating')::int AS rating
    FROM reports_event e JOIN reports_report r ON r.id = e.report_id
    WHERE e.at >= %(since)s AND e.at < %(until)s AND e.act = ANY(%(counted)s)
        AND NOT r.is_restricted AND NOT r.is_suspected AND r.channel NOT LIKE %(practice)s
),
credited AS (
    SELECT h.*, written.by_id AS writer_id, written.agency_id AS writer_agency_id, clock.is_kept,
        row_number() OVER (PARTITION BY h.report_id, h.act, answer.id ORDER BY h.id DESC) = 1 AS is_last,
        h.act = 'approve' AND NOT EXISTS (
            SELECT FROM reports_event WHERE report_id = h.report_id AND act = 'approve' AND id < h.id
        ) AS is_first
    FROM happened h
    LEFT JOIN LATERAL (
        SELECT id FROM reports_event
        WHERE report_id = h.report_id AND act = 'approve' AND id <= h.id ORDER BY id DESC LIMIT 1
    ) answer ON h.act <> 'return_answer'
    JOIN LATERAL (
        SELECT by_id, agency_id FROM reports_event
        WHERE report_id = h.report_id AND act = 'propose_answer'
            AND id < CASE WHEN h.act = 'return_answer' THEN h.id ELSE answer.id END
        ORDER BY id DESC LIMIT 1
    ) written ON written.by_id IS NOT NULL
    LEFT JOIN LATERAL (
        SELECT missed_at IS NULL AS is_kept FROM reports_deadline
        WHERE report_id = h.report_id AND promise = 'resolve' AND started_at <= h.at AND kept_at >= h.at
        ORDER BY kept_at LIMIT 1
    ) clock ON h.act = 'approve'
    WHERE h.act = ANY(%(about_an_answer)s)
),
tally AS (
    SELECT writer_id AS person_id, writer_agency_id AS agency_id,
        count(*) FILTER (WHERE is_first) AS handled,
        count(*) FILTER (WHERE act = 'approve') AS answered,
        count(*) FILTER (WHERE act = 'approve' AND is_kept) AS in_time,
        count(*) FILTER (WHERE act = 'approve' AND NOT is_kept) AS late,
        count(*) FILTER (WHERE act = 'return_answer') AS returned,
        count(*) FILTER (WHERE act IN ('reopen', 'rate') AND "to" = 'in_progress') AS reopened,
        count(*) FILTER (WHERE act = 'rate' AND is_last AND "to" = 'closed') AS acknowledged,
        count(*) FILTER (WHERE act = 'close' AND voice = 'system') AS closed_by_system,
        count(*) FILTER (WHERE act = 'rate' AND is_last) AS ratings,
        coalesce(sum(rating) FILTER (WHERE act = 'rate' AND is_last), 0) AS rating_sum,
        0 AS transfers, 0 AS checked
    FROM credited GROUP BY 1, 2
    UNION ALL
    SELECT by_id, agency_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        count(*) FILTER (WHERE act = 'transfer'), count(*) FILTER (WHERE act = ANY(%(checks)s))
    FROM happened WHERE by_id IS NOT NULL AND (act = 'transfer' OR act = ANY(%(checks)s)) GROUP BY 1, 2
)
SELECT t.agency_id, t.person_id, p.name, sum(handled), sum(answered), sum(in_time), sum(late), sum(returned),
    sum(reopened), sum(acknowledged), sum(closed_by_system), sum(ratings), sum(rating_sum), sum(transfers), sum(checked)
FROM tally t JOIN people_person p ON p.id = t.person_id
WHERE t.agency_id = ANY(%(agencies)s) OR t.person_id = %(person_id)s
GROUP BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Worker:
    """One person at one agency."""

    person_id: int
    name: str
    work: Work


@dataclass(frozen=True, slots=True)
class AgencyWork:
    """What the people of one agency did; *whole* only for who sees everyone of it."""

    agency_id: int
    name: str
    workers: tuple[Worker, ...]
    whole: Work | None


def work_of(
    since: datetime, until: datetime, *, agencies: Collection[int], person_id: int | None
) -> tuple[AgencyWork, ...]:
    """Return what was done from *since* up to *until*, by agency and person, both by name. One query.

    agencies    those of which everyone is told
    person_id   who is told besides, at whatever agency: somebody's own figures
    """
    given: dict[str, Any] = {
        "since": since,
        "until": until,
        "agencies": list(agencies),
        "person_id": person_id,
        "counted": list(COUNTED),
        "about_an_answer": list(ABOUT_AN_ANSWER),
        "checks": list(CHECKS),
        "practice": f"{CHANNEL}%",
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT, given)
        rows = cursor.fetchall()
    here = installation().agencies
    rows.sort(key=lambda row: (here[row[0]].name, row[0], row[2], row[1]))
    found = []
    for agency_id, its in groupby(rows, key=lambda row: row[0]):
        workers = tuple(Worker(person, name, Work(*map(int, figures))) for _, person, name, *figures in its)
        whole = sum((worker.work for worker in workers), Work()) if agency_id in agencies else None
        found.append(AgencyWork(agency_id, here[agency_id].name, workers, whole))
    return tuple(found)


def first_received() -> datetime | None:
    """Return when the first report came in."""
    return Report.objects.order_by("received_at", "id").values_list("received_at", flat=True).first()
