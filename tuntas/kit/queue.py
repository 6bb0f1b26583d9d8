"""The names of all background jobs, and the one way to ask for one."""

from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app


class Job(StrEnum):
    """Work done behind a step; ``jobs.py`` has one function for each."""

    DELIVER = "deliver"
    TELL_FOLLOWERS = "tell_followers"
    TICK = "tick"
    RESCUE = "rescue"
    TIDY = "tidy"
    COUNT = "count"
    PREPARE_PRACTICE = "prepare_practice"


AT_ONCE = timedelta(0)


def later(job: Job, *, after: timedelta = AT_ONCE, **given: Any) -> None:
    """Ask for *job*, at once or *after* a while. It is written in the caller's transaction: no commit, no job."""
    wait = {"seconds": round(after.total_seconds())} if after else None
    app.configure_task(job.value, queue=job.value, schedule_in=wait).defer(**given)


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
