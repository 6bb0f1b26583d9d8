"""``tuntas make-recovery``: make the recovery key in three pieces, any two of which open it, without a network."""

import argparse
import os
from itertools import combinations
from pathlib import Path

from tuntas.kit.age import close, is_recipient, new_identity, recipient_of
from tuntas.ops.trouble import Trouble

OWNER_ONLY, FOR_ALL = 0o600, 0o644
HOLDERS = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take where the files go, the name of the key, and the public keys of its holders where they have some."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the files go; made where it is missing")
    parser.add_argument("--name", required=True, help="what the list of readers calls the key")
    parser.add_argument(
        "holders",
        type=Path,
        nargs="*",
        metavar="HOLDER.pub",
        help="the age public keys of three holders; without any, keys are made for them: pemegang-1.txt to -3.txt",
    )


def run(given: argparse.Namespace) -> int:
    """Write the public half and three files, each of which two holders open together. Raises Trouble.

    The private half is in memory alone, and forgotten when this ends.
    """
    if len(given.holders) not in (0, HOLDERS):
        raise Trouble("Name the public keys of three holders, or none.")
    folder: Path = given.folder
    folder.mkdir(parents=True, exist_ok=True)
    if any(path.name.startswith(("pemulihan", "pemegang-")) for path in folder.iterdir()):
        raise Trouble(f"{folder} holds a recovery key already.")
    holders = [_public_in(path) for path in given.holders] or [_made_for(folder, n) for n in range(1, HOLDERS + 1)]
    if len(set(holders)) != HOLDERS:
        raise Trouble("The three holders need three keys.")
    identity = new_identity()
    for (n, outer), (m, inner) in combinations(enumerate(holders, 1), 2):
        _write(folder / f"pemulihan-{n}-{m}.age", close(close(identity.encode(), [inner]), [outer]), FOR_ALL)
    public = recipient_of(identity)
    _write(folder / "pemulihan.pub", f"# {given.name}\n{public}\n".encode(), FOR_ALL)
    for n, holder in enumerate(holders, 1):
        print(f"# holder {n}: {holder}")
    if not given.holders:
        print("# Print each pemegang-N.txt, seal it in an envelope for its holder, and delete the file.")
    print("# Keep the three .age files; two holders open the one that bears their numbers.")
    print(f"# {given.name}, to be pasted at /brankas/pemulihan:")
    print(public)
    return 0


def _public_in(path: Path) -> str:
    """Return the public key in a file; lines that begin with # say something else. Raises Trouble."""
    try:
        found = [line.strip() for line in path.read_text().splitlines() if line.strip() and line[0] != "#"]
    except (OSError, ValueError) as error:
        raise Trouble(f"{path} cannot be read.") from error
    if len(found) != 1 or not is_recipient(found[0]):
        raise Trouble(f"{path} is no age public key.")
    return found[0]


def _made_for(folder: Path, n: int) -> str:
    """Make a holder's own key, as ``age-keygen`` writes one; return its public half."""
    identity = new_identity()
    public = recipient_of(identity)
    _write(folder / f"pemegang-{n}.txt", f"# public key: {public}\n{identity}\n".encode(), OWNER_ONLY)
    return public


def _write(path: Path, data: bytes, mode: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as out:
        out.write(data)
