"""``tuntas import-roads``: which roads an agency keeps, so that a hole in one goes to it."""

import argparse
from collections import Counter
from pathlib import Path

from tqdm import tqdm

from tuntas import steps
from tuntas.agencies.geo_files import BadFile
from tuntas.agencies.road_files import read_roads
from tuntas.kit.errors import Invalid
from tuntas.ops.trouble import Trouble
from tuntas.rules.roads import RoadStatus


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``tuntas import-roads`` takes."""
    parser.add_argument(
        "roads", type=Path, metavar="ROADS", help="GeoJSON of lines with nama, dari, sampai, status; .gz"
    )
    parser.add_argument("--keeper", required=True, metavar="AGENCY", help="the code of the agency that keeps them")
    parser.add_argument(
        "--status", type=RoadStatus, choices=list(RoadStatus), help="the status of roads that do not tell their own"
    )
    parser.add_argument("--check", action="store_true", help="only read the file and say what is in it")


def run(args: argparse.Namespace) -> int:
    """Bring in all roads of the list or none; what the agency's last list had beside them goes."""
    try:
        rows = read_roads(args.roads, args.status)
    except BadFile as bad:
        raise Trouble(str(bad)) from bad
    kinds = Counter(row.status for row in rows)
    print(f"{len(rows):,} sections: {', '.join(f'{kinds[s]:,} {s}' for s in RoadStatus if kinds[s])}.")
    if args.check:
        return 0
    try:
        with tqdm(total=len(rows), unit=" sections", disable=None) as bar:
            found = steps.import_roads(rows, keeper=args.keeper, told=bar.update)
    except Invalid as no:
        raise Trouble(no.say.en) from no
    print(f"{args.keeper} keeps {found.roads:,} sections: {found.made:,} new, {found.gone:,} gone.")
    return 0
