"""What the composer's script asks while somebody writes: the lights, a draft kept, who else is here. The shared text.

Each answers with a small piece of a page; without a script the same is done by the buttons of the form.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.errors import NOT_FOUND, Invalid, NotFound
from tuntas.reports.desk_queries import others_present
from tuntas.rules.lit import Light, Result
from tuntas.web.office.case import show_case
from tuntas.web.office.case_forms import BY_SLUG, ActForm
from tuntas.web.office.case_given import Given, read_given
from tuntas.web.office.case_shared import save_shared
from tuntas.web.office.case_told import tell
from tuntas.web.office.composer import lights_of, unsent_by_form
from tuntas.web.office.evidence import waiting_in
from tuntas.web.office.keep_words import keep_words
from tuntas.web.office.open_report import Case, of_case
from tuntas.web.page import page
from tuntas.web.posts import see_other


@of_case(methods=("POST",))
def check(request: HttpRequest, case: Case) -> HttpResponse:
    """Return the lights of what is typed."""
    form, given = _read(request, case)
    lights = lights_of(case, form, given)
    blocks = any(each.light is Light.DATA_PRIBADI and each.result is Result.BLOCK for each in lights)
    return _piece(
        request, case, "ui/lights.html", lights=lights, may_confirm=blocks or given.is_confirmed, said=given.said
    )


@of_case(methods=("POST",))
def keep(request: HttpRequest, case: Case) -> HttpResponse:
    """Keep what is typed; say when that was."""
    form, given = _read(request, case)
    try:
        kept = keep_words(case, form, given)
    except Invalid as no:
        return _piece(request, case, "ui/kept.html", trouble=no.say)
    return _piece(request, case, "ui/kept.html", kept_at=kept.saved_at if kept else None)


@of_case(methods=("GET", "HEAD"), is_quiet=True)
def present(request: HttpRequest, case: Case) -> HttpResponse:
    """Say who else has the report open; the page that asks is open itself."""
    steps.be_present(case.report, by=case.signed.actor, now=case.signed.now)
    others = others_present(case.report, case.signed.person.person_id, case.signed.now)
    return _piece(request, case, "ui/present.html", others=others)


@of_case(methods=("POST",))
def shared(request: HttpRequest, case: Case) -> HttpResponse:
    """Save the answer that is written together; two who wrote at once see both texts."""
    clash = save_shared(case, request.POST.get("teks", ""), request.POST.get("versi", ""))
    if clash is None:
        return see_other(f"{case.here}#bersama")
    told = {**tell(case), "unsent": unsent_by_form(case), "shared_typed": clash}
    return show_case(request, case, told=told, status=422 if clash.mistakes else 409)


def _read(request: HttpRequest, case: Case) -> tuple[ActForm, Given]:
    form = BY_SLUG.get(request.POST.get("bentuk", ""))
    if form is None:
        raise NotFound(NOT_FOUND)
    return form, read_given(request.POST, waiting_in(request, now=case.signed.now))


def _piece(request: HttpRequest, case: Case, template: str, **given: Any) -> HttpResponse:
    frame = {"root": case.signed.root, "zone": case.signed.zone, "base": case.base}
    return page(request, template, {**frame, **given}, is_private=True, language=case.signed.language)
