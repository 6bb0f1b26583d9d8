"""Under which words a report is found: one row each, written in the transaction that changes the report."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models

from tuntas.agencies.installation import installation
from tuntas.rules.search import Document, document_of

if TYPE_CHECKING:
    from tuntas.reports.models import Report

ERAS = (13, 16, 19, 22)
"""Neighbours in time share words, of ever more reports: by these a search looks at the newest first."""

_ERAS = " || ".join(f"' #e{bits}x' || ({{id}} >> {bits}) || ':1A'" for bits in ERAS)
NUMBERED = f"('#n' || lower(replace({{name}}, '-', '')) || ':1A' || {_ERAS})::tsvector"
"""The SQL of the words that stand for a report's number and its neighbours in time."""

WORDS = (
    "setweight(to_tsvector('indonesian', {0}), 'A') || setweight(to_tsvector('indonesian', {1}), 'B') "
    "|| setweight(to_tsvector('indonesian', {2}), 'C') || ({3})::tsvector "
    "|| " + NUMBERED.format(id="report.id", name="coalesce(report.number, report.ref)")
)
"""The SQL of a document's words, of four texts and of a report's row called ``report``."""

_WRITE = f"""
INSERT INTO reports_searchdocument AS old (report_id, updated_at, words)
SELECT report.id, report.updated_at, {WORDS.format("d.title", "d.told", "d.original", "d.tokens")}
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[]) d (id, title, told, original, tokens)
JOIN reports_report report ON report.id = d.id
ON CONFLICT (report_id) DO UPDATE SET updated_at = EXCLUDED.updated_at, words = EXCLUDED.words
    || CASE WHEN %s THEN ts_filter(old.words, '{{d}}') ELSE '' END
"""  # noqa: S608  # our own names


class SearchDocument(models.Model):
    """The words of a report with their marks (``rules.search``). What it says is derived: it can be made anew."""

    report = models.OneToOneField("reports.Report", models.CASCADE, primary_key=True, related_name="document")
    updated_at = models.DateTimeField()  # the report's own, when this was made of it
    words = SearchVectorField()

    class Meta:
        indexes: ClassVar = [
            # A short list of what is not yet sorted in: every search reads it through.
            GinIndex(fields=["words"], name="search_document_words", gin_pending_list_limit=1024)
        ]


def words_of(report: "Report", name: str = "") -> Document:
    """Return under which words a report is found; of a restricted one, by what it belongs to alone."""
    if report.is_restricted:
        return document_of(titles=(), texts=(), originals=(), original_title="", place="", rows=_rows(report))
    messages = report.thread.get("messages", ())
    return document_of(
        titles=[report.public_title],
        texts=[
            report.public_text,
            *(m["text"] for m in messages if m["from"] != "reporter"),
            *(answer["text"] for answer in report.thread.get("answers", ())),
        ],
        originals=[report.body, *(m["text"] for m in messages if m["from"] == "reporter")],
        original_title=report.title,
        place=report.location_text,
        name=name,
        numbers=[line["external_id"] for line in report.thread["timeline"] if line.get("external_id")],
        rows=_rows(report),
    )


def _rows(report: "Report") -> list[str]:
    """Return the words that stand for what a report belongs to, and for the agencies that may read it."""
    rows = [f"#c{report.category_id}"] if report.category_id else []
    if report.area_id is not None:
        code = installation().area_names[report.area_id][0]
        parts = code.split(".")
        rows += [f"#w{''.join(parts[:n])}" for n in range(1, len(parts) + 1)]
    if report.holder_id is not None:
        rows += [f"#h{report.holder_id}", f"#k{report.holder_id}"]
    rows += [f"#k{id_}" for id_ in (report.offered_to_id, *report.helper_ids) if id_ is not None]
    return [*rows, f"#b{report.entered_by_id}"] if report.entered_by_id else rows


def write_documents(reports: "Sequence[Report]", *, names: Mapping[int, str] | None = None) -> None:
    """Write the documents of reports anew, in one statement.

    names   of those who brought them, by the report's id; None leaves the names that are there
    """
    documents = [words_of(report, (names or {}).get(report.pk, "")) for report in reports]
    given = [
        [report.pk for report in reports],
        *([getattr(each, part) for each in documents] for part in ("title", "told", "original", "tokens")),
    ]
    keeps_names = names is None and not any(report.is_restricted for report in reports)
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [*given, keeps_names])
