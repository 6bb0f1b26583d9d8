"""While the file ``maintenance`` lies in TUNTAS_DATA, say when we are back instead of serving."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.http import HttpRequest, HttpResponse

from tuntas.kit.env import env
from tuntas.kit.problems import problem
from tuntas.kit.time import real_time
from tuntas.kit.words import Say
from tuntas.web.bare import bare_page
from tuntas.web.dates import say_day
from tuntas.web.typed import typed_again

ALWAYS_OPEN = "/healthz"  # the process is there; that it does not serve is the operator's wish
MACHINES = ("/api/", "/readyz", "/metrics")
USUAL_WAIT = timedelta(minutes=5)
LEAST_WAIT = timedelta(minutes=1)
SOON = Say("Kami segera kembali", "We are back soon")
BACK = Say("Kami kembali pukul {time}", "We are back at {time}")
BACK_ON = Say("Kami kembali {day}, pukul {time}", "We are back on {day} at {time}")


class Maintenance:
    """Answer 503 to everything but the question whether the process is there; it costs one look at one file."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = env().data / "maintenance"
        if request.path == ALWAYS_OPEN or not path.exists():
            return self.get_response(request)
        now = real_time()  # a planned hour is the machine's, also where the demo's clock was moved
        end = planned_end(path)
        said = say_back(end, now)
        if request.path.startswith(MACHINES):
            response = problem(request, 503, said)
        else:
            given = {"said": said, "title": SOON, **typed_again(request)}
            response = bare_page(request, "pages/maintenance.html", given, status=503, otherwise=said)
        wait = USUAL_WAIT if end is None or end <= now else max(end - now, LEAST_WAIT)
        response["Retry-After"] = str(round(wait.total_seconds()))
        return response


def planned_end(path: Path) -> datetime | None:
    """Return the instant that stands in the file, at its own offset or the machine's; None where there is none."""
    try:
        end = datetime.fromisoformat(path.read_text().strip())
        return end if end.tzinfo is not None else end.astimezone()
    except (OSError, ValueError, OverflowError):
        return None


def say_back(end: datetime | None, now: datetime) -> Say:
    """Return ``Kami kembali pukul 02.00``, with the day where it is not today; "soon" where it is past or unknown."""
    if end is None or end <= now:
        return SOON
    today, time = now.astimezone(end.tzinfo).date(), Say(f"{end:%H.%M}", f"{end:%H:%M}")
    if end.date() == today:
        return BACK.fill_each(time=time)
    return BACK_ON.fill_each(day=say_day(end.date(), today=today), time=time)
