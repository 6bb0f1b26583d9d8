"""Is the process there; can it serve."""

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse

from tuntas.agencies.installation import installation
from tuntas.kit.env import env
from tuntas.kit.problems import problem
from tuntas.kit.queue import oldest_waiting_seconds
from tuntas.kit.room import is_nearly_full, room_at
from tuntas.kit.tables_known import missing_migrations
from tuntas.kit.words import Say

STALE_QUEUE = 120.0  # seconds
SECONDS = 2  # for each statement
NO_PROFILE = Say("Profil pemerintah belum dimuat.", "No profile was loaded.")
OLD_TABLES = Say("Tabel basis data belum diperbarui.", "The database's tables are not up to date.")
NO_WORKER = Say("Pekerjaan di belakang layar tertahan.", "Jobs behind the pages are waiting too long.")
NO_ROOM = Say("Penyimpanan hampir penuh.", "The disk is nearly full.")


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether the database answers, its tables fit, a profile is there, jobs are taken up, the disk has room."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{SECONDS}s'")
        age = oldest_waiting_seconds()
        missing = missing_migrations()
        has_profile = _has_profile()
    free, _ = room_at(env().files)
    told = {"database": "ok", "queue_age_seconds": round(age), "migrations": "ok", "disk_free_bytes": free}
    wrong = {
        OLD_TABLES: bool(missing),
        NO_PROFILE: not has_profile,
        NO_WORKER: age >= STALE_QUEUE,
        NO_ROOM: is_nearly_full(env().files) or is_nearly_full(env().data),
    }
    first = next((say for say, is_so in wrong.items() if is_so), None)
    response = problem(request, 503, first) if first else JsonResponse(told)
    response["Cache-Control"] = "no-store"
    return response


def _has_profile() -> bool:
    try:
        installation()
    except LookupError:
        return False
    return True
