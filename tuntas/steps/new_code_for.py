from tuntas.kit.ids import new_code, new_long_code
from tuntas.reports.codes import code_hash
from tuntas.reports.models import Report


def new_code_for(report: Report) -> str:
    """Give a report a new code and forget the old one: for who lost it, and for the demo, where it must be known."""
    code = new_long_code() if report.is_restricted else new_code()
    Report.objects.filter(pk=report.pk).update(code_hash=code_hash(code))
    return code
