"""``tuntas verify-log``: is the log still what was signed, and are the rows still what the log says."""

import argparse
import base64
import binascii
import json
from dataclasses import asdict
from pathlib import Path

from tqdm import tqdm

from tuntas.kit.notes import ED25519
from tuntas.kit.time import current_time
from tuntas.ledger.checking import Check, Finding, Grade
from tuntas.ledger.growing import size_now
from tuntas.ops.trouble import Trouble

RIGHT, WRONG, WITH_WARNINGS = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``tuntas verify-log`` takes."""
    parser.add_argument("--checkpoint", type=Path, metavar="FILE", help="also compare with a checkpoint kept elsewhere")
    parser.add_argument("--key", metavar="KEY", help="the public key you trust, as the page /log shows it")
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")
    parser.epilog = "Exits with 0 when all is right, 1 when something was changed, 2 when there are warnings alone."


def run(args: argparse.Namespace) -> int:
    """Look at every row, leaf and checkpoint; print what is wrong and where."""
    check = Check(now=current_time(), outside=_read(args.checkpoint), public=_key(args.key))
    with tqdm(total=size_now(), unit=" leaves", disable=None) as bar:
        for many in check.walk():
            bar.update(many)
    _print_json(check) if args.json else _print(check)
    return _code(check.findings)


def _code(findings: list[Finding]) -> int:
    if any(finding.grade is Grade.WRONG for finding in findings):
        return WRONG
    return WITH_WARNINGS if findings else RIGHT


def _print(check: Check) -> None:
    for finding in check.findings:
        print(f"{finding.grade.value:>7}  {finding.says[0].upper()}{finding.says[1:]}.")
    print(
        f"{check.leaves:,} leaves and {check.checkpoints:,} checkpoints; {check.removed:,} rows gave up their words in "
        f"the sealed room; {check.waiting:,} rows wait for their leaf."
    )
    print("The log is whole." if _code(check.findings) != WRONG else "The log is NOT what was signed.")


def _print_json(check: Check) -> None:
    told = [{**asdict(finding), "grade": finding.grade.name.lower()} for finding in check.findings]
    numbers = {name: getattr(check, name) for name in ("leaves", "checkpoints", "removed", "waiting")}
    print(json.dumps({**numbers, "findings": told}))


def _read(path: Path | None) -> str:
    try:
        return "" if path is None else path.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(f"{path} cannot be read.") from error


def _key(given: str | None) -> bytes | None:
    """Read a key as checkers of notes write it: name, id and key."""
    if given is None:
        return None
    try:
        data = base64.b64decode(given.split("+", 2)[2], validate=True)
    except (binascii.Error, ValueError, IndexError):
        data = b""
    if len(data) != 33 or not data.startswith(ED25519):
        raise Trouble("The key cannot be read: copy the whole line from the page /log.")
    return data[1:]
