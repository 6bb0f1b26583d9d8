"""Give reports out as a table, CSV or XLSX by the name of the file."""

import argparse
from datetime import date, datetime, time, timedelta
from pathlib import Path

from tqdm import tqdm

from tuntas.agencies.installation import installation
from tuntas.kit.tables import writer_of
from tuntas.ops.trouble import Trouble
from tuntas.steps.export_reports import count_exported, sp4n_rows, whole_rows

ENDINGS = (".csv", ".csv.gz", ".xlsx")
A_DAY = timedelta(days=1)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``tuntas export-reports`` takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="where to: its name ends in .csv, .csv.gz or .xlsx")
    parser.add_argument(
        "--as", dest="kind", choices=("sp4n", "tuntas"), required=True, help="21 columns, or whole for another Tuntas"
    )
    parser.add_argument("--since", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the first day of receipt")
    parser.add_argument("--until", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the last day of receipt")


def run(args: argparse.Namespace) -> int:
    """Write the reports of some days, or all."""
    if not args.file.name.endswith(ENDINGS):
        raise Trouble(f"{args.file.name} should end in {', '.join(ENDINGS)}.")
    if args.kind == "tuntas" and args.file.suffix == ".xlsx":
        raise Trouble("A workbook cannot hold whole reports: its cells are too short. Choose .csv or .csv.gz.")
    since = _begins(args.since) if args.since else None
    until = _begins(args.until + A_DAY) if args.until else None
    written = write_reports(args.file, since, until, whole=args.kind == "tuntas")
    print(f"{written:,} reports stand in {args.file}. Names and contacts of reporters do not.")
    return 0


def write_reports(path: Path, since: datetime | None, until: datetime | None, *, whole: bool) -> int:
    """Write a table of reports; return how many. It appears under its name only once it is whole."""
    part = path.with_name(f".part-{path.name}")
    writer, written = writer_of(part), -1
    rows = whole_rows(since, until) if whole else sp4n_rows(since, until)
    with tqdm(total=count_exported(since, until, whole=whole), unit=" reports", disable=None) as bar:
        for row in rows:
            writer.add(row)
            written += 1
            bar.update(1 if written else 0)
    writer.close()
    part.replace(path)
    return written


def _begins(day: date) -> datetime:
    return datetime.combine(day, time.min, installation().zone)
