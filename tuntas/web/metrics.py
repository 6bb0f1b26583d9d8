"""How the machine does, for Prometheus: numbers alone, nobody's name, code or address."""

import hmac
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from urllib.parse import urlsplit

from django.db import Error, connection
from django.http import Http404, HttpRequest, HttpResponse
from psycopg_pool import PoolTimeout

from tuntas.kit.env import env
from tuntas.kit.files import all_quarantined
from tuntas.kit.meters import Reading, told
from tuntas.kit.problems import NoCredentials
from tuntas.kit.queue import count_jobs, oldest_waiting_seconds, seconds_since_worker
from tuntas.kit.room import room_at
from tuntas.kit.time import current_time, real_time
from tuntas.kit.words import Say
from tuntas.ledger.queries import newest_checkpoint
from tuntas.reports.pulse import pulse

FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-Ip", "X-Forwarded-Host")
HERE = frozenset({"127.0.0.1", "::1"})
HERE_NAMED = HERE | {"localhost"}
NEEDED = Say("Untuk ini perlu kunci mesin.", "This needs the machine's key.")


def metrics(request: HttpRequest) -> HttpResponse:
    """Show the numbers to this machine itself, or to who shows the token. Raises Http404, NoCredentials."""
    if not _is_here(request):
        if not env().metrics_token:
            raise Http404
        if not _shows_token(request):
            raise NoCredentials(NEEDED)
    response = HttpResponse(told(_readings()), content_type="text/plain; version=0.0.4; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


def _is_here(request: HttpRequest) -> bool:
    """Return whether this very machine asks; a proxy of it asks for somebody else."""
    if any(name in request.headers for name in FORWARDED):
        return False
    named = urlsplit(f"//{request.get_host()}").hostname
    return request.META.get("REMOTE_ADDR") in HERE and named in HERE_NAMED


def _shows_token(request: HttpRequest) -> bool:
    kind, _, shown = request.headers.get("Authorization", "").partition(" ")
    return kind.lower() == "bearer" and hmac.compare_digest(shown.strip().encode(), env().metrics_token.encode())


def _readings() -> Iterator[Reading]:
    yield Reading("tuntas_build_info", "The version at work.", {version("tuntas"): 1}, "version")
    yield Reading("tuntas_disk_free_bytes", "Room for files and keys.", float(room_at(env().files)[0]))
    yield Reading("tuntas_files_quarantined", "Files that nobody has cleaned yet.", sum(1 for _ in all_quarantined()))
    try:
        found = [*_of_database(now=current_time(), real_now=real_time())]
    except (Error, PoolTimeout):
        found = []
    yield Reading("tuntas_database_up", "Whether the database answers.", float(bool(found)))
    yield from found


def _of_database(*, now: datetime, real_now: datetime) -> Iterator[Reading]:
    yield Reading("tuntas_jobs", "Background jobs.", dict(count_jobs()))
    yield Reading("tuntas_jobs_oldest_seconds", "How long the oldest job waits.", oldest_waiting_seconds())
    if (seconds := seconds_since_worker()) is not None:
        yield Reading("tuntas_worker_silent_seconds", "Since the last sign of life of a worker.", seconds)
    counts = pulse(now=now)
    notices = {"waiting": counts.notices_waiting, "dead": counts.notices_dead}
    yield Reading("tuntas_notices", "Letters not sent.", {name: float(many) for name, many in notices.items()})
    reports = {"open": counts.open, "overdue": counts.overdue}
    yield Reading("tuntas_reports", "Open reports.", {name: float(many) for name, many in reports.items()})
    if point := newest_checkpoint():
        yield Reading(
            "tuntas_log_checkpoint_age_seconds", "Since the log was signed.", (now - point.at).total_seconds()
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        yield Reading("tuntas_database_bytes", "Size of the database.", cursor.fetchone()[0])
    if pool := getattr(connection, "pool", None):
        stats = pool.get_stats()
        names = ("pool_size", "pool_available", "requests_waiting")
        yield Reading("tuntas_pool", "Database connections of this process.", {n: stats.get(n, 0) for n in names})
