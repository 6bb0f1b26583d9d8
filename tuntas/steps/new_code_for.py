from tuntas.kit.ids import new_code
from tuntas.reports.codes import code_hash
from tuntas.reports.models import Report


def new_code_for(report: Report) -> str:
    """Give an ordinary report a new code and forget the old one: for who lost it, and for the demo.

    A sealed one gets none: its code is also the reporter's key.
    """
    code = new_code()
    Report.objects.filter(pk=report.pk).update(code_hash=code_hash(code))
    return code
