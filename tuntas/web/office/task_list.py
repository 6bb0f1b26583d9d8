"""A list of what waits for somebody, by the nearest limit: of an agency's people, or of the arbiter."""

from typing import Any

from django.http import HttpRequest

from tuntas.kit.errors import Invalid
from tuntas.reports.queries import DeskFilter, desk_page
from tuntas.web.office.signed import Signed
from tuntas.web.office.task_rows import task_rows

ROWS = 30  # as many as a phone keeps


def tell_list(request: HttpRequest, signed: Signed, queue: str) -> dict[str, Any]:
    """Return what the template of a list needs; a marker of another list, or a broken one, shows the beginning."""
    after = request.GET.get("sesudah", "")
    try:
        found = desk_page(signed.actor, DeskFilter(queue=queue, limit=ROWS, cursor=after), now=signed.now)
    except Invalid:
        after, found = "", desk_page(signed.actor, DeskFilter(queue=queue, limit=ROWS), now=signed.now)
    return {
        "rows": task_rows(found.items, signed),
        "next": found.next_cursor,
        "is_first": not after,
        "sent": request.GET.get("terkirim", "")[:20],
    }
