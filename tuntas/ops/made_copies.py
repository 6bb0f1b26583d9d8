"""Copies of lives by SQL, for load tests. What a column of a copy holds follows from the model, so that a new column
is copied as well."""

import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper

from tuntas.agencies.installation import installation
from tuntas.ops.made_lives import PLACE, Order, Prototype
from tuntas.publications.models import Publication
from tuntas.reports.models import Contact, Deadline, Event, Report, SearchDocument
from tuntas.reports.search_documents import NUMBERED

CHUNK = 20_000  # copies a transaction
SIDE_BY_SIDE = 2  # transactions

SOUNDS = (
    ["Ba", "Ci", "Du", "Ga", "Ja", "Ka", "Lo", "Ma", "Na", "Pa", "Ra", "Sa", "Ti", "Wa", "Yu", "Bo", "Sari", "Su"],
    ["lang", "mis", "rum", "yang", "duk", "mur", "nti"],
)


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the copies: those whose lives lie from *low* to a *parts*-th further back, 0 being now."""

    many: int
    share: float
    low: float
    parts: int
    seed: float


COPIED: tuple[type[models.Model], ...] = (Report, Contact, Event, Deadline, Publication, SearchDocument)
OWN: dict[str, str] = {
    "reports_report.id": "c.report_id",
    "reports_report.number": "c.number",
    "reports_report.supports_id": "NULL::bigint",  # a copy stands beside no other
    "publications_publication.number": "c.number",
    # A document's words are those of the prototype with its place, number and eras changed.
    "reports_searchdocument.words": (
        "replace(ts_filter(o.words, '{a,b,c,d}')::text, lower('"
        + PLACE
        + "'), lower(c.place))::tsvector || "
        + NUMBERED.format(id="c.report_id", name="c.number")
    ),
    "reports_report.code_hash": "encode(sha256(convert_to('load-test ' || c.report_id, 'UTF8')), 'hex')",
}
WITH_PLACE: set[tuple[type[models.Model], str]] = {
    (Report, name) for name in ("title", "body", "public_title", "public_text", "location_text")
}
WITH_PLACE |= {(Publication, "title"), (Publication, "text")}
CHOOSE = """
CREATE TEMPORARY TABLE life_copy ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('reports_report', 'id')) AS report_id, prototype_id, prototype_number, back,
    to_char(received_at AT TIME ZONE %(zone)s, 'YY') || '-' || nextval('report_number') AS number, place
FROM (
    SELECT p.report_id AS prototype_id, r.number AS prototype_number, t.back, r.received_at - t.back AS received_at,
        s.one[1 + floor(dice.c * cardinality(s.one))::int] || s.two[1 + floor(dice.d * cardinality(s.two))::int]
            || s.two[1 + floor(dice.e * cardinality(s.two))::int] AS place
    FROM (
        SELECT CASE WHEN random() < %(open)s THEN 1 + floor(random() * %(opened)s)
            ELSE 1 + %(opened)s + floor(random() * (%(all)s - %(opened)s)) END AS chosen,
            %(low)s + random() / %(parts)s AS a, random() AS b, random() AS c, random() AS d, random() AS e
        FROM generate_series(1, %(many)s)
    ) dice
    JOIN unnest(%(ids)s::bigint[], %(weeks)s::int[]) WITH ORDINALITY p (report_id, weeks, nth) ON p.nth = dice.chosen
    JOIN reports_report r ON r.id = p.report_id
    CROSS JOIN (SELECT %(first)s::text[] AS one, %(second)s::text[] AS two) s
    CROSS JOIN LATERAL (SELECT floor(dice.a * (p.weeks + 1)) * interval '7 days' + dice.b * interval '1 hour' AS back) t
    ORDER BY received_at
) life
"""


def copy_all(prototypes: Sequence[Prototype], many: int, order: Order, dice: random.Random) -> Iterator[int]:
    """Make *many* copies, part by part, the oldest first, as in life: so that indexes by time grow at their end."""
    parts = -(-many // CHUNK)
    jobs = [
        Part(
            many * (i + 1) // parts - many * i // parts, order.open, (parts - 1 - i) / parts, parts, dice.uniform(-1, 1)
        )
        for i in range(parts)
    ]
    if connection.in_atomic_block:  # in a test: another connection would not see the prototypes
        yield from (_copy(prototypes, job) for job in jobs)
        return
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        yield from pool.map(lambda job: _copy_apart(prototypes, job), jobs)


def _copy_apart(prototypes: Sequence[Prototype], job: Part) -> int:
    try:
        return _copy(prototypes, job)
    finally:
        connection.close()  # this thread's own


def _copy(prototypes: Sequence[Prototype], job: Part) -> int:
    """Make the copies of one part in one transaction; return how many."""
    ordered = sorted(prototypes, key=lambda p: not p.is_open)
    opened = sum(p.is_open for p in ordered)
    given: dict[str, Any] = {
        "zone": str(installation().zone),
        "open": 0.0 if not opened else 1.0 if opened == len(ordered) else job.share,
        "opened": opened,
        "all": len(ordered),
        "many": job.many,
        "low": job.low,
        "parts": job.parts,
        "ids": [p.report_id for p in ordered],
        "weeks": [p.weeks for p in ordered],
        "first": SOUNDS[0],
        "second": SOUNDS[1],
    }
    with transaction.atomic(), connection.cursor() as cursor, _in_bulk(cursor):
        cursor.execute("SELECT setseed(%s)", [job.seed])
        cursor.execute(CHOOSE, given)
        cursor.execute("ANALYZE life_copy")
        for model in COPIED:
            cursor.execute(_copying(model))
        cursor.execute("DROP TABLE life_copy")
    return job.many


@contextmanager
def _in_bulk(cursor: CursorWrapper) -> Iterator[None]:
    """Spare what a load test can do without: a safe commit of each part, and foreign keys that copies have anyway."""
    cursor.execute("SET LOCAL synchronous_commit = off")
    cursor.execute("SET LOCAL work_mem = '256MB'")
    cursor.execute("SET LOCAL gin_pending_list_limit = '1GB'")
    cursor.execute("SELECT current_setting('is_superuser')")
    is_allowed = cursor.fetchone() == ("on",)
    if is_allowed:
        cursor.execute("SET LOCAL session_replication_role = replica")
    yield
    if is_allowed:
        cursor.execute("SET LOCAL session_replication_role = origin")


def _copying(model: type[models.Model]) -> str:
    """Return the statement that copies the rows of one model, in the order in which they came about."""
    table = model._meta.db_table
    fields = [field for field in model._meta.local_concrete_fields if _is_copied(model, field)]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(model, field) for field in fields)
    link = "o.number = c.prototype_number" if model is Publication else f"o.{_key(model)} = c.prototype_id"
    # Names come from our own models, never from outside.
    return (
        f"INSERT INTO {table} ({columns}) SELECT {values} "  # noqa: S608
        f"FROM life_copy c JOIN {table} o ON {link} ORDER BY c.report_id, o.{model._meta.pk.column}"
    )


def _is_copied(model: type[models.Model], field: "models.Field[Any, Any]") -> bool:
    """Return whether a column is given a value; the others the database fills by itself."""
    is_counted = isinstance(field, models.AutoField) and model is not Report
    return not is_counted and not isinstance(field, models.GeneratedField)


def _key(model: type[models.Model]) -> str:
    return "id" if model is Report else "report_id"


def _value(model: type[models.Model], field: "models.Field[Any, Any]") -> str:
    """Return what stands in a column of a copy."""
    own, column = OWN.get(f"{model._meta.db_table}.{field.column}"), f'o."{field.column}"'
    if own is not None:
        return own
    if field.related_model is Report:
        return "c.report_id"
    if isinstance(field, models.DateTimeField):
        return f"{column} - c.back"
    if isinstance(field, models.DateField):
        return f"({column} - c.back)::date"
    return f"replace({column}, '{PLACE}', c.place)" if (model, field.name) in WITH_PLACE else column


def settle() -> None:
    """Bring the database to rest: statistics for the planner, and what was put off in the search index."""
    with connection.cursor() as cursor:
        for model in COPIED:
            way = "ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)"
            cursor.execute(f"{way} {model._meta.db_table}")
