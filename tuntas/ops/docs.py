"""``tuntas docs``: print the reference pages, or say which are stale."""

import argparse
from pathlib import Path

from tuntas.ops.reference import PAGES
from tuntas.ops.trouble import Trouble

FOLDER = Path(__file__).parents[2] / "docs" / "reference"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="print nothing; fail where a page is stale, and name it")


def run(args: argparse.Namespace) -> int:
    """Write docs/reference anew, or with --check compare."""
    stale = stale_pages()
    if args.check and stale:
        raise Trouble(f"Stale in docs/reference: {', '.join(stale)}. Run “make docs”.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in stale:
        (FOLDER / name).write_text(PAGES[name](), encoding="utf-8")
    return 0


def stale_pages() -> list[str]:
    """Return the pages that are not as the code prints them."""
    return [name for name, print_page in PAGES.items() if _read(FOLDER / name) != print_page()]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
