"""Public reports on a map: squares of about 275 m and coarser, never a point."""

from dataclasses import dataclass

from django.db import connection

from tuntas.kit.paging import ListFilter
from tuntas.publications.filters import chosen_by
from tuntas.publications.models import Publication
from tuntas.rules.cells import SIDE, Window, step_of

MOST = 2_000
ACROSS = 16
CLUSTERS = """
SELECT avg(cell_y + 0.5)::float8, avg(cell_x + 0.5)::float8, count(*), mode() WITHIN GROUP (ORDER BY face), min(number)
FROM ({sql}) chosen
GROUP BY floor(cell_y / %s::float8), floor(cell_x / %s::float8), cell_y IS NULL
ORDER BY 3, 1, 2
"""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Reports that lie close together: the middle of their squares, how many, the face most of them have."""

    lat: float
    lng: float
    n: int
    face: str
    number: str | None  # of a report alone


@dataclass(frozen=True, slots=True)
class Marks:
    """What a map shows of a list, and what it cannot."""

    clusters: tuple[Cluster, ...]  # the smallest first, so that the greatest are drawn on top
    unplaced: int  # reports of the list that name no point
    is_cut: bool  # there are more: these are the newest


def map_cells(wanted: ListFilter, window: Window, *, across: int = ACROSS, most: int = MOST) -> Marks:
    """Return the clusters of the reports that a filter chooses: the set of the list. One query; raises Invalid.

    window   what the map shows; it sets how coarse the clusters are and leaves nothing out (``wanted.bbox`` does)
    across   how many clusters lie side by side at most, so that any window's answer stays small
    most     the newest so many are drawn; an index is read no further, and the page says so
    """
    rows = Publication.objects.filter(chosen_by(wanted)).order_by("-received_at", "-id")
    sql, params = rows.values_list("cell_y", "cell_x", "face", "number")[: most + 1].query.sql_with_params()
    step = step_of(window, across)
    with connection.cursor() as cursor:
        cursor.execute(CLUSTERS.format(sql=sql), [*params, step, step])
        found = cursor.fetchall()
    placed = [row for row in found if row[0] is not None]
    clusters = tuple(
        Cluster(round(y * SIDE, 6), round(x * SIDE, 6), n, face, number if n == 1 else None)
        for y, x, n, face, number in placed
    )
    whole = sum(row[2] for row in found)
    return Marks(clusters, whole - sum(cluster.n for cluster in clusters), whole > most)
