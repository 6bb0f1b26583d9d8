"""The plans of the hot lists, as docs/how-to/size.md shows them: ``python -m bench plans --data FOLDER``.

Each is asked once to warm up and once with EXPLAIN (ANALYZE, BUFFERS): what counts are rows read and buffers touched.
"""

import re
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import asks
from tuntas.kit.paging import ListFilter
from tuntas.kit.time import current_time
from tuntas.people.queries import actor_of
from tuntas.publications.map import map_cells
from tuntas.publications.queries import newest, publication_named
from tuntas.reports.inbox_queries import queue_counts
from tuntas.reports.queries import DeskFilter, desk_page, report_named
from tuntas.rules.life import State
from tuntas.rules.who import Role

COUNTED = ("perlu-dipilah", "lewat-batas", "di-instansi")
WINDOW = (106.85, -6.99, 107.05, -6.85)
LISTS = (
    "desk_queue_admin",
    "desk_queue_new",
    "desk_queue_liaison",
    "desk_queue_middle",
    "desk_counts",
    "desk_search",
    "desk_search_rare",
    "case_page",
    "public_list_state",
    "public_list_category",
    "public_search",
    "map_window",
    "public_view",
)
LONGEST = 150  # letters of a line


def hot_lists() -> dict[str, Callable[[], object]]:
    """Return how each hot list is asked for."""
    now = current_time()
    admin, liaison = (actor_of(asks.somebody(role)) for role in (Role.AGENCY_ADMIN, Role.LIAISON))
    cursor = asks.middle_cursor(Role.AGENCY_ADMIN, State.SUBMITTED)
    number = asks.case_pages({})[0].path.rsplit("/", 1)[1]
    asked = (
        lambda: desk_page(admin, DeskFilter(state="dikerjakan", limit=50), now=now),
        lambda: desk_page(admin, DeskFilter(queue="perlu-dipilah", limit=50), now=now),
        lambda: desk_page(liaison, DeskFilter(limit=50), now=now),
        lambda: desk_page(admin, DeskFilter(state="submitted", limit=50, cursor=cursor), now=now),
        lambda: queue_counts(admin, COUNTED, now=now),
        lambda: desk_page(admin, DeskFilter(q="lampu jalan", sort="match", limit=50), now=now),
        lambda: desk_page(admin, DeskFilter(q="Gang Baduk", sort="match", limit=50), now=now),
        lambda: report_named(number),
        lambda: newest(ListFilter(state="dikerjakan")),
        lambda: newest(ListFilter(category="road_bridge")),
        lambda: newest(ListFilter(q="lampu jalan")),
        lambda: map_cells(ListFilter(bbox=WINDOW), WINDOW),
        lambda: publication_named(number),
    )
    return dict(zip(LISTS, asked, strict=True))


def print_plans() -> None:
    """Print the plans of all hot lists, without a row of data."""
    for name, ask in hot_lists().items():
        ask()
        with CaptureQueriesContext(connection) as seen:
            ask()
        print(f"\n### {name}\n")
        for query in seen.captured_queries:
            if query["sql"].lstrip().startswith(("SELECT", "WITH")):
                print("\n".join(_plan(query["sql"])), flush=True)


def _plan(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) {sql}")
        lines = [line for (line,) in cursor.fetchall()]
    told = re.compile("rows=|Index Cond|Sort Method|Execution Time|Rows Removed|^  Buffers")
    kept = (line for line in lines if told.search(line))
    return [re.sub(r"'[^']*'|[0-9]{3,}-[0-9]+", "…", line)[:LONGEST] for line in kept]
