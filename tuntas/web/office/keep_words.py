"""Keep what somebody typed on a case and did not send, whichever button or script asks for it."""

from typing import TYPE_CHECKING

from tuntas import steps
from tuntas.rules.text import has_words
from tuntas.web.office.case_forms import ActForm
from tuntas.web.office.case_given import Given, draft_of
from tuntas.web.office.open_report import Case

if TYPE_CHECKING:
    from tuntas.reports.models import Unsent

PHOTOS = "foto_id"


def keep_words(case: Case, form: ActForm, given: Given) -> "Unsent | None":
    """Keep the fields of a form; one that was emptied is forgotten. Raises Invalid."""
    fields = {name: value for name, value in given.said.items() if value and name != "sengaja"}
    if given.photos:
        fields[PHOTOS] = " ".join(map(str, given.photos))
    by, now = case.signed.actor, case.signed.now
    if not any(has_words(value) for value in fields.values()):
        steps.forget_unsent(case.report, by=by, form=draft_of(form))
        return None
    return steps.keep_unsent(case.report, by=by, form=draft_of(form), fields=fields, now=now)
