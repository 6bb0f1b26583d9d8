from django.db import transaction

from tuntas.kit.errors import NOT_FOUND, NotFound
from tuntas.reports.models import Report
from tuntas.rules.who import Actor
from tuntas.steps.new_code_for import new_code_for


def code_for_part(report: Report, number: str, *, by: Actor) -> str:
    """Give the reporter of a report that was split the code of one of its parts; an earlier one opens nothing any more.

    Raises NotFound for what is no part of it, or was moved into the sealed room.
    """
    if by.report_id != report.pk:
        raise NotFound(NOT_FOUND)
    with transaction.atomic():
        parts = Report.objects.select_for_update(of=("self",)).filter(split_from=report, is_restricted=False)
        part = parts.filter(number=number).first()
        if part is None:
            raise NotFound(NOT_FOUND)
        return new_code_for(part)
