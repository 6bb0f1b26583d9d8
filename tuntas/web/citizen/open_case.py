"""Open a report by the code in the address, and show it as it is now: what all its pages have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from tuntas.kit.errors import No, NotFound
from tuntas.kit.ids import read_code, show_code
from tuntas.kit.problems import TooOften
from tuntas.kit.time import current_time, real_time
from tuntas.kit.words import Say
from tuntas.reports.queries import report_with_code
from tuntas.reports.told import possible_acts
from tuntas.rules.life import Act, State, can
from tuntas.rules.who import Actor
from tuntas.steps.open_by_code import open_by_code
from tuntas.steps.windows import OVER
from tuntas.web.citizen.track_forms import ADDING, COMPLETE
from tuntas.web.citizen.track_told import tell
from tuntas.web.forms import Mistakes
from tuntas.web.language import language_of_page
from tuntas.web.page import page
from tuntas.web.posts import new_form_key, refuse_cross_site

if TYPE_CHECKING:
    from tuntas.reports.models import Report

CHANGED = Say(
    "Laporan ini berubah sejak Anda membukanya, jadi kiriman Anda belum kami pakai. Beginilah keadaannya sekarang.",
    "This report changed since you opened it, so we did not use what you sent. This is how it stands now.",
)
NOT_NOW = Say(
    "Ini tidak bisa dilakukan sekarang. Beginilah keadaan laporan Anda.",
    "This cannot be done now. This is how your report stands.",
)


@dataclass(frozen=True)
class Case:
    """A report in front of its reporter."""

    report: "Report"
    code: str  # as it is shown
    now: datetime

    @property
    def by(self) -> Actor:
        return Actor(report_id=self.report.pk)

    @property
    def base(self) -> str:
        """The address of its page."""
        return f"/l/{self.code}"

    @property
    def acts(self) -> list[Act]:
        return possible_acts(self.by, self.report, now=self.now)


View = Callable[..., HttpResponse]


def of_case(view: View) -> View:
    """Let a view take the report that the code in its address opens; a wrong code gets the page that asks for one."""

    @wraps(view)
    def opened(request: HttpRequest, code: str, **more: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "POST"])
        if request.method == "POST" and (refused := refuse_cross_site(request)) is not None:
            return refused
        try:
            report = find(request, code)
        except (NotFound, TooOften) as no:
            return ask_for_code(request, code, no, status=404)
        return view(request, Case(report, show_code(read_code(code) or ""), current_time()), **more)

    return opened


def find(request: HttpRequest, code: str) -> "Report":
    """Return the report of a typed code. Raises NotFound, TooOften."""
    return open_by_code(code, address=request.META.get("REMOTE_ADDR", ""), real_now=real_time())


def ask_for_code(request: HttpRequest, typed: str = "", no: No | None = None, *, status: int = 200) -> HttpResponse:
    """Show the field for a code, with what was typed and why it opens nothing."""
    given = {
        "nav": "lacak",
        "typed": typed[:60],
        "wrong": None if no is None else no.say.in_(language_of_page(request)),
    }
    status = 429 if isinstance(no, TooOften) else status
    response = page(request, "pages/track_find.html", given, status=status, is_private=True)
    if isinstance(no, TooOften):
        response["Retry-After"] = str(no.seconds)
    return response


def show_case(
    request: HttpRequest, case: Case, *, template: str = "pages/track.html", status: int = 200, **more: Any
) -> HttpResponse:
    """Show a page of the report as it is now."""
    mistakes: Mistakes | None = more.get("mistakes")
    given = {
        "nav": "lacak",
        "wrong": {} if mistakes is None else mistakes.by_field,
        "base": case.base,
        "kunci": new_form_key(),
        "forms": {"complete": COMPLETE},
        "adding": next((ADDING[act] for act in (Act.REPLY, Act.SUPPLEMENT) if act in case.acts), None),
        **tell(case.report, language=language_of_page(request), now=case.now, code=case.code),
        **more,
    }
    return page(request, template, given, status=422 if mistakes else status, is_private=True)


def show_changed(request: HttpRequest, case: Case, act: Act, *, typed: str = "") -> HttpResponse:
    """Show the report as it is now to somebody who asked for what is not possible any more; their words are kept."""
    report = report_with_code(case.code) or case.report
    why = CHANGED if request.method == "POST" else NOT_NOW
    if can(act, State(report.state)):  # the state allows it, so the time for it is over
        why = OVER
    return show_case(request, Case(report, case.code, case.now), status=409, refused=why, typed=typed)
