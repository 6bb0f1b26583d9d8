"""Who may know the reporter and who may read the report: more privacy at once, less only when asked twice."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.web.citizen.open_case import Case, of_case, show_case
from tuntas.web.posts import once_only

if TYPE_CHECKING:
    from tuntas.reports.models import Report

NAMED, ANONYMOUS, NOBODY = "nama", "anonim", "tanpa"
EVERYBODY, STAFF = "umum", "rahasia"


@dataclass(frozen=True, slots=True)
class Choice:
    """The two answers: who may know the name, who may read."""

    name: str
    words: str

    def is_less_than(self, other: "Choice") -> bool:
        """Return whether somebody would know more than under *other*."""
        order = (NOBODY, ANONYMOUS, NAMED)
        return order.index(self.name) > order.index(other.name) or (self.words, other.words) == (EVERYBODY, STAFF)


@of_case
def track_privacy(request: HttpRequest, case: Case) -> HttpResponse:
    """Show the two choices, or change them."""
    chosen = choice_of(case.report)
    if request.method != "POST":
        return _show(request, case, "pages/track_act_privacy.html", chosen)
    wanted = _wanted(request, chosen)
    if wanted.is_less_than(chosen) and "yakin" not in request.POST:
        return _show(request, case, "pages/track_act_privacy_less.html", wanted, before=chosen)

    def do() -> str:
        if wanted != chosen:
            steps.set_privacy(
                case.report,
                by=case.by,
                is_anonymous=wanted.name != NAMED if wanted.name != chosen.name else None,
                is_secret=wanted.words == STAFF if wanted.words != chosen.words else None,
                forget_contact=wanted.name == NOBODY != chosen.name,
                now=case.now,
            )
        return f"{case.base}#pilihan"

    return once_only(request, caller=str(case.report.pk), do=do, now=case.now)


def choice_of(report: "Report") -> Choice:
    """Return what holds now. One query."""
    name = NOBODY if not hasattr(report, "contact") else ANONYMOUS if report.is_anonymous else NAMED
    return Choice(name, STAFF if report.is_secret or report.is_restricted else EVERYBODY)


def _wanted(request: HttpRequest, chosen: Choice) -> Choice:
    """Return what was asked for, as far as it can be: what was forgotten cannot be told, what is sealed not opened."""
    name, words = request.POST.get("nama_untuk", ""), request.POST.get("isi_untuk", "")
    return Choice(
        name if name in (NAMED, ANONYMOUS, NOBODY) and chosen.name != NOBODY else chosen.name,
        words if words in (EVERYBODY, STAFF) else chosen.words,
    )


def _show(
    request: HttpRequest, case: Case, template: str, choice: Choice, *, before: Choice | None = None
) -> HttpResponse:
    return show_case(request, case, template=template, choice=choice, before=before or choice)
