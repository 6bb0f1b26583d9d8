"""One task of an agency: what the reporter said, how it went, with what proof. Answered by a form, or by a phone's
outbox that sends the same form and asks for JSON."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, JsonResponse

from tuntas import steps
from tuntas.kit.errors import Invalid, NotAllowed, NotFound, WrongState
from tuntas.kit.words import Say
from tuntas.reports.told import staff_view
from tuntas.steps.unless_changed import Changed
from tuntas.web.forms import Mistakes
from tuntas.web.office.evidence import take_evidence
from tuntas.web.office.signed import FIELD, Signed, for_staff
from tuntas.web.office.task_form import FIELDS, Told, check_form, do_it, read_form, ways_for
from tuntas.web.office.task_page import task_page
from tuntas.web.office.task_view import needs_cause
from tuntas.web.office.tasks import WORKERS, open_report
from tuntas.web.posts import once_only

if TYPE_CHECKING:
    from tuntas.reports.models import Report

CHANGED = Say(
    "Kasus ini berubah, periksa lagi. Isian Anda masih di sini.",
    "This case changed, look again. What you typed is still here.",
)
NOT_NOW = Say(
    "Ini tidak bisa dilakukan sekarang. Isian Anda masih di sini.",
    "This cannot be done now. What you typed is still here.",
)


@for_staff(FIELD)
def task(request: HttpRequest, signed: Signed, number: str) -> HttpResponse:
    """Show a task, or take what is said about it. Raises NotFound."""
    try:
        report = steps.fetch(open_report(signed, number, WORKERS), by=signed.actor, now=signed.now)
    except NotFound as no:
        if request.method != "POST":
            raise
        return _sent_before(request, signed, no)
    if request.method != "POST":
        return task_page(request, signed, report, Told(how=request.GET.get("hasil", "")))
    return _answer(request, signed, report)


def _sent_before(request: HttpRequest, signed: Signed, no: NotFound) -> HttpResponse:
    """Answer a form that comes again after it gave the report away as it was answered then. Raises NotFound."""

    def do() -> str:
        raise no

    done = once_only(request, caller=signed.key, do=do, now=signed.now)
    return _taken(request, signed, done)


def _answer(request: HttpRequest, signed: Signed, report: "Report") -> HttpResponse:
    photos, wrong_photos = take_evidence(request, now=signed.now)
    told = read_form(request.POST, photos)
    mistakes = Mistakes([("foto", say) for say in wrong_photos])
    if mistakes:
        return _wrong(request, signed, report, told, mistakes)

    def do() -> str:
        _refuse_unfit(report, told, signed)  # in here: what was done once is not asked whether it could be done again
        steps.unless_changed(
            report, told.seen, lambda: do_it(report, told, by=signed.actor, now=signed.now), by=signed.actor
        )
        return f"{signed.root}/instansi?terkirim={report.name}"

    try:
        done = once_only(request, caller=signed.key, do=do, now=signed.now)
    except Unfit as unfit:
        return _wrong(request, signed, report, told, unfit.mistakes)
    except Invalid as no:
        mistakes.add_step(no, FIELDS, "teks")
        return _wrong(request, signed, report, told, mistakes)
    except (WrongState, NotAllowed) as no:
        return _no(request, signed, report, told, no)
    return _taken(request, signed, done)


def _taken(request: HttpRequest, signed: Signed, done: HttpResponse) -> HttpResponse:
    return JsonResponse({"ok": True, "at": signed.now.isoformat()}) if wants_json(request) else done


class Unfit(Exception):
    """Carries what the form lacks past ``once_only``, which keeps nothing of it."""

    def __init__(self, mistakes: Mistakes) -> None:
        super().__init__()
        self.mistakes = mistakes


def _refuse_unfit(report: "Report", told: Told, signed: Signed) -> None:
    view = staff_view(report, signed.actor, language=signed.language, now=signed.now)
    ways = ways_for(signed.actor, report, view["acts"])
    if not ways:
        raise WrongState(NOT_NOW)
    if mistakes := check_form(told, ways, needs_cause=needs_cause(view)):
        raise Unfit(mistakes)


def wants_json(request: HttpRequest) -> bool:
    """Return whether a phone's outbox sends this, not a page."""
    return "application/json" in request.headers.get("Accept", "")


def _wrong(request: HttpRequest, signed: Signed, report: "Report", told: Told, mistakes: Mistakes) -> HttpResponse:
    if wants_json(request):
        found = [{"field": field, "say": say.in_(signed.language)} for field, say in mistakes.found]
        return JsonResponse({"mistakes": found}, status=422)
    given = {"mistakes": mistakes, "wrong": mistakes.by_field}
    return task_page(request, signed, report, told, status=422, **given)


def _no(
    request: HttpRequest, signed: Signed, report: "Report", told: Told, no: WrongState | NotAllowed
) -> HttpResponse:
    news = no.news if isinstance(no, Changed) else []
    if wants_json(request):
        found = [{"name": each.name, "at": each.at.isoformat(), "text": each.text} for each in news]
        return JsonResponse({"changed": found, "say": no.say.in_(signed.language)}, status=409)
    refused = CHANGED if news else NOT_NOW
    fresh = open_report(signed, report.name, WORKERS)
    return task_page(request, signed, fresh, told, status=409, refused=refused, changed=news)
