"""What the desk's inbox asks besides its rows: how many stand in each queue, photos, what is new, who handled the like.

Every count stops at a bound: an inbox of 300,000 open reports is opened as quickly as one of thirty.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Max, Q

from tuntas.kit.errors import NOT_FOUND, NotFound
from tuntas.reports.models import Event, File, FileKind, FileState, Report
from tuntas.reports.queries import DeskFilter, desk_rows, opened, report_for
from tuntas.reports.search import found_by
from tuntas.rules.life import State
from tuntas.rules.who import Actor, may_read

MOST = 1000
MOST_NEW = 100
LOOKED_BACK = 20  # closed reports of the same category in the same area


def queue_counts(actor: Actor, queues: Iterable[str], *, now: datetime) -> dict[str, int]:
    """Return how many reports each queue holds for *actor*, MOST standing for that many or more. One statement."""
    names, parts, given = list(queues), [], list[Any]()
    visible = Report.objects.visible_to(actor)
    for name in names:
        rows = desk_rows(actor, DeskFilter(queue=name), now=now, among=visible).order_by().values("pk")[:MOST]
        sql, params = rows.query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) counted)")  # noqa: S608  # written by the ORM
        given += params
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", given)
        counts = cursor.fetchone()
    return dict(zip(names, counts, strict=True))


def photo_counts(reports: Iterable[Report]) -> dict[int, int]:
    """Return how many photos each report has, by its id; those without are left out. One query."""
    rows = File.objects.filter(report__in=[report.pk for report in reports], kind=FileKind.PHOTO)
    return dict(rows.order_by().values_list("report").annotate(n=Count("pk")))


def count_new(actor: Actor, wanted: DeskFilter, since: datetime, *, now: datetime) -> int:
    """Return how many reports came into a list since it was made, or changed in it.

    Into the list of all comes only what is new: along the other index nobody finds what changed among a million.
    """
    came = Q(received_at__gt=since)
    rows = desk_rows(actor, wanted, now=now).filter(came | Q(updated_at__gt=since) if wanted.queue else came)
    if wanted.q:
        return min(MOST_NEW, len(found_by(wanted.q, actor, rows, enough=MOST_NEW).ids))
    return len(rows.order_by().values_list("pk", flat=True)[:MOST_NEW])


def handled_before(report: Report) -> dict[int, int]:
    """Return which agencies handled the last closed reports of this category in this area, and how many each."""
    if report.category_id is None or report.area_id is None:
        return {}
    closed = Report.objects.filter(
        state=State.CLOSED, area=report.area_id, category=report.category_id, is_restricted=False, holder__isnull=False
    )
    return Counter(closed.order_by("-updated_at").values_list("holder", flat=True)[:LOOKED_BACK])


def photos_of(report: Report) -> list[str]:
    """Return the ids of the photos that came with a report or to it, the oldest first. One query."""
    ready = File.objects.filter(report=report, kind=FileKind.PHOTO, state=FileState.READY).order_by("received_at", "id")
    return [str(pk) for pk in ready.values_list("pk", flat=True)]


def report_to_open(actor: Actor, name: str) -> Report:
    """Return a report that *actor* may read more of than everybody does. Raises NotFound."""
    report = report_for(actor, name)
    if not may_read(actor, report):
        raise NotFound(NOT_FOUND)
    return report


def reports_named(actor: Actor, names: Iterable[str]) -> list[Report]:
    """Return those of some reports that *actor* may read, the nearest promise first, with the opening of each."""
    wanted = [name for name in names if "\x00" not in name][:MOST_NEW]
    rows = opened(Report.objects.visible_to(actor).filter(Q(number__in=wanted) | Q(ref__in=wanted)))
    return list(rows.defer("body", "public_text").order_by("due_at", "pk"))


def last_events_of(reports: Iterable[Report]) -> dict[int, int]:
    """Return the id of each report's newest event, by the report's. One query."""
    rows = Event.objects.filter(report__in=[report.pk for report in reports]).order_by()
    return dict(rows.values_list("report").annotate(newest=Max("pk")))
