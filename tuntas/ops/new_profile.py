"""``tuntas new-profile``: a government's folder from a spreadsheet."""

import argparse
import shutil
import tempfile
import zipfile
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from tuntas.agencies.profile import BadProfile, ProfileMistake, read_profile
from tuntas.agencies.profile_sheet import Cells, Told, blank_pages, tables_of
from tuntas.kit.env import env
from tuntas.kit.sheets import as_xlsx
from tuntas.kit.time import current_time
from tuntas.kit.toml import as_toml
from tuntas.ops.trouble import Trouble

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 20_000, 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``tuntas new-profile`` takes."""
    parser.add_argument("folder", type=Path, nargs="?", help="the folder to make; it must not be there yet")
    one = parser.add_mutually_exclusive_group(required=True)
    one.add_argument("--blank", type=Path, metavar="FILE.xlsx", help="write a spreadsheet to fill in, with an example")
    one.add_argument("--from", type=Path, dest="sheet", metavar="FILE.xlsx", help="the spreadsheet, filled in")
    parser.add_argument("--like", type=Path, help="take promises, ladder and manners from this profile")


def run(args: argparse.Namespace) -> int:
    """Write an empty spreadsheet, or make a folder of one; name everything that is wrong, and make nothing then."""
    if args.blank:
        _write_blank(args.blank)
        return 0
    if args.folder is None:
        raise Trouble("Name the folder to make, such as profiles/kota-melati.")
    _make(args.folder, args.sheet, args.like or env().profile)
    print(f"{args.folder} is made. Next: tuntas load-profile {args.folder}")
    return 0


def _write_blank(path: Path) -> None:
    if path.exists():
        raise Trouble(f"{path} is there already: nothing was written.")
    path.write_bytes(as_xlsx([(name, rows) for name, rows in blank_pages()], made_at=current_time()))
    print(f"{path} is written. Fill it in, then: tuntas new-profile FOLDER --from {path}")


def _make(folder: Path, sheet: Path, like: Path) -> None:
    if folder.exists():
        raise Trouble(f"{folder} is there already: nothing was changed.")
    told = tables_of(_read(sheet), like, year=current_time().year)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-profile-") as name:
        made = Path(name) / folder.name
        made.mkdir()
        for file, table in told.files.items():
            (made / f"{file}.toml").write_text(as_toml(table))
        mistakes = [str(mistake) for mistake in sorted(set(told.mistakes))]
        try:
            read_profile(made)
        except BadProfile as bad:
            mistakes += [_where(mistake, made, told) for mistake in bad.mistakes]
        if mistakes:
            raise Trouble("\n".join(dict.fromkeys(mistakes)))
        shutil.copytree(made, folder)


def _where(mistake: ProfileMistake, made: Path, told: Told) -> str:
    """Say a mistake by the page and row it came from, instead of the file nobody has seen."""
    name = mistake.file.removesuffix(".toml")
    origins = told.rows.get(name, [])
    path = made / mistake.file
    lines = path.read_text().splitlines()[: mistake.line] if path.is_file() else []
    nth = sum(line.startswith("[[") for line in lines) - 1
    if not origins:
        return f"{mistake.file}: {mistake.text}"
    page, row = origins[min(max(nth, 0), len(origins) - 1)]
    return f"{page}, row {row}: {mistake.text}"


def _read(sheet: Path) -> dict[str, list[Cells]]:
    if not sheet.is_file():
        raise Trouble(f"{sheet} is not there.")
    if sheet.stat().st_size > MOST_BYTES:
        raise Trouble(f"{sheet} is larger than 5 MB: a profile is not.")
    try:
        book = load_workbook(sheet, read_only=True, data_only=True)
        return {page.title.strip().lower(): list(_cells(page)) for page in book.worksheets}
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise Trouble(f"{sheet} cannot be read as a spreadsheet (XLSX).") from error


def _cells(page: object) -> "list[Cells]":
    rows = page.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)  # type: ignore[attr-defined]
    return [[_text(value) for value in row] for row in rows]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.strftime("%H:%M") if hasattr(value, "strftime") else str(value).strip()
