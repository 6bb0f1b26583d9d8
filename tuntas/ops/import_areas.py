"""``tuntas import-areas``: the official areas of a country, or of a part of it."""

import argparse
import time
from pathlib import Path

from tqdm import tqdm

from tuntas import steps
from tuntas.agencies.area_files import CodeRow, OutlineRow, read_codes, read_outlines
from tuntas.agencies.geo_files import BadFile
from tuntas.kit.errors import Invalid
from tuntas.ops.trouble import Trouble

NAMED = 5  # polygons without a code that are named


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``tuntas import-areas`` takes."""
    parser.add_argument("codes", type=Path, metavar="CODES", help="CSV with the columns kode and nama; .gz may be")
    parser.add_argument("outlines", type=Path, nargs="*", metavar="OUTLINES", help="GeoJSON with kode and nama; .gz")
    parser.add_argument("--under", default="", metavar="CODE", help="only this area and those in it (the government's)")
    parser.add_argument("--check", action="store_true", help="only read the files and say what is in them")


def run(args: argparse.Namespace) -> int:
    """Bring in all areas or none; what the list no longer has is switched off, never deleted."""
    began = time.monotonic()
    try:
        codes = read_codes(args.codes)
        outlines = [row for path in tqdm(args.outlines, unit=" files", disable=None) for row in read_outlines(path)]
    except BadFile as bad:
        raise Trouble(str(bad)) from bad
    if args.check:
        return _say_read(codes, outlines)
    try:
        with tqdm(total=len(codes) + len(outlines), unit=" areas", disable=None) as bar:
            found = steps.import_areas(codes, outlines, under=args.under, told=bar.update)
    except Invalid as no:
        raise Trouble(no.say.en) from no
    print(f"{found.areas:,} areas: {found.made:,} new, {found.changed:,} changed, {found.gone:,} switched off.")
    print(
        f"{found.outlined:,} outlines drawn, {found.joined:,} made of those inside; {found.repaired:,} were repaired."
    )
    if found.own:
        print(f"{found.own:,} stay as the profile names them.")
    _say_unknown(found.without_code)
    print(f"{time.monotonic() - began:.1f} s.")
    return 0


def _say_read(codes: list[CodeRow], outlines: list[OutlineRow]) -> int:
    listed = {row.code for row in codes}
    print(f"{len(codes):,} areas, {len(outlines):,} outlines; {sum(row.was_broken for row in outlines):,} need repair.")
    _say_unknown([f"{row.code} {row.name}" for row in outlines if row.code not in listed])
    return 0


def _say_unknown(outlines: list[str]) -> None:
    if outlines:
        more = ", …" if len(outlines) > NAMED else ""
        print(f"{len(outlines):,} outlines have no code in the list: {', '.join(outlines[:NAMED])}{more}.")
