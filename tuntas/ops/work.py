"""``tuntas work``: the worker."""

import argparse

from tuntas.jobs import run_worker
from tuntas.kit.env import env
from tuntas.kit.time import check_clock

CONCURRENCY = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--concurrency", type=int, default=CONCURRENCY, help="jobs at once (default: %(default)s)")


def run(args: argparse.Namespace) -> int:
    """Take up jobs until told to stop by Ctrl-C or SIGTERM."""
    check_clock(env())
    run_worker(concurrency=max(1, args.concurrency))
    return 0
