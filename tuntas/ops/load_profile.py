"""``tuntas load-profile``: the government as data."""

import argparse
from pathlib import Path

from tuntas import steps
from tuntas.agencies.profile import BadProfile, read_profile
from tuntas.kit.env import env
from tuntas.kit.time import current_time
from tuntas.ops.trouble import Trouble
from tuntas.steps.undone import WouldUndo


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", type=Path, help="default: TUNTAS_PROFILE")
    parser.add_argument(
        "--over", action="store_true", help="undo what was changed at /kelola and is not in the profile"
    )


def run(args: argparse.Namespace) -> int:
    """Load a profile whole or not at all; what it no longer names is switched off, never deleted."""
    load(args.folder or env().profile, over=args.over)
    return 0


def load(folder: Path, *, over: bool = False) -> None:
    """Read, check and load a folder. Raises Trouble with one line for each mistake, or for what it would undo."""
    try:
        profile = read_profile(folder)
    except BadProfile as bad:
        raise Trouble("\n".join(str(mistake) for mistake in bad.mistakes)) from bad
    try:
        steps.load_profile(profile, over=over, now=current_time())
    except WouldUndo as no:
        raise Trouble(f"{no.say.en} Write them into the profile, or undo them with --over.") from no
