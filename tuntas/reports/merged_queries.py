"""Which reports are one matter."""

from collections.abc import Sequence

from tuntas.reports.models import Report
from tuntas.rules.led import goes_along


def merged_into(lead: Report) -> Sequence[Report]:
    """Return the reports that were merged into one, the oldest first, without their stories. One query."""
    return list(Report.objects.filter(merged_into=lead).order_by("id").defer("body", "public_text", "thread"))


def along_with(lead: Report) -> int:
    """Return how many reports what is said to one is said to besides; no query where nothing was merged into it."""
    if not lead.merged_count:
        return 0
    led = Report.objects.filter(merged_into=lead, is_led=True).only("state", "is_led", "merged_into")
    return sum(goes_along(one) for one in led)


def number_of_lead(report: Report) -> str:
    """Return the number of the report that one was merged into, "" where there is none. One query at most."""
    if report.merged_into_id is None:
        return ""
    return Report.objects.values_list("number", flat=True).get(pk=report.merged_into_id) or ""
