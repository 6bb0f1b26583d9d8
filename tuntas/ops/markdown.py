"""The few pieces of Markdown that the reference pages are made of."""

from collections.abc import Iterable, Sequence

NOTICE = "Printed from the code by `make docs`; `make check` compares. Do not edit."


def page(title: str, *parts: str) -> str:
    """Return a page that says that nobody should edit it."""
    return "\n\n".join((f"# {title}", f"*{NOTICE}*", *(part for part in parts if part))) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; a bar inside a cell is escaped."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def codes(names: Iterable[object]) -> str:
    """Return names as code, in their order; a dash for none."""
    return " ".join(f"`{name}`" for name in names) or "–"
