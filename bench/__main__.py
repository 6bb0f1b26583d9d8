"""Measure each size in turn, in a database of our own that is gone afterwards unless a folder was given."""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.house import House, add_arguments

BYTES_EACH = 12_000  # on the disk, its share of the write-ahead log included


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmarks; the figures go to standard output, what happens meanwhile to standard error."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure what QUALITY asks for.")
    add_arguments(parser)
    words = list(sys.argv[1:] if argv is None else argv)
    shows_plans = words[:1] == ["plans"]
    args = parser.parse_args(words[shows_plans:])
    args.plans = shows_plans
    os.environ.pop("TUNTAS_DATABASE_URL", None)
    if args.data is not None:
        args.data.mkdir(parents=True, exist_ok=True)
        _measure(House(args.data.absolute()), args)
        return 0
    with tempfile.TemporaryDirectory(prefix="tuntas-bench-") as folder:
        house = House(Path(folder))
        try:
            _measure(house, args)
        finally:
            house.cluster.remove()
    return 0


def _measure(house: House, args: argparse.Namespace) -> None:
    try:
        house.open()
        _measure_sizes(house, args)
    finally:
        house.cluster.stop()


def _measure_sizes(house: House, args: argparse.Namespace) -> None:
    from bench.load import Figures  # noqa: PLC0415 (these read models, which stand only once Django is set up)
    from bench.measures import Bench, measure_all, stored_and_bytes  # noqa: PLC0415

    if args.plans:
        from bench.plans import print_plans  # noqa: PLC0415

        print_plans()
        return
    for size in sorted(args.sizes):
        if (lacks := _lacks(house, size - stored_and_bytes()[0])) is not None:
            print(f"{size:,} reports are left out: {lacks}", file=sys.stderr)
            break
        bench = Bench(house, size, args.seconds, args.only)
        there, _ = stored_and_bytes()
        began = time.monotonic()
        house.command("make-reports", str(size))
        seconds = time.monotonic() - began
        stored, size_in_bytes = stored_and_bytes()
        if stored > there:
            bench.write("make_reports", Figures("sql", 1, seconds, stored - there, 0), bytes=size_in_bytes)
        print(f"{stored:,} reports, {size_in_bytes / 1e9:.2f} GB", file=sys.stderr)
        measure_all(bench)


def _lacks(house: House, reports: int) -> str | None:
    """Return why there is no room for so many reports more, or None."""
    needed, free = max(0, reports) * BYTES_EACH, shutil.disk_usage(house.data).free
    return f"they need {needed / 1e9:.0f} GB, {free / 1e9:.0f} GB are free." if needed > free else None


if __name__ == "__main__":
    sys.exit(main())
