"""What the background jobs' table holds in this test."""

from json import loads
from typing import Any

from django.db import connection

from tuntas.kit.queue import Job


def waiting_jobs(job: Job) -> list[dict[str, Any]]:
    """Return what was given to each job of a kind that waits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args::text FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo' ORDER BY id", [job]
        )
        return [_read(text) for (text,) in cursor.fetchall()]


def _read(text: str) -> dict[str, Any]:
    read: dict[str, Any] = loads(text)
    return read
