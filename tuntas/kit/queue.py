"""The names of all background jobs, and the one way to ask for one."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, cast

from django.db import connection
from procrastinate.contrib.django import app


class Job(StrEnum):
    """Work done behind a step; ``jobs.py`` has one function for each."""

    DELIVER = "deliver"
    TELL_FOLLOWERS = "tell_followers"
    TICK = "tick"
    RESCUE = "rescue"
    TIDY = "tidy"
    CLEAN_FILE = "clean_file"
    COUNT = "count"
    INDEX = "index"
    SEQUENCE = "sequence"
    PREPARE_PRACTICE = "prepare_practice"
    WATCH_POSTS = "watch_posts"
    BRING_PAST = "bring_past"
    APPLY_CHANGES = "apply_changes"


AT_ONCE = timedelta(0)


def later(job: Job, *, after: timedelta = AT_ONCE, **given: Any) -> None:
    """Ask for *job*, at once or *after* a while. It is written in the caller's transaction: no commit, no job."""
    wait = {"seconds": round(after.total_seconds())} if after else None
    app.configure_task(job.value, queue=job.value, schedule_in=wait).defer(**given)


def later_each(job: Job, given: Sequence[Mapping[str, Any]]) -> None:
    """Ask for *job* at once with each of *given*, in one statement."""
    if given:
        app.configure_task(job.value, queue=job.value).batch_defer(*map(dict, given))


def oldest_waiting_seconds() -> float:
    """Return for how long the oldest job that could run has waited; 0 where none does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(greatest(e.at, j.scheduled_at))), 0) "
            "FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred' "
            "WHERE j.status = 'todo' AND (j.scheduled_at IS NULL OR j.scheduled_at <= clock_timestamp())"
        )
        (seconds,) = cursor.fetchone()
    return max(0.0, float(seconds))


def count_jobs() -> dict[str, int]:
    """Return how many jobs wait for their turn, are under way, and failed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT status::text, count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed') "
            "AND (status <> 'todo' OR scheduled_at IS NULL OR scheduled_at <= clock_timestamp()) GROUP BY 1"
        )
        found = dict(cursor.fetchall())
    return {"waiting": found.get("todo", 0), "doing": found.get("doing", 0), "failed": found.get("failed", 0)}


def seconds_since_worker() -> float | None:
    """Return for how long no worker gave a sign of life; None where there is none at all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp() - max(last_heartbeat)) FROM procrastinate_workers")
        (seconds,) = cursor.fetchone()
    return None if seconds is None else max(0.0, float(seconds))


def database_clock() -> datetime:
    """Return what time it is for the database's machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (found,) = cursor.fetchone()
    return cast(datetime, found)
