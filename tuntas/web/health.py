"""Is the process there; can it serve."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from tuntas.agencies.installation import installation
from tuntas.kit.queue import oldest_waiting_seconds

STALE_QUEUE = 120.0  # seconds


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether the database answers, a profile is loaded and jobs are taken up."""
    installation()
    age = oldest_waiting_seconds()
    is_ready = age < STALE_QUEUE
    response = JsonResponse({"database": "ok", "queue_age_seconds": round(age)}, status=200 if is_ready else 503)
    response["Cache-Control"] = "no-store"
    return response
