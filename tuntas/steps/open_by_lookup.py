from datetime import datetime

from tuntas.reports.models import Report
from tuntas.reports.queries import report_with_lookup
from tuntas.steps.open_by_code import wrong_code


def open_by_lookup(lookup: str, *, address: str, real_now: datetime) -> Report:
    """Return the sealed report that a lookup finds; wrong ones are counted and slowed together with wrong codes.

    Raises NotFound for a wrong lookup, TooOften after too many.
    """
    report = report_with_lookup(lookup)
    if report is not None:
        return report
    raise wrong_code(address, real_now=real_now)
