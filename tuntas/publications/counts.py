"""How many public reports there are, by pill. Counting ends early, so that it is quick however many there are."""

from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from tuntas.kit.paging import ListFilter
from tuntas.publications.filters import chosen_by
from tuntas.publications.models import Publication
from tuntas.rules.faces import PILLS, Pill

MOST = 2_000


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of reports; where there are more than were counted, it is the highest number that is."""

    n: int
    is_more: bool = False


def counts(wanted: ListFilter, *, most: int = MOST) -> dict[Pill, Counted]:
    """Return how many reports each pill shows under the rest of a filter. One query; raises Invalid.

    Each is counted up to *most* and no further: an index is read over two thousand rows at the utmost where the
    filter is empty, and what lies behind is told as "2.000+". Nothing is stored, so nothing can be out of date.
    """
    parts, given = list[str](), list[Any]()
    for faces in PILLS.values():
        rows = Publication.objects.filter(chosen_by(replace(wanted, state="", faces=faces))).order_by()
        sql, params = rows.values_list("id")[: most + 1].query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) counted)")  # noqa: S608  # Django's own statement
        given += params
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", given)
        found = cursor.fetchone()
    return {pill: Counted(min(n, most), n > most) for pill, n in zip(PILLS, found, strict=True)}
