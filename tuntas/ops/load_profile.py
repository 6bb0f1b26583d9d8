"""``tuntas load-profile``: the government as data."""

import argparse
from pathlib import Path

from tuntas import steps
from tuntas.agencies.profile import BadProfile, read_profile
from tuntas.kit.env import env
from tuntas.ops.trouble import Trouble


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", type=Path, help="default: TUNTAS_PROFILE")


def run(args: argparse.Namespace) -> int:
    """Load a profile whole or not at all; what it no longer names is switched off, never deleted."""
    load(args.folder or env().profile)
    return 0


def load(folder: Path) -> None:
    """Read, check and load a folder. Raises Trouble with one line for each mistake."""
    try:
        profile = read_profile(folder)
    except BadProfile as bad:
        raise Trouble("\n".join(str(mistake) for mistake in bad.mistakes)) from bad
    steps.load_profile(profile)
