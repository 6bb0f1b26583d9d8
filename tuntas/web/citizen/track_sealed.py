"""Tracking a report that the reporter's browser closed: the code stays in the browser, and opens everything there.

The page itself says nothing of any report. Its script (js/sealed_track.js) finds the report by a lookup that follows
from the code, fetches how it stands from here and the envelopes from the API, and puts the words where they belong.
"""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from tuntas.kit.errors import No, NotFound
from tuntas.kit.ids import read_code, show_code
from tuntas.kit.problems import TooOften
from tuntas.kit.time import current_time, real_time
from tuntas.kit.words import Say
from tuntas.ledger.receipts import receipts_of
from tuntas.rules.life import Act
from tuntas.rules.reasons import ArchiveReason
from tuntas.rules.sealed_purposes import PURPOSES
from tuntas.sealed.queries import seal_of
from tuntas.steps.open_by_lookup import open_by_lookup
from tuntas.web.citizen.open_case import find
from tuntas.web.citizen.photos import MOST_PHOTOS
from tuntas.web.citizen.track_forms import ADDING, APPEAL, REOPEN, TAKE_BACK, WITHDRAW, WordsForm
from tuntas.web.citizen.track_proof import proof_file
from tuntas.web.citizen.track_told import tell
from tuntas.web.language import language_of_page
from tuntas.web.page import page
from tuntas.web.posts import refuse_cross_site, see_other
from tuntas.web.sealing import sealing_script

if TYPE_CHECKING:
    from tuntas.reports.models import Report

TITLE = Say("Laporan tersegel Anda", "Your sealed report")
NEEDS_SCRIPTS = Say(
    "Laporan ini dikunci di HP Anda, jadi server tidak bisa membukanya. "
    "Buka halaman ini di peramban yang menjalankan skrip.",
    "This report was locked on your phone, so the server cannot open it. "
    "Open this page in a browser that runs scripts.",
)
NOT_SIGNED_YET = Say(
    "Bukti belum siap. Catatan ditandatangani setiap sepuluh menit.",
    "The proof is not ready. The log is signed every ten minutes.",
)


@require_http_methods(["GET", "HEAD", "POST"])
def track_sealed(request: HttpRequest) -> HttpResponse:
    """Ask for the code. Only without scripts does it come here: then the server opens what the server closed."""
    if request.method != "POST":
        return _ask(request)
    if (refused := refuse_cross_site(request)) is not None:
        return refused
    typed = request.POST.get("kode", "")
    try:
        report = find(request, typed)
    except (NotFound, TooOften) as no:
        return _ask(request, no)
    seal = seal_of(report.pk) if report.is_restricted else None
    if seal is not None and seal.by == "browser":
        return _ask(request, NotFound(NEEDS_SCRIPTS))
    return see_other(f"/l/{show_code(read_code(typed) or '')}")


def _ask(request: HttpRequest, no: No | None = None) -> HttpResponse:
    given = {
        "nav": "lacak",
        "wrong": {} if no is None else {"kode": no.say},
        "sealing": sealing_script(),
    }
    status = 200 if no is None else 429 if isinstance(no, TooOften) else 422
    response = page(request, "pages/track_sealed.html", given, status=status, is_private=True)
    if isinstance(no, TooOften):
        response["Retry-After"] = str(no.seconds)
    return response


@require_safe
def track_sealed_case(request: HttpRequest) -> HttpResponse:
    """Return how a report stands, as a part of the page, to who shows its lookup; no word of it is readable here."""
    try:
        report = _found(request)
    except (NotFound, TooOften) as no:
        return _said_alone(request, no)
    now = current_time()
    told = tell(report, language=language_of_page(request), now=now)
    given: dict[str, Any] = {
        **told,
        "title": TITLE.in_(language_of_page(request)),
        "is_sealed": True,
        "base": "/l/tersegel",
        "wrong": {},
        "forms": _forms(report, told["acts"]),
        "can_rate": Act.RATE in told["acts"] and (not told["view"]["rating"] or report.state == "answered"),
        "opened": _opened(told["word_looks"]),
        "most_photos": MOST_PHOTOS,
    }
    return page(request, "pages/track_sealed_case.html", given, is_private=True)


@require_safe
def track_sealed_proof(request: HttpRequest) -> HttpResponse:
    """Return the proof that the reporter's acts stand in the log, as a file, to who shows the report's lookup."""
    try:
        told = receipts_of(_found(request).pk)
        if told is None:
            raise NotFound(NOT_SIGNED_YET)
    except (NotFound, TooOften) as no:
        return _said_alone(request, no)
    return proof_file(told)


def _found(request: HttpRequest) -> "Report":
    """Return the report whose lookup the script shows. Raises NotFound, TooOften."""
    scheme, _, lookup = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "lookup":
        raise NotFound(NEEDS_SCRIPTS)
    return open_by_lookup(lookup.strip(), address=request.META.get("REMOTE_ADDR", ""), real_now=real_time())


def _said_alone(request: HttpRequest, no: No) -> HttpResponse:
    status = 429 if isinstance(no, TooOften) else 404
    return page(request, "ui/said_alone.html", {"said": no.say}, status=status, is_private=True)


def _forms(report: "Report", acts: list[Act]) -> list[WordsForm]:
    """Return the forms of what the reporter may do now, what is most asked for first."""
    again = TAKE_BACK if report.reason_code == ArchiveReason.BY_REPORTER else APPEAL
    return [form for form in (*ADDING.values(), REOPEN, again, WITHDRAW) if form.act in acts]


def _opened(looks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return who looked, when, and what for in the words of the page."""
    whys = {why.id: why for why in PURPOSES.values()}
    return [{**look, "why": whys.get(look["why"])} for look in looks]
