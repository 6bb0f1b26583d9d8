"""Tables that people bring: any separator, any common encoding, packed or not; and what would hurt is one sentence."""

import gzip
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from tuntas.kit.tables import BadTable, read_table, unharmed, writer_of

ROWS = [["id", "isi"], ["1", "Jalan “rusak”, parah"], ["2", "dua\nbaris"]]


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("is_packed", [True, False])
def test_a_table_is_read_whatever_wrote_it(tmp_path: Path, delimiter: str, encoding: str, is_packed: bool) -> None:
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in [*ROWS, ["", ""]])
    data = text.encode(encoding)
    path = written(tmp_path / "a.csv", gzip.compress(data) if is_packed else data)
    assert list(read_table(path)) == ROWS


def test_a_workbook_gives_days_and_numbers_as_texts(tmp_path: Path) -> None:
    book = Workbook()
    on = datetime(2022, 1, 5, 9, 30)  # noqa: DTZ001  # a workbook knows no zone
    for row in (["id", "hari", "angka"], [7, on, 2.5], [None, None, None]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert list(read_table(tmp_path / "a.xlsx")) == [["id", "hari", "angka"], ["7", "2022-01-05T09:30:00", "2.5"]]


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz", "a.xlsx"])
def test_what_is_written_comes_back_and_runs_in_no_spreadsheet(tmp_path: Path, name: str) -> None:
    writer = writer_of(tmp_path / name)
    rows = [["satu", "dua"], ["=1+1", "'kutip"], ["+62", "a\nb"]]
    for row in rows:
        writer.add(row)
    writer.close()
    assert list(read_table(tmp_path / name)) == rows


def test_only_the_sign_that_keeps_a_cell_from_running_is_taken_off() -> None:
    assert [unharmed(text) for text in ("'=1", "'a", "=1")] == ["=1", "'a", "=1"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"a," * 400, "more than 300 columns"),
        (b"a" * 5_000_000, "too long"),
        (b"PK\x03\x04", "no CSV or XLSX"),
        (b"\x1f\x8b\x08\x00", "no CSV or XLSX"),
    ],
)
def test_what_is_no_table_is_one_sentence(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(BadTable, match=said):
        list(read_table(written(tmp_path / "a", data)))
