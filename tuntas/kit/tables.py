"""Tables that people bring: CSV and XLSX, row by row, whatever program made them; nothing in them can hurt.

A CSV file may be gzipped; its signs are UTF-8 or Windows-1252, its columns parted by commas, semicolons or tabs.
"""

import csv
import gzip
import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import InvalidFileException

from tuntas.kit.errors import No
from tuntas.kit.sheets import FORMULA, harmless
from tuntas.kit.words import Say

MOST_COLUMNS = 300
LONGEST_LINE = 4_000_000  # letters
MOST_LETTERS = 4_000_000_000  # of a whole file once it is unpacked
MOST_UNPACKED = 600_000_000  # bytes of a workbook
MOST_STRINGS = 150_000_000  # bytes of its list of texts, which is read whole
PIECE = 1 << 20
DELIMITERS = ";,\t"
WORKBOOK = b"PK\x03\x04"
GZIP = b"\x1f\x8b"

EMPTY = Say("Berkas ini kosong.", "This file is empty.")
NO_TABLE = Say("Berkas ini bukan tabel CSV atau XLSX.", "This file is no CSV or XLSX table.")
TOO_WIDE = Say(
    "Baris {line}: lebih dari {most} kolom. Hapus kolom yang tidak dipakai.",
    "Row {line}: more than {most} columns. Remove those that are not used.",
)
TOO_LONG = Say(
    "Baris {line} terlalu panjang. Mungkin ada tanda kutip yang tidak ditutup.",
    "Row {line} is too long. Perhaps a quotation mark was not closed.",
)
TOO_MUCH = Say("Isi berkas ini terlalu besar setelah dibuka.", "What is in this file is too large once unpacked.")


class BadTable(No):
    """A file that cannot be read as a table; the sentence says why."""


def read_table(path: Path) -> Iterator[list[str]]:
    """Yield the rows of a table as texts, the head first; empty rows are left out. Raises BadTable.

    Days and instants of a workbook come in ISO form, numbers as they are written in Python.
    """
    with path.open("rb") as file:
        first = file.read(4)
    rows = _workbook(path) if first == WORKBOOK else _csv(path)
    nothing = True
    for row in rows:
        if any(row):
            nothing = False
            yield row
    if nothing:
        raise BadTable(EMPTY)


def _csv(path: Path) -> Iterator[list[str]]:
    encoding = _encoding_of(path)
    csv.field_size_limit(LONGEST_LINE)
    with _opened(path) as file:
        text = io.TextIOWrapper(file, encoding, errors="replace", newline="")
        lines = _lines(text)
        head = next(lines, "")
        delimiter = max(DELIMITERS, key=head.count)
        reader = csv.reader(_again(head, lines), delimiter=delimiter)
        try:
            for n, row in enumerate(reader, 1):
                if len(row) > MOST_COLUMNS:
                    raise BadTable(TOO_WIDE.fill(line=n, most=MOST_COLUMNS))
                yield [unharmed(cell.strip()) for cell in row]
        except csv.Error as error:
            raise BadTable(TOO_LONG.fill(line=reader.line_num)) from error
        except (EOFError, OSError) as error:
            raise BadTable(NO_TABLE) from error


def _again(head: str, rest: Iterator[str]) -> Iterator[str]:
    yield head
    yield from rest


def _lines(text: TextIO) -> Iterator[str]:
    """Yield the lines of a file, none of them without end."""
    letters, n = 0, 0
    while line := text.readline(LONGEST_LINE):
        n, letters = n + 1, letters + len(line)
        if len(line) == LONGEST_LINE:
            raise BadTable(TOO_LONG.fill(line=n))
        if letters > MOST_LETTERS:
            raise BadTable(TOO_MUCH)
        yield line


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    with path.open("rb") as file:
        is_packed = file.read(2) == GZIP
    if is_packed:
        with gzip.open(path, "rb") as unpacked:
            yield cast(BinaryIO, unpacked)
    else:
        with path.open("rb") as plain:
            yield plain


def _encoding_of(path: Path) -> str:
    """Return utf-8-sig where the whole file is UTF-8, else cp1252, in which any bytes are some text."""
    letters = 0
    with _opened(path) as file:
        text = io.TextIOWrapper(file, "utf-8-sig", newline="")
        try:
            while piece := text.read(PIECE):
                letters += len(piece)
                if letters > MOST_LETTERS:
                    raise BadTable(TOO_MUCH)
        except UnicodeDecodeError:
            return "cp1252"
        except (EOFError, OSError) as error:
            raise BadTable(NO_TABLE) from error
        return "utf-8-sig"


def _workbook(path: Path) -> Iterator[list[str]]:
    """Yield the rows of a workbook's first sheet that has any."""
    try:
        with zipfile.ZipFile(path) as packed:
            sizes = {info.filename: info.file_size for info in packed.infolist()}
    except zipfile.BadZipFile as error:
        raise BadTable(NO_TABLE) from error
    if sum(sizes.values()) > MOST_UNPACKED or sizes.get("xl/sharedStrings.xml", 0) > MOST_STRINGS:
        raise BadTable(TOO_MUCH)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl leaves out, such as styles, is not asked for
            book = load_workbook(path, read_only=True, data_only=True)
            yield from _sheet(book)
    except BadTable:
        raise
    except (KeyError, ValueError, TypeError, SyntaxError, OSError, zipfile.BadZipFile, InvalidFileException) as error:
        raise BadTable(NO_TABLE) from error


def _sheet(book: Workbook) -> Iterator[list[str]]:
    try:
        sheet = book.worksheets[0] if book.worksheets else None
        if sheet is None:
            return
        for n, row in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1), 1):
            if len(row) > MOST_COLUMNS and row[MOST_COLUMNS] is not None:
                raise BadTable(TOO_WIDE.fill(line=n, most=MOST_COLUMNS))
            told = [_text(value) for value in row[:MOST_COLUMNS]]
            while told and not told[-1]:
                told.pop()
            yield told
    finally:
        book.close()


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return unharmed(str(value).strip())


def unharmed(text: str) -> str:
    """Return *text* without the sign that keeps a spreadsheet from running it: the other way of ``harmless``."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


class CsvWriter:
    """Writes rows to a CSV file, gzipped where its name ends in .gz; nothing in it would run in a spreadsheet."""

    def __init__(self, path: Path) -> None:
        plain = path.open("wb") if path.suffix != ".gz" else gzip.open(path, "wb")  # noqa: SIM115  # closed by close
        self._file = io.TextIOWrapper(cast(BinaryIO, plain), encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)

    def add(self, row: Sequence[str]) -> None:
        """Write one row."""
        self._writer.writerow([harmless(cell) for cell in row])

    def close(self) -> None:
        """End the file."""
        self._file.close()


class XlsxWriter:
    """Writes rows to a workbook of one sheet, every cell as text."""

    def __init__(self, path: Path) -> None:
        self._path, self._book = path, Workbook(write_only=True)
        self._sheet = self._book.create_sheet("Laporan")

    def add(self, row: Sequence[str]) -> None:
        """Write one row."""
        self._sheet.append([self._cell(text) for text in row])

    def close(self) -> None:
        """End the file."""
        self._book.save(self._path)

    def _cell(self, text: str) -> WriteOnlyCell:
        cell = WriteOnlyCell(self._sheet, harmless(text))
        cell.data_type = "s"
        return cell


def writer_of(path: Path) -> CsvWriter | XlsxWriter:
    """Return what writes a file of this name: XLSX where it ends so, else CSV."""
    return XlsxWriter(path) if path.suffix == ".xlsx" else CsvWriter(path)
