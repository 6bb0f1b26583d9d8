from django.db import transaction

from tuntas.reports.models import Report, Unsent
from tuntas.rules.who import Actor, may_read_notes
from tuntas.steps.keep_unsent import SHARED_FORMS


@transaction.atomic
def forget_unsent(report: Report, *, by: Actor, form: str, sent: str | None = None) -> None:
    """Forget the words somebody typed in a form, because they were sent or given up; with them the shared ones.

    sent   what went out; shared words that somebody else left and that say something else then stay
    """
    if by.person_id is None:
        return
    Unsent.objects.filter(report=report, person_id=by.person_id, form=form).delete()
    if form not in SHARED_FORMS or not may_read_notes(by, report):
        return
    for shared in Unsent.objects.select_for_update(of=("self",)).filter(report=report, person=None, form=form):
        if sent is None or shared.last_by_id == by.person_id or sent.strip() in shared.fields.values():
            shared.delete()
