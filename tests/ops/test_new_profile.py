"""``tuntas new-profile``: from a spreadsheet to a folder that can be loaded."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tuntas.agencies.profile import read_profile
from tuntas.ops.cli import main


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Return an empty spreadsheet as the command writes it, with its example."""
    path = tmp_path / "melati.xlsx"
    assert main(["new-profile", "--blank", str(path)]) == 0
    return path


def test_the_example_becomes_a_profile_that_can_be_loaded(sheet: Path, tmp_path: Path) -> None:
    assert main(["new-profile", str(tmp_path / "melati"), "--from", str(sheet)]) == 0
    profile = read_profile(tmp_path / "melati")
    assert profile.government.name.id == "Kota Melati"
    assert [agency.slug for agency in profile.agencies] == ["kota-melati", "diskominfo", "dpu", "inspektorat"]
    assert {category.owner for category in profile.categories} == {"dpu", "inspektorat", "diskominfo"}
    assert len(profile.people) == 3


def test_every_mistake_is_named_with_page_and_row_and_nothing_is_made(
    sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = load_workbook(sheet)
    book["instansi"].append(["Dinas Taman", "Taman", "Dinas", "Kota Mawar", "", ""])
    book["orang"].append(["Ali", "ali@kota.example", "kepala", "DPU"])
    book.save(sheet)
    assert main(["new-profile", str(tmp_path / "melati"), "--from", str(sheet)]) == 1
    told = capsys.readouterr().err
    assert "instansi, row 6: parent “Kota Mawar” is not an agency" in told
    assert "orang, row 5: the role “kepala” is none of" in told
    assert list(tmp_path.iterdir()) == [sheet]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"nama;e-mail\n"])
def test_what_is_no_spreadsheet_is_one_sentence(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    assert main(["new-profile", str(tmp_path / "melati"), "--from", str(path)]) == 1
    assert capsys.readouterr().err == f"{path} cannot be read as a spreadsheet (XLSX).\n"


def test_what_is_there_is_not_written_over(sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new-profile", "--blank", str(sheet)]) == 1
    (tmp_path / "melati").mkdir()
    assert main(["new-profile", str(tmp_path / "melati"), "--from", str(sheet)]) == 1
    assert capsys.readouterr().err.count("is there already") == 2
