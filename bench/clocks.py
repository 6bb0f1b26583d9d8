"""How long it takes to look at every open clock, eight workers at once: ``python -m bench 300000 --only clocks``.

Every clock of the open reports is set to have just come to a rung, the worst that can be: in life a few in a thousand
have. The raw limit beside it is the same rows touched by plain UPDATEs, as many workers, as many rows at a time.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence

from django.db import connection

WORKERS = 8
CLOCKS = 300_000
AT_ONCE = 100  # rows a transaction
RESET = """
UPDATE reports_deadline d SET rung = 0, climbed_at = NULL, rung_at = now() - random() * interval '1 minute'
FROM (
    SELECT id FROM reports_deadline
    WHERE kept_at IS NULL AND ended_at IS NULL AND ladder_id IS NOT NULL AND whole IS NOT NULL AND due_at > %s
    ORDER BY id LIMIT %s
) chosen WHERE d.id = chosen.id
"""
# Enough open clocks that have time left, whatever the reports of this size are.
AHEAD = """
UPDATE reports_deadline SET due_at = now() + interval '2 days', whole = interval '8 days', missed_at = NULL
WHERE kept_at IS NULL AND ended_at IS NULL AND due_at IS NOT NULL AND ladder_id IS NOT NULL
"""
TOUCH = """
UPDATE reports_deadline d SET rung = 1, rung_at = d.due_at FROM (
    SELECT id FROM reports_deadline WHERE rung_at < now() ORDER BY rung_at LIMIT %s FOR UPDATE SKIP LOCKED
) due WHERE d.id = due.id
"""


def set_up(clocks: int = CLOCKS) -> int:
    """Let that many clocks have come to their first rung; return how many there are."""
    with connection.cursor() as cursor:
        cursor.execute(AHEAD)
        cursor.execute("UPDATE reports_deadline SET rung_at = NULL WHERE rung_at IS NOT NULL")
        cursor.execute(RESET.replace("%s", "now()", 1), [clocks])
        return int(cursor.rowcount)


def race(words: Sequence[str]) -> tuple[float, int]:
    """Run the workers to the end; return the seconds and how many clocks they moved together."""
    began = time.monotonic()
    given = {**os.environ, "PYTHONUNBUFFERED": "1"}
    running = [
        subprocess.Popen([sys.executable, "-m", "bench.clocks", *words], env=given, stdout=subprocess.PIPE, text=True)
        for _ in range(WORKERS)
    ]
    moved = sum(int(process.communicate()[0]) for process in running)
    return time.monotonic() - began, moved


def work(is_raw: bool) -> int:
    """Move clocks until none is left that this worker can have; return how many."""
    from tuntas import steps  # noqa: PLC0415 (Django is set up by then)
    from tuntas.kit.time import current_time  # noqa: PLC0415

    def touch() -> int:
        with connection.cursor() as cursor:
            cursor.execute(TOUCH, [AT_ONCE])
            return int(cursor.rowcount)

    done = 0
    while moved := (touch() if is_raw else steps.climb_next(now=current_time())):
        done += moved
    return done


if __name__ == "__main__":
    import django

    django.setup()
    print(work("raw" in sys.argv[1:]))
