from django.db.models import Q

from tuntas.reports.models import Report, Unsent
from tuntas.rules.who import Actor, may_read_notes
from tuntas.steps.keep_unsent import SHARED_FORMS


def forget_unsent(report: Report, *, by: Actor, form: str) -> None:
    """Forget the words somebody typed in a form, because they were sent or given up; with them the shared ones."""
    if by.person_id is None:
        return
    whose = Q(person_id=by.person_id)
    if form in SHARED_FORMS and may_read_notes(by, report):
        whose |= Q(person=None)
    Unsent.objects.filter(whose, report=report, form=form).delete()
