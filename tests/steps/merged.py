"""Clusters for tests: reports that were merged into one, and what may never change on them."""

from datetime import datetime
from typing import Any

from tests.cast import Cast
from tests.make import Made, make_report
from tests.steps.seen import fresh
from tuntas import steps
from tuntas.reports.models import Deadline, Report


def make_cluster(cast: Cast, now: datetime, members: int = 2, **more: Any) -> tuple[Made, list[Made]]:
    """Submit a report and *members* about the same matter, and merge those into it."""
    lead = make_report(now, **more)
    others = [make_report(now, email=f"warga{n}@mail.example") for n in range(members)]
    for one in others:
        join(one, lead, cast, now)
    return lead, others


def join(one: Made, lead: Made, cast: Cast, now: datetime) -> None:
    steps.merge(one.report, by=cast.desk, into=fresh(lead.report).name, now=now)


def standing(report: Report) -> dict[str, Any]:
    """Return where a report stands, in whose hand, and every clock of it with its instants."""
    report = fresh(report)
    clocks = Deadline.objects.filter(report=report).order_by("id").values()
    columns = ("state", "holder_id", "category_id", "classification", "due_at", "is_led", "merged_into_id")
    return {name: getattr(report, name) for name in columns} | {"clocks": list(clocks)}


def states(*made: Made) -> list[str]:
    return [fresh(each.report).state for each in made]
