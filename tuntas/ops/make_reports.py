"""Fill the database with stored reports, for load tests only.

Some lives are led by the real steps, one after another; SQL then copies them, each copy with its own number and code,
moved back in time by whole weeks and some minutes, so that hours of work and of night stay what they were. A thread's
times count from receipt, so it is copied as it is. Nobody knows the copies' codes.
"""

import argparse
import random
import time
from collections.abc import Iterator
from datetime import datetime

from tqdm import tqdm

from tuntas.kit.env import env
from tuntas.kit.time import current_time
from tuntas.ops.made_copies import copy_all, settle
from tuntas.ops.made_lives import CHANNEL, Order, lead_lives
from tuntas.ops.trouble import Trouble
from tuntas.reports.models import Report

MOST_PROTOTYPES, FEWEST_PROTOTYPES = 120, 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``tuntas make-reports`` takes."""
    parser.add_argument("reports", type=_count, metavar="N", help="how many reports there shall be in the end")
    parser.add_argument("--open", type=_share, default=0.3, help="which share of them is open (0.3)")
    parser.add_argument("--seed", type=int, default=1, help="another number makes other reports (1)")
    parser.add_argument("--years", type=_count, default=2, help="over how many years they were received (2)")


def run(args: argparse.Namespace) -> int:
    """Make what is missing to N reports and say how many there are. Safe to break off and call again."""
    _refuse_real_reports()
    there, began = Report.objects.count(), time.monotonic()
    print(f"{there:,} reports are there.")
    if there >= args.reports:
        return 0
    order = Order(args.reports - there, args.open, args.seed + there, args.years)
    with tqdm(total=args.reports, initial=there, unit=" reports", disable=None) as bar:
        for made in make(order, now=current_time()):
            bar.update(made)
    seconds = time.monotonic() - began
    print(f"{args.reports:,} reports are there now: {order.reports / seconds:,.0f} made a second, {seconds:.1f} s.")
    return 0


def _count(text: str) -> int:
    if (number := int(text.replace("_", ""))) < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _share(text: str) -> float:
    if not 0 <= (share := float(text)) <= 1:
        raise argparse.ArgumentTypeError("must lie between 0 and 1")
    return share


def _refuse_real_reports() -> None:
    """Raise Trouble where invented reports would stand among real ones."""
    if not env().is_embedded and Report.objects.exclude(channel=CHANNEL).exists():
        raise Trouble("TUNTAS_DATABASE_URL names a database with real reports: invented ones are for load tests only.")


def make(order: Order, *, now: datetime) -> Iterator[int]:
    """Make the reports of an order, yielding how many were made at a time. What is made stays made."""
    dice = random.Random(order.seed)  # noqa: S311 (nothing secret: load tests)
    few = min(order.reports, MOST_PROTOTYPES, max(FEWEST_PROTOTYPES, order.reports // 10))
    prototypes = lead_lives(few, order, dice, now)
    yield few
    yield from copy_all(prototypes, order.reports - few, order, dice)
    settle()
