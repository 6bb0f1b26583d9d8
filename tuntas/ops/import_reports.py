"""Bring in the reports of another system, from a CSV or XLSX table. Safe to break off and to call again."""

import argparse
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from tqdm import tqdm

from tuntas.kit.tables import writer_of
from tuntas.kit.time import current_time
from tuntas.ops.trouble import Trouble
from tuntas.steps.import_reports import Order, Tally, import_reports
from tuntas.steps.import_whole import import_whole
from tuntas.steps.past_names import read_past_names
from tuntas.steps.past_tables import (
    SP4N_SOURCE,
    Table,
    begin_import,
    count_rows,
    finish_import,
    keep_map,
    look_at_table,
    note_slice,
    order_of,
    refused_rows,
    slices_of,
)

MAP_TABLES = {"columns", "agencies", "topics"}
MOST_SHOWN = 15


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``tuntas import-reports`` takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a CSV file (also .gz) or an XLSX workbook")
    parser.add_argument("--map", type=Path, metavar="MAP.toml", help="what the columns, agencies and topics are")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
    parser.add_argument(
        "--refused", type=Path, metavar="OUT.csv", help="where rows go that are not taken, with reasons"
    )
    parser.add_argument(
        "--make-agencies", action="store_true", help="make agencies that are missing, closed to new work"
    )
    parser.add_argument("--open", action="store_true", help="let open reports stay in work; else their end is unknown")
    parser.add_argument("--publish", action="store_true", help="let everybody read the texts, with numbers masked")
    parser.add_argument(
        "--as", dest="kind", choices=("auto", "sp4n", "tuntas"), default="auto", help="who wrote the file"
    )


def run(args: argparse.Namespace) -> int:
    """Bring in a table and say what became of its rows."""
    if not args.file.is_file():
        raise Trouble(f"There is no file {args.file}.")
    table = look_at_table(args.file)
    if args.kind == "tuntas" and not table.is_whole:
        raise Trouble("This table was not written by “tuntas export-reports --as tuntas”.")
    table = _corrected(table, args)
    how = {"make_agencies": args.make_agencies, "keep_open": args.open, "publish": args.publish, "is_dry": args.dry_run}
    order = order_of(table, source=SP4N_SOURCE if args.kind == "sp4n" else "", **how)
    _tell_columns(table)
    tally = _bring_in(table, order, args)
    _tell_tally(tally, args)
    return 0


def _corrected(table: Table, args: argparse.Namespace) -> Table:
    """Put the map by hand over the guess; it is kept for the next table of this shape."""
    if args.map is None:
        return table
    given = _read_map(args.map)
    columns = {what.value: name for what, name in table.named().items()} | given.get("columns", {})
    columns = {what: name for what, name in columns.items() if name}
    made = Table(
        table.path,
        table.head,
        table.sample,
        table.shape,
        table.columns,
        {**table.agencies, **given.get("agencies", {})},
        {**table.topics, **given.get("topics", {})},
        table.is_whole,
    )
    keep_map(made, columns, now=current_time())
    return look_at_table(args.file)


def _read_map(path: Path) -> dict[str, dict[str, str]]:
    try:
        given: dict[str, Any] = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Trouble(f"The map {path} cannot be read: {error}.") from error
    if strange := set(given) - MAP_TABLES:
        raise Trouble(f"The map {path} knows columns, agencies and topics, not “{strange.pop()}”.")
    if any(not isinstance(name, str) for pairs in given.values() for name in dict(pairs).values()):
        raise Trouble(f"The map {path} holds names in quotes alone.")
    return given


def _bring_in(table: Table, order: Order, args: argparse.Namespace) -> Tally:
    total, now = count_rows(args.file), current_time()
    brought_by = None if order.is_dry else begin_import(args.file.name, rows=total, order={"kind": args.kind}, now=now)
    names, tally, refused = read_past_names(order.agencies, order.topics), Tally(), []
    take = import_whole if table.is_whole else import_reports
    with tqdm(total=total, unit=" rows", disable=None) as bar:
        for rows in slices_of(args.file):
            told, not_taken = take(rows, order, brought_by=brought_by, now=now, names=names)
            tally.add(told)
            refused += not_taken
            if brought_by is not None:
                note_slice(brought_by, tally, len(rows))
            bar.update(len(rows))
    if brought_by is not None:
        finish_import(brought_by, tally, now=now)
    if args.refused is not None:
        writer = writer_of(args.refused)
        for row in refused_rows(table.head, refused, language_id=False):
            writer.add(row)
        writer.close()
    elif refused:
        for each in refused[:MOST_SHOWN]:
            print(f"Row {each.line}: {each.why.en}")
    return tally


def _tell_columns(table: Table) -> None:
    if table.is_whole:
        print("The table was written by Tuntas, with everything a report is.")
        return
    print("Columns:")
    for what, name in table.named().items():
        print(f"  {what:15} {name}")
    taken = set(table.named().values()) | set(table.personal)
    if table.personal:
        print(f"Not taken, because they say who reported: {', '.join(table.personal)}.")
    if left := [name for name in table.head if name not in taken]:
        print(f"Not taken: {', '.join(left)}.")


def _tell_tally(tally: Tally, args: argparse.Namespace) -> None:
    would = "would be taken in" if args.dry_run else "were taken in"
    print(f"{tally.taken:,} reports {would}, {tally.seen:,} had come before, {tally.refused:,} were refused.")
    if tally.unknown_ends:
        print(f"{tally.unknown_ends:,} were open; nobody knows how they ended, so they are archived.")
    if tally.agencies_made:
        print(f"{tally.agencies_made:,} agencies {'would be' if args.dry_run else 'were'} made, closed to new work.")
    _tell_names("agencies", tally.agencies)
    _tell_names("topics", tally.topics)
    if tally.without_area:
        print(f"{tally.without_area:,} reports lie in no area that is known here.")
    if args.refused is not None and tally.refused:
        print(f"What was refused stands in {args.refused}, with reasons.")


def _tell_names(kind: str, names: Counter[str]) -> None:
    if not names:
        return
    shown = ", ".join(f"{name} ({n:,})" for name, n in names.most_common(MOST_SHOWN))
    print(f"{sum(names.values()):,} reports name {kind} that are not known here: {shown}.")
