"""``tuntas open-recovery``: two of three holders open the recovery key, on a computer without a network."""

import argparse
from pathlib import Path

from tuntas.kit.age import opened, recipient_of
from tuntas.kit.crypto import Unreadable
from tuntas.ops.trouble import Trouble

HOLDERS = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the file that bears the numbers of both holders, and their keys in any order."""
    parser.add_argument("file", type=Path, metavar="FILE", help="pemulihan-N-M.age")
    parser.add_argument(
        "--key", type=Path, required=True, action="append", metavar="FILE", help="a holder's key; give it twice"
    )


def run(given: argparse.Namespace) -> int:
    """Print the private half of the recovery key. Raises Trouble."""
    keys = [_identity_in(path) for path in given.key]
    if len(set(keys)) != HOLDERS:
        raise Trouble("Give the keys of two holders: --key A.txt --key B.txt")
    try:
        identity = opened(opened(given.file.read_bytes(), "\n".join(keys)), "\n".join(keys)).decode()
        print(f"# {recipient_of(identity)}")
    except OSError as error:
        raise Trouble(f"{given.file} cannot be read.") from error
    except (Unreadable, ValueError) as error:
        raise Trouble(f"These two keys do not open {given.file}.") from error
    print(identity)
    return 0


def _identity_in(path: Path) -> str:
    """Return the private key in a file as ``age-keygen`` writes it. Raises Trouble."""
    try:
        found = [line.strip() for line in path.read_text().splitlines() if line.strip() and line[0] != "#"]
        recipient_of("".join(found))
    except (OSError, ValueError, Unreadable) as error:
        raise Trouble(f"{path} is no holder's key.") from error
    return found[0]
