"""The squares laid over a photo, and the covers they stand for. Pure."""

from collections.abc import Iterable, Sequence

COLUMNS = 16
MOST_ROWS = 30

Square = tuple[int, int]  # column and row, from 1


def rows_of(width: int, height: int) -> int:
    """Return how many rows of squares a photo has."""
    return min(max(round(COLUMNS * height / max(width, 1)), 1), MOST_ROWS)


def covers_of(squares: Iterable[Square], rows: int) -> list[list[float]]:
    """Return ticked squares as few covers: runs within a row, then like runs below one another, in hundredths."""
    ticked = set(squares)
    runs = [(row, *run) for row in range(1, rows + 1) for run in _runs([c for c, r in ticked if r == row])]
    found: list[list[int]] = []  # first column, last column, first row, last row
    for row, first, last in runs:
        above = next((each for each in found if each[:2] == [first, last] and each[3] == row - 1), None)
        if above is None:
            found.append([first, last, row, row])
        else:
            above[3] = row
    wide, high = 100 / COLUMNS, 100 / rows
    return [
        [round(x, 3) for x in ((a - 1) * wide, (top - 1) * high, (b - a + 1) * wide, (bottom - top + 1) * high)]
        for a, b, top, bottom in found
    ]


def _runs(columns: Iterable[int]) -> list[tuple[int, int]]:
    """Return unbroken runs of columns, each by its first and last."""
    runs: list[tuple[int, int]] = []
    for column in sorted(columns):
        if runs and runs[-1][1] == column - 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return runs


def squares_of(covers: Sequence[Sequence[float]], rows: int) -> set[Square]:
    """Return the squares whose middle lies under a cover."""
    wide, high = 100 / COLUMNS, 100 / rows
    return {
        (column, row)
        for column in range(1, COLUMNS + 1)
        for row in range(1, rows + 1)
        for x, y, w, h in covers
        if x <= (column - 0.5) * wide <= x + w and y <= (row - 0.5) * high <= y + h
    }


def read_square(text: str, rows: int) -> Square | None:
    """Return the square that a box of the form stands for: ``3-2``."""
    column, _, row = text.partition("-")
    if not (column.isascii() and row.isascii() and column.isdecimal() and row.isdecimal()) or len(text) > 7:
        return None
    square = int(column), int(row)
    return square if 1 <= square[0] <= COLUMNS and 1 <= square[1] <= rows else None
