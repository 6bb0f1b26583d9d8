"""Keep what a search finds reports by: with every act, and in slices for reports that have no words yet."""

from django.db import transaction
from django.db.models import F, Q

from tuntas.reports.models import Contact, Report
from tuntas.reports.search_documents import write_documents

SLICE = 500


def index(report: Report, *, with_name: bool = False) -> None:
    """Write down under which words a report is found, as it stands now; the caller holds its lock. One statement.

    with_name   its reporter's name is new
    """
    write_documents([report], names=_names([report.pk]) if with_name else None)


def index_next(below: int | None = None) -> int | None:
    """Look at the newest reports below an id and write the words of those that have none, or old ones.

    Returns below which id to go on, None at the end. What an older version of the program wrote is found again so.
    """
    rows = Report.objects.order_by("-pk") if below is None else Report.objects.filter(pk__lt=below).order_by("-pk")
    ids = list(rows.values_list("pk", flat=True)[:SLICE])
    if not ids:
        return None
    is_old = Q(document=None) | ~Q(document__updated_at=F("updated_at"))
    with transaction.atomic():
        # Locked, so that nobody's act is overwritten by what was read before it.
        missing = list(Report.objects.filter(is_old, pk__in=ids).order_by("pk").select_for_update(of=("self",)))
        if missing:
            write_documents(missing, names=_names([report.pk for report in missing]))
    return ids[-1]


def _names(ids: list[int]) -> dict[int, str]:
    return dict(Contact.objects.filter(report__in=ids).values_list("report", "name"))
