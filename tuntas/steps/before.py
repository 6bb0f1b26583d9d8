"""How a report stood before an act that can be taken back: remembered by ``walk``, given back by ``recall``."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from tuntas.reports.models import Before, Deadline, Event, Report
from tuntas.rules.life import Act, State, may
from tuntas.rules.recall import RECALLABLE
from tuntas.rules.who import Actor
from tuntas.steps.clocks import mark_if_missed

COLUMNS = (
    "state",
    "category_id",
    "classification",
    "public_title",
    "public_text",
    "holder_id",
    "offered_to_id",
    "proposed_by_id",
    "awaits_signature",
    "asked_from",
    "transferred_from",
    "refusal_count",
    "awaits_arbiter",
    "is_arbitrated",
    "awaits_audience",
    "ask_count",
    "reason_code",
    "doubts",
)
# One statement, and the row as the database has it: the step has changed its own copy already.
REMEMBER = """
INSERT INTO reports_before (report_id, event_id, "values", clocks, at)
SELECT id, %s, jsonb_build_object({columns}), %s, %s FROM reports_report WHERE id = %s
ON CONFLICT (report_id) DO UPDATE
SET event_id = excluded.event_id, "values" = excluded."values", clocks = excluded.clocks, at = excluded.at
""".format(columns=", ".join(f"'{column}', {column}" for column in COLUMNS))
Json = dict[str, Any]


def is_recallable(act: Act, by: Actor, report: Report) -> bool:
    """Return whether *act* by this person is one of those that the desk can take back."""
    return act in RECALLABLE and may(by, Act.RECALL, report)


def clocks_as_they_stand(clocks: Iterable[Deadline]) -> list[Json]:
    """Return the clocks as they can be kept, before an act turns them."""
    return [
        {
            "id": clock.pk,
            "due_at": _written(clock.due_at),
            "left": None if clock.left is None else clock.left // timedelta(microseconds=1),
            "kept_at": _written(clock.kept_at),
            "missed_at": _written(clock.missed_at),
            "ended_at": _written(clock.ended_at),
            "cause": clock.cause,
            "rung_at": _written(clock.rung_at),
        }
        for clock in clocks
    ]


def remember(report: Report, event: Event, clocks: list[Json]) -> None:
    """Keep how the report stood before *event*; the report is not saved yet."""
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER, [event.pk, json.dumps(clocks), event.at, report.pk])


def give_back_columns(report: Report, before: Before) -> State:
    """Set what the act changed on the report, but for its state, which is returned: ``walk`` alone writes that."""
    for column in COLUMNS[1:]:
        if column in before.values:  # else it was not there yet when this was remembered
            setattr(report, column, before.values[column])
    return State(before.values["state"])


def give_back_clocks(report: Report, before: Before, *, now: datetime) -> None:
    """Set the clocks to the instants they had; those that the act began are gone, unless they were missed meanwhile."""
    stood = {kept["id"]: kept for kept in before.clocks}
    for clock in report.deadlines.order_by("id"):
        if clock.pk in stood:
            _give_back(clock, stood[clock.pk])
        elif clock.missed_at is None and not mark_if_missed(clock, now):
            clock.delete()
        elif clock.ended_at is None:
            clock.ended_at, clock.rung_at = now, None
            clock.save()


def _give_back(clock: Deadline, kept: Json) -> None:
    """Set one clock back, if the act turned it; a mark that the job made meanwhile stays, because it was told."""
    (now_stands,) = clocks_as_they_stand([clock])
    if all(now_stands[name] == kept[name] for name in ("due_at", "left", "kept_at", "ended_at")):
        return
    clock.due_at, clock.kept_at = read_instant(kept["due_at"]), read_instant(kept["kept_at"])
    clock.missed_at, clock.ended_at = read_instant(kept["missed_at"]), read_instant(kept["ended_at"])
    clock.left = read_left(kept["left"])
    clock.cause = kept["cause"]
    clock.rung_at = read_instant(kept.get("rung_at"))
    clock.save()


def _written(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def read_instant(at: str | None) -> datetime | None:
    """Return an instant of a clock that was kept here."""
    return None if at is None else datetime.fromisoformat(at)


def read_left(left: int | None) -> timedelta | None:
    """Return what was left of a paused clock that was kept here."""
    return None if left is None else timedelta(microseconds=left)
