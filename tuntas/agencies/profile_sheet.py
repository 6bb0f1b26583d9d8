"""A government told in a spreadsheet, as the files of a profile: what an office fills in who never saw TOML.

Five pages: pemerintah, instansi, topik, orang, wilayah. Promises, the ladder and the manners of answers are those of
the profile it is made like; they are changed later. Pure: rows in, tables out.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tuntas.rules.actors import Role

Cells = Sequence[str]
Table = dict[str, Any]
PageRow = tuple[int, dict[str, str]]  # its number on the page, and its cells by name

WHAT = "isian", "nilai", "keterangan"
GOVERNMENT = (
    ("nama", "Kota Melati", "nama pemerintah"),
    ("nama Inggris", "", "boleh kosong"),
    ("kode wilayah", "32.98", "kode resmi, dengan titik"),
    ("zona", "Asia/Jakarta", "Asia/Jakarta, Asia/Makassar atau Asia/Jayapura"),
    ("e-mail", "aduan@kota-melati.example", "e-mail meja aduan"),
    ("telepon", "", "boleh kosong"),
    ("WhatsApp", "", "boleh kosong"),
    ("meja aduan", "Diskominfo", "instansi yang memilah laporan"),
    ("PPID", "", "instansi yang melayani permohonan informasi; boleh kosong"),
    ("jam buka", "07:30", ""),
    ("jam tutup", "16:00", ""),
)
PAGES: Mapping[str, tuple[Cells, Sequence[Cells]]] = {
    "instansi": (
        ("nama", "singkatan", "jenis", "induk", "e-mail", "memeriksa"),
        (
            ("Pemerintah Kota Melati", "Kota Melati", "Pemerintah kota", "", "", ""),
            ("Dinas Komunikasi dan Informatika", "Diskominfo", "Dinas", "Kota Melati", "", ""),
            ("Dinas Pekerjaan Umum", "DPU", "Dinas", "Kota Melati", "", ""),
            ("Inspektorat Daerah", "Inspektorat", "Inspektorat", "Kota Melati", "", "ya"),
        ),
    ),
    "topik": (
        ("nama", "nama Inggris", "penanggung jawab", "kata", "bukti", "terbatas", "hari kerja"),
        (
            ("Jalan & jembatan", "Roads & bridges", "DPU", "jalan, lubang, aspal", "ya", "", "14"),
            ("Pungli & korupsi", "Bribery & corruption", "Inspektorat", "pungli, suap", "", "ya", ""),
            ("Lainnya", "Other", "Diskominfo", "", "", "", ""),
        ),
    ),
    "orang": (
        ("nama", "e-mail", "peran", "instansi"),
        (
            ("Wulan Sari", "wulan@kota-melati.example", "agency_admin", "Kota Melati"),
            ("Bima Putra", "bima@kota-melati.example", "liaison", "DPU"),
            ("Ratna Dewi", "ratna@kota-melati.example", "response_validator", "Kota Melati"),
        ),
    ),
    "wilayah": (("kode", "nama"), ()),
}
ROLES = ", ".join(Role)
WORKING_DAYS = ["mon", "tue", "wed", "thu", "fri"]
YEARS = 5  # of holidays, with this one
YES, NO = frozenset({"ya", "yes", "y", "x", "1", "true"}), frozenset({"", "tidak", "no", "n", "-", "0", "false"})


@dataclass(frozen=True, slots=True, order=True)
class SheetMistake:
    """One thing to put right, and where: a page of the spreadsheet and its row, counted from 1."""

    page: str
    row: int
    text: str

    def __str__(self) -> str:
        return f"{self.page}, row {self.row}: {self.text}"


@dataclass(slots=True)
class Told:
    """What a spreadsheet said: the tables of each file, which row each came from, and what was wrong."""

    files: dict[str, Table] = field(default_factory=dict)
    rows: dict[str, list[tuple[str, int]]] = field(default_factory=dict)  # of a file's tables: page and row
    mistakes: list[SheetMistake] = field(default_factory=list)


def blank_pages() -> Iterator[tuple[str, list[Cells]]]:
    """Yield each page of an empty spreadsheet with its head and an example to write over."""
    yield "pemerintah", [WHAT, *GOVERNMENT]
    for name, (head, examples) in PAGES.items():
        yield name, [head, *examples]
    yield "peran", [("peran", "dipakai di halaman orang"), *((role, "") for role in Role)]


def tables_of(pages: Mapping[str, Sequence[Cells]], like: Path, *, year: int) -> Told:
    """Return the files of a profile as tables; promises, ladder and manners are those in the folder *like*.

    pages    by name, each its rows with the head first; cells are text
    year     holidays are taken from the one before it on
    """
    told = Told()
    said = _government(pages.get("pemerintah", ()), told)
    agencies = list(_rows("agencies", "instansi", pages, told))
    known = _known(agencies)
    people = _people(pages, known, told)
    tiers = {row["jenis"]: _code(row["jenis"]) for _, row in agencies if row["jenis"]}
    slug = _slug(said["nama"])
    told.files |= {
        "government": {
            "government": _without_empty(
                slug=slug,
                name=_both(said["nama"], said["nama Inggris"]),
                area_code=said["kode wilayah"],
                zone=said["zona"],
                languages=["id", "en"],
                phone=said["telepon"],
                whatsapp=said["WhatsApp"],
                email=said["e-mail"],
                desk=_named(said["meja aduan"], known),
                ppid=_named(said["PPID"], known),
                calendar=slug,
            ),
            "tier": [{"code": code, "name": _both(name)} for name, code in tiers.items()],
        },
        "agencies": {"agency": [_agency(page_row, known, tiers, told) for page_row in agencies]},
        "categories": {"category": [_category(r, known, told) for r in _rows("categories", "topik", pages, told)]},
        "people": {"person": people},
        "calendar": {"calendar": [_calendar(slug, said, year)]},
        "promises": {"promise": [row for row in _read(like, "promises").get("promise", ()) if _is_for_all(row)]},
    }
    if areas := [_area(row) for _, row in _rows("areas", "wilayah", pages, told)]:
        told.files["areas"] = {"area": areas}
    told.files |= {name: table for name in ("ladder", "answers") if (table := _read(like, name))}
    return told


def _read(folder: Path, name: str) -> Table:
    path = folder / f"{name}.toml"
    return tomllib.loads(path.read_text()) if path.is_file() else {}


def _is_for_all(promise: Table) -> bool:
    return not {"agency", "tier", "category"} & promise.keys()


def _government(rows: Sequence[Cells], told: Told) -> dict[str, str]:
    given = {_plain(row[0]): (row[1] if len(row) > 1 else "").strip() for row in rows if row}
    said = {name: given.get(_plain(name), "") for name, _, _ in GOVERNMENT}
    for name in ("nama", "kode wilayah", "zona", "e-mail", "meja aduan"):
        if not said[name]:
            told.mistakes.append(SheetMistake("pemerintah", 1, f"“{name}” is missing"))
    told.rows["government"] = [("pemerintah", 1)]
    return said


def _rows(
    file: str, page: str, pages: Mapping[str, Sequence[Cells]], told: Told
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a page that hold anything, each with its number and its cells by name."""
    columns = PAGES[page][0]
    rows = pages.get(page, ())
    head = [_plain(cell) for cell in rows[0]] if rows else []
    if page != "wilayah" and (lost := [name for name in columns[:1] if _plain(name) not in head]):
        told.mistakes.append(SheetMistake(page, 1, f"the column “{lost[0]}” is missing"))
        return
    for number, row in enumerate(rows[1:], 2):
        cells = dict(zip(head, (cell.strip() for cell in row), strict=False))
        if any(cells.values()):
            told.rows.setdefault(file, []).append((page, number))
            yield number, {name: cells.get(_plain(name), "") for name in columns}


def _known(agencies: Iterable[PageRow]) -> dict[str, str]:
    """Return the slug of an agency by all it is called: its name, its short name, the slug itself."""
    found: dict[str, str] = {}
    for _, row in agencies:
        slug = _slug(row["singkatan"] or row["nama"])
        for called in (row["nama"], row["singkatan"], slug):
            if called:
                found.setdefault(_plain(called), slug)
    return found


def _named(called: str, known: Mapping[str, str]) -> str:
    """Return an agency's slug; a name that no agency has stays as it was written, and the profile's checks name it."""
    return known.get(_plain(called), called)


def _agency(page_row: PageRow, known: Mapping[str, str], tiers: Table, told: Told) -> Table:
    number, row = page_row
    if not row["jenis"]:
        told.mistakes.append(SheetMistake("instansi", number, "“jenis” is missing, such as Dinas or Kecamatan"))
    return _without_empty(
        slug=_slug(row["singkatan"] or row["nama"]),
        name=row["nama"],
        short=row["singkatan"] or row["nama"][:60],
        tier=tiers.get(row["jenis"], ""),
        parent=_named(row["induk"], known),
        email=row["e-mail"],
        examines=_flag(row["memeriksa"], "instansi", number, told),
    )


def _category(page_row: PageRow, known: Mapping[str, str], told: Told) -> Table:
    number, row = page_row
    days = row["hari kerja"]
    if days and not days.isdecimal():
        told.mistakes.append(SheetMistake("topik", number, f"“hari kerja” should be a number, not “{days}”"))
    return _without_empty(
        code=_code(row["nama Inggris"] or row["nama"]),
        name=_both(row["nama"], row["nama Inggris"]),
        owner=_named(row["penanggung jawab"], known),
        words=[word.strip() for word in row["kata"].split(",") if word.strip()],
        proof=_flag(row["bukti"], "topik", number, told),
        restricted=_flag(row["terbatas"], "topik", number, told),
        resolve=f"{days} working_days" if days else "",
    )


def _people(pages: Mapping[str, Sequence[Cells]], known: Mapping[str, str], told: Told) -> list[Table]:
    """Return people with their posts; who stands on several rows has several posts."""
    people: dict[str, Table] = {}
    for number, row in list(_rows("people", "orang", pages, told)):
        email = row["e-mail"].lower()
        role = _plain(row["peran"]).replace(" ", "_")
        if role not in set(Role):
            told.mistakes.append(SheetMistake("orang", number, f"the role “{row['peran']}” is none of {ROLES}"))
        if email in people:
            told.rows["people"].pop()
        person = people.setdefault(email, {"name": row["nama"], "email": email, "posts": []})
        person["posts"].append({"role": role, "agency": _named(row["instansi"], known)})
    return list(people.values())


def _area(row: dict[str, str]) -> Table:
    return {"code": row["kode"], "name": row["nama"]}


def _calendar(name: str, said: Mapping[str, str], year: int) -> Table:
    return {
        "name": name,
        "zone": said["zona"],
        "opens": said["jam buka"] or "07:30",
        "closes": said["jam tutup"] or "16:00",
        "weekdays": WORKING_DAYS,
        "holidays_country": "ID",
        "holidays_categories": ["public", "government"],
        "first_year": year - 1,
        "last_year": year + YEARS - 1,
    }


def _flag(cell: str, page: str, number: int, told: Told) -> bool:
    word = _plain(cell)
    if word not in YES | NO:
        told.mistakes.append(SheetMistake(page, number, f"“{cell}” should be “ya” or empty"))
    return word in YES


def _both(indonesian: str, english: str = "") -> dict[str, str]:
    return {"id": indonesian, "en": english or indonesian}


def _without_empty(**fields: Any) -> Table:
    return {key: value for key, value in fields.items() if value not in ("", None, [])}


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _slug(text: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_only))[:60].rstrip("-")


def _code(text: str) -> str:
    return _slug(text).replace("-", "_").lstrip("0123456789_")
