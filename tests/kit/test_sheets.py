"""Tables for spreadsheets: opened again by the programs that read them, and never a formula."""

import csv
import io
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from tuntas.kit.sheets import FORMULA, Row, as_csv, as_xlsx, harmless

T0 = datetime(2026, 3, 6, 3, 0, tzinfo=UTC)
ROWS: list[Row] = [("Nama", "Angka", "Rata-rata"), ('Émilie; "Mila"\nS.', 12, 3.25), ("=1+1", None, 0.0)]


def test_csv_is_read_with_its_mark_semicolons_and_decimal_commas() -> None:
    told = as_csv(ROWS)
    assert told.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(told.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows == [["Nama", "Angka", "Rata-rata"], ['Émilie; "Mila"\nS.', "12", "3,25"], ["'=1+1", "", "0,0"]]


def test_xlsx_holds_numbers_as_numbers_and_no_formula() -> None:
    book = load_workbook(io.BytesIO(as_xlsx([("Angka", ROWS), ("Aturan", [("a",), ("=b",)])], made_at=T0)))
    assert book.sheetnames == ["Angka", "Aturan"]
    sheet = book["Angka"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Nama", "Angka", "Rata-rata"],
        ['Émilie; "Mila"\nS.', 12, 3.25],
        ["'=1+1", None, 0],
    ]
    assert {cell.data_type for page in book for row in page.iter_rows() for cell in row} <= {"s", "n"}
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert book.properties.created == T0.replace(tzinfo=None)


@pytest.mark.parametrize("start", FORMULA)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert harmless(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


@pytest.mark.parametrize("text", ["", "Budi", "a=b", "1-2", " =1"])
def test_other_words_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text
