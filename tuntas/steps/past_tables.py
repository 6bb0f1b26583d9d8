"""Tables of the past as files: looked at, read a slice at a time, with what is kept of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F

from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid
from tuntas.kit.tables import read_table
from tuntas.kit.words import Say
from tuntas.reports.models import ColumnMap, Import, ImportState
from tuntas.rules.past_columns import NEEDED, SAMPLE, Column, columns_of, guess_columns, is_personal, shape_of
from tuntas.steps.count import count
from tuntas.steps.import_reports import SLICE, Numbered, Order, RefusedRow, Tally

WHOLE = ("number", "record")  # the head of a table that this program itself wrote: steps.export_reports
WHOLE_SOURCE, SP4N_SOURCE = "tuntas", "sp4n"
UNKNOWN_COLUMN = Say("Kolom “{name}” tidak ada di tabel ini.", "There is no column “{name}” in this table.")
NO_COLUMN = Say(
    "Tidak ketemu kolom untuk isi laporan atau tanggal masuk. Pilih sendiri.",
    "No column was found for the text or the date of receipt. Choose them.",
)
A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Table:
    """What a look at a file says."""

    path: Path
    head: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    shape: str
    columns: Mapping[Column, int]  # as kept from an earlier table of this shape, else as guessed
    agencies: Mapping[str, str]
    topics: Mapping[str, str]
    is_whole: bool  # written by this program, with everything a report is

    @property
    def personal(self) -> list[str]:
        """The columns that say who reported; they are not taken."""
        return [name for name in self.head if is_personal(name)]

    def named(self) -> dict[Column, str]:
        """Return which name in the head stands for what."""
        return {what: self.head[at] for what, at in self.columns.items()}


def look_at_table(path: Path) -> Table:
    """Read the head and the first rows of a file, and guess what its columns are. Raises BadTable."""
    rows = read_table(path)
    head = tuple(next(rows, []))
    sample = tuple(tuple(row) for row in islice(rows, SAMPLE))
    shape = shape_of(head)
    kept = ColumnMap.objects.filter(shape=shape).first()
    columns = guess_columns(head, sample) if kept is None else columns_of(kept.columns, head)
    agencies, topics = ({}, {}) if kept is None else (kept.agencies, kept.topics)
    return Table(path, head, sample, shape, columns, agencies, topics, head[: len(WHOLE)] == WHOLE)


def keep_map(
    table: Table,
    columns: Mapping[str, str],
    *,
    agencies: Mapping[str, str] | None = None,
    topics: Mapping[str, str] | None = None,
    now: datetime,
) -> None:
    """Keep how tables of this shape are read, so that the next one needs nothing. Raises Invalid.

    columns           what: name in the head; all that are to be read
    agencies, topics  name there: slug or code here; those kept before stay where none are given
    """
    try:
        found = columns_of(columns, table.head)
    except LookupError as error:
        raise Invalid.field("/columns", UNKNOWN_COLUMN.fill(name=str(error.args[0])[:60])) from error
    if any(column not in found for column in NEEDED):
        raise Invalid.field("/columns", NO_COLUMN)
    ColumnMap.objects.update_or_create(
        shape=table.shape,
        defaults={
            "columns": {what.value: table.head[at] for what, at in found.items()},
            "agencies": dict(table.agencies if agencies is None else agencies),
            "topics": dict(table.topics if topics is None else topics),
            "changed_at": now,
        },
    )


def order_of(table: Table, *, source: str = "", **how: bool) -> Order:
    """Return how to bring in a table that was looked at. Raises Invalid where a column is missing."""
    if not table.is_whole and any(column not in table.columns for column in NEEDED):
        raise Invalid.field("/columns", NO_COLUMN)
    source = source or (WHOLE_SOURCE if table.is_whole else table.shape)
    return Order(source, table.columns, table.agencies, table.topics, **how)


def slices_of(path: Path, *, done: int = 0) -> Iterator[list[Numbered]]:
    """Yield the rows of a file behind the first *done*, a slice at a time, each row with its number."""
    rows = read_table(path)
    next(rows, None)
    numbered: Iterator[Numbered] = islice(enumerate(rows, 2), done, None)
    while found := list(islice(numbered, SLICE)):
        yield found


def count_rows(path: Path) -> int:
    """Return how many rows a file has below its head. Raises BadTable."""
    return max(0, sum(1 for _ in read_table(path)) - 1)


def begin_import(
    name: str, *, rows: int, order: Mapping[str, Any], now: datetime, by_id: int | None = None, file: str = ""
) -> Import:
    """Write down that a table is being brought in."""
    state = ImportState.READ if file else ImportState.RUNNING
    return Import.objects.create(
        name=name[:200], file=file, state=state, order=dict(order), rows=rows, by_id=by_id, made_at=now
    )


def note_slice(brought_by: Import, tally: Tally, rows: int) -> None:
    """Write down how far a table was brought in, and what became of its rows."""
    Import.objects.filter(pk=brought_by.pk).update(done=F("done") + rows, tally=tally.as_data())


def finish_import(brought_by: Import, tally: Tally, *, now: datetime) -> None:
    """End bringing in a table, and count the figures of all days it told of anew."""
    with transaction.atomic():
        Import.objects.filter(pk=brought_by.pk).update(
            state=ImportState.DONE, tally=tally.as_data(), ended_at=now, done=F("rows")
        )
        if tally.taken:
            recount(date.fromisoformat(tally.first_day), now=now)


def recount(first: date, *, now: datetime) -> None:
    """Count the figures of all days from *first* on anew."""
    today = now.astimezone(installation().zone).date()
    count(now=now, days=max((today - first) // timedelta(days=1), 0) + A_WEEK)


def refused_rows(head: Sequence[str], refused: Iterable[RefusedRow], *, language_id: bool) -> Iterator[list[str]]:
    """Yield refused rows as a table: number, reason in words, and the row as it was."""
    yield ["baris", "alasan", *head] if language_id else ["row", "reason", *head]
    for each in refused:
        yield [str(each.line), each.why.id if language_id else each.why.en, *each.row]
