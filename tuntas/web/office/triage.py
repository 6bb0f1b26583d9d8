"""What the inbox does with one report: send it on from the peek, and take the last act back."""

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.errors import NOT_FOUND, Invalid, NotFound, WrongState
from tuntas.kit.words import Say
from tuntas.reports.inbox_queries import report_to_open
from tuntas.rules.who import DESK_ROLES
from tuntas.steps.unless_changed import Changed, unless_changed
from tuntas.web.citizen.story_text import same_lines
from tuntas.web.forms import Mistakes
from tuntas.web.office.filters import View, view_of_query
from tuntas.web.office.inbox import inbox_page
from tuntas.web.office.peek import FIELDS, OTHER, Sent
from tuntas.web.office.signed import Signed, for_staff
from tuntas.web.posts import once_only

CHOOSE_AGENCY = Say("Pilih instansi yang akan menangani", "Choose the agency that shall handle it")
POINTERS = {"/agency": "ke", "/category": "topik", "/title": "judul", "/public_text": "isi"}


@for_staff(DESK_ROLES, methods=("POST",))
def forward(request: HttpRequest, signed: Signed, name: str) -> HttpResponse:
    """Send a report to an agency and open the next; what cannot be done is shown with all that was typed."""
    report, view = _report(signed, name), _view(request, signed)
    sent = Sent({key: same_lines(request.POST.get(key, "")) for key in FIELDS})
    slug = sent.typed["ke_lain"] if sent.typed["ke"] in (OTHER, "") else sent.typed["ke"]

    def do() -> str:
        if slug not in installation().agency_by_slug:
            raise Invalid.field("/agency", CHOOSE_AGENCY)
        unless_changed(
            report,
            seen_of(request.POST.get("dilihat", "")),
            lambda: steps.dispatch(
                report,
                by=signed.actor,
                agency=slug,
                category=sent.typed["topik"] or None,
                title=sent.typed["judul"],
                public_text=sent.typed["isi"],
                now=signed.now,
            ),
            by=signed.actor,
        )
        return back_to(signed, view, buka=request.POST.get("berikut", "")[:40], sesudah=report.name)

    try:
        return once_only(request, caller=signed.key, do=do, now=signed.now)
    except Invalid as no:
        sent.mistakes = Mistakes()
        sent.mistakes.add_step(no, POINTERS, "ke")
        return inbox_page(request, signed, view, open_name=name, sent=sent, status=422)
    except Changed as no:
        sent.said, sent.news = no.say, tuple(no.news)
    except WrongState as no:
        sent.said = no.say
    return inbox_page(request, signed, view, open_name=name, sent=sent, status=409)


@for_staff(DESK_ROLES, methods=("POST",))
def undo(request: HttpRequest, signed: Signed, name: str) -> HttpResponse:
    """Take the last act back and open that report again; too late is told above the list."""
    report, view = _report(signed, name), _view(request, signed)

    def do() -> str:
        steps.recall(report, by=signed.actor, now=signed.now)
        return back_to(signed, view, buka=report.name, sesudah=report.name)

    try:
        return once_only(request, caller=signed.key, do=do, now=signed.now)
    except WrongState as no:
        return inbox_page(request, signed, view, open_name=name, refused=no.say, status=409)


def back_to(signed: Signed, view: View, **more: str) -> str:
    """Return the address of the list somebody came from."""
    return f"{signed.root}/meja?{view.query(lanjut=view.wanted.cursor, **more)}"


def seen_of(text: str) -> int:
    """Return the newest event a form has seen; a form that does not say has seen nothing."""
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _report(signed: Signed, name: str):  # type: ignore[no-untyped-def]
    report = report_to_open(signed.actor, name)
    if report.is_restricted:
        raise NotFound(NOT_FOUND)
    return report


def _view(request: HttpRequest, signed: Signed) -> View:
    return view_of_query(request.POST.get("kembali", ""), signed.zone)
