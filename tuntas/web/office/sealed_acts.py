"""Doing something to a sealed report: an ordinary step, whose words come closed where the browser could close them."""

from django.http import HttpRequest, HttpResponse

from tuntas.kit.errors import Invalid, WrongState
from tuntas.reports.sealed_queries import sealed_report
from tuntas.rules.text import Sealed
from tuntas.steps.begin import refuse_wrong_person
from tuntas.web.forms import Mistakes
from tuntas.web.office.case import MOVED, NOT_NOW
from tuntas.web.office.case_forms import ActForm
from tuntas.web.office.case_given import FIELDS, Given, mistakes_in
from tuntas.web.office.sealed_composer import compose
from tuntas.web.office.sealed_door import Vault, of_vault
from tuntas.web.office.sealed_forms import BY_NAME, STEPS, read_sealed
from tuntas.web.office.sealed_room import show_vault
from tuntas.web.posts import once_only, see_other


@of_vault()
def act(request: HttpRequest, vault: Vault, slug: str) -> HttpResponse:
    """Do one act, once; a form that cannot be taken comes back with what was typed."""
    form = BY_NAME[slug]
    if request.method != "POST":
        return see_other(f"{vault.here}?lakukan={slug}#tulis")
    refuse_wrong_person(vault.signed.actor, form.act, vault.report)
    given = read_sealed(request.POST)
    mistakes = mistakes_in(form, given)
    if not mistakes:
        try:
            return once_only(request, caller=vault.signed.key, do=lambda: _do(vault, form, given), now=vault.signed.now)
        except Invalid as no:
            mistakes.add_step(no, FIELDS, "teks")
        except WrongState:
            return _show(request, vault, form, given, mistakes, status=409)
    return _show(request, vault, form, given, mistakes, status=422)


def _do(vault: Vault, form: ActForm, given: Given) -> str:
    step, body_of = STEPS[form.slug]
    step(vault.report, by=vault.signed.actor, now=vault.signed.now, **body_of(given))
    return f"{vault.here}?selesai={form.slug}"


def _show(
    request: HttpRequest, vault: Vault, form: ActForm, given: Given, mistakes: Mistakes, *, status: int
) -> HttpResponse:
    fresh = Vault(sealed_report(vault.signed.actor, vault.report.name), vault.signed)
    more = {**compose(fresh, form, given), "mistakes": mistakes, "wrong": mistakes.by_field}
    if status == 409:
        words = given.text
        more |= {"refused": NOT_NOW, "moved": MOVED, "kept_words": "" if isinstance(words, Sealed) else words}
    return show_vault(request, fresh, status=status, **more)
