"""Tables as files people open in a spreadsheet: CSV and XLSX, and nothing in them that a spreadsheet would run."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run what begins with these
Cell = str | int | float | None
Row = Sequence[Cell]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
WIDEST = 60  # letters


def harmless(text: str) -> str:
    """Return *text* so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def as_csv(rows: Sequence[Row]) -> bytes:
    """Return rows as a spreadsheet set to Indonesian opens them: UTF-8 with its mark, semicolons, decimal commas."""
    page = io.StringIO()
    csv.writer(page, delimiter=";").writerows([_comma(value) for value in row] for row in rows)
    return page.getvalue().encode("utf-8-sig")


def as_xlsx(pages: Sequence[tuple[str, Sequence[Row]]], *, made_at: datetime) -> bytes:
    """Return pages, each a name and its rows, as a workbook; the first row of each is its head and stays in sight.

    Numbers are numbers, so that they can be added up; how their comma looks is the reader's own setting.
    """
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = made_at.astimezone(UTC).replace(tzinfo=None)
    for name, rows in pages:
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for n, width in enumerate(_widths(rows), 1):
            sheet.column_dimensions[get_column_letter(n)].width = width
        for nth, row in enumerate(rows):
            sheet.append([_cell(sheet, value, is_head=nth == 0) for value in row])
    told = io.BytesIO()
    book.save(told)
    return told.getvalue()


def _comma(value: Cell) -> str:
    if isinstance(value, str):
        return harmless(value)
    return "" if value is None else str(value).replace(".", ",")


def _cell(sheet: object, value: Cell, *, is_head: bool) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, harmless(value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if is_head:
        cell.font = Font(bold=True)
    return cell


def _widths(rows: Sequence[Row]) -> list[int]:
    columns = max((len(row) for row in rows), default=0)
    return [
        min(WIDEST, 2 + max((len(str(row[n])) for row in rows if n < len(row) and row[n] is not None), default=8))
        for n in range(columns)
    ]
