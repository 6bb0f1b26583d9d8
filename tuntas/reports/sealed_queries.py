"""What the room for sealed reports lists: never more than a reference, where it stands, and a clock."""

from collections.abc import Sequence

from django.db.models import F

from tuntas.kit.errors import NOT_FOUND, NotFound
from tuntas.reports.models import OPEN_STATES, Report
from tuntas.reports.queries import HEAVY, report_named
from tuntas.rules.who import Actor, Role, sealed_reader_if_restricted
from tuntas.sealed.appointed import closed_to, key_ids_of
from tuntas.sealed.queries import seal_of

ROWS = 50


def sealed_rows(actor: Actor, *, page: int = 1) -> tuple[Sequence[Report], int, bool]:
    """Return one page of what somebody appointed may open, the nearest promise first; how many; and if more follow.

    Neither a title nor a story is read. Three queries, and one more for each key somebody had.
    """
    rows = Report.objects.filter(is_restricted=True, desk__in=actor.reach.get(Role.SEALED_READER, frozenset()))
    rows = rows.exclude(pk__in=closed_to(key_ids_of(actor.person_id)))
    first = (max(page, 1) - 1) * ROWS
    ordered = rows.defer(*HEAVY).order_by(F("due_at").asc(nulls_last=True), "-id")
    found = list(ordered[first : first + ROWS + 1])
    return found[:ROWS], rows.filter(state__in=OPEN_STATES).count(), len(found) > ROWS


def sealed_report(actor: Actor, name: str) -> Report:
    """Return a report that somebody appointed may open. Raises NotFound: for others it is not there at all."""
    report = report_named(name)
    if report is None or not sealed_reader_if_restricted(actor, report):
        raise NotFound(NOT_FOUND)
    seal = seal_of(report.pk)
    if seal is not None and set(seal.excluded) & set(key_ids_of(actor.person_id)):
        raise NotFound(NOT_FOUND)
    return report
