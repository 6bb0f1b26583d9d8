"""Official lists of areas and their outlines, as they are given out: codes as CSV, polygons as GeoJSON."""

import csv
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from tuntas.agencies.geo_files import BadFile, check_on_earth, features_of, text_of

AREA_CODE = re.compile(r"[0-9]+(\.[0-9]+)*")
LONGEST_CODE, LONGEST_NAME = 20, 200
NAMES = {"code": ("kode", "code"), "name": ("nama", "name")}


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One area of an official list."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """The outline of one area, sound; *was_broken* where its rings crossed and had to be repaired."""

    code: str
    name: str
    shape: BaseGeometry
    was_broken: bool


def parent_of(code: str) -> str:
    """Return the code of what an area lies in: 35.78 for 35.78.01; empty for the uppermost."""
    return code.rpartition(".")[0]


def lies_in(code: str, above: str) -> bool:
    """Return whether an area is another one, or lies in it."""
    return code == above or code.startswith(f"{above}.")


def read_codes(path: Path) -> list[CodeRow]:
    """Read a list of codes and names, packed by gzip or not; what lies above stands before what lies below.

    Raises BadFile.
    """
    reader = csv.reader(io.StringIO(text_of(path)), strict=True)
    seen: dict[str, CodeRow] = {}
    try:
        at = _columns(next(reader, []), path)
        for row in reader:
            if not any(row):
                continue
            if len(row) <= max(at.values()):
                raise BadFile(path, reader.line_num, "this row has no code or no name")
            _take(CodeRow(row[at["code"]].strip(), " ".join(row[at["name"]].split())), seen, path, reader.line_num)
    except csv.Error as error:
        raise BadFile(path, reader.line_num, f"this is not CSV: {error}") from error
    if not seen:
        raise BadFile(path, 1, "there is no area in this file")
    return sorted(seen.values(), key=lambda row: (row.code.count("."), row.code))


def _take(row: CodeRow, seen: dict[str, CodeRow], path: Path, line: int) -> None:
    if not AREA_CODE.fullmatch(row.code) or len(row.code) > LONGEST_CODE:
        raise BadFile(path, line, f"code “{row.code[:40]}” should look like “35.78.01.1001”")
    if not row.name or len(row.name) > LONGEST_NAME or not row.name.isprintable():
        raise BadFile(path, line, f"the name of {row.code} should be a text of 1 to {LONGEST_NAME} characters")
    if row.code in seen:
        raise BadFile(path, line, f"code {row.code} stands twice, as “{seen[row.code].name}” before")
    seen[row.code] = row


def _columns(header: list[str], path: Path) -> dict[str, int]:
    named = [cell.strip().lower() for cell in header]
    found = {key: next((at for at, cell in enumerate(named) if cell in names), None) for key, names in NAMES.items()}
    missing = [NAMES[key][0] for key, at in found.items() if at is None]
    if missing:
        raise BadFile(path, 1, f"the header has no column “{'” and no “'.join(missing)}”")
    return {key: at for key, at in found.items() if at is not None}


def read_outlines(path: Path) -> list[OutlineRow]:
    """Read polygons with their codes, packed by gzip or not; broken rings are repaired. Raises BadFile."""
    return [_outline(feature, path, line) for feature, line in features_of(path)]


def _outline(feature: Any, path: Path, line: int) -> OutlineRow:
    try:
        told, geometry = feature["properties"], feature["geometry"]
        code, name = (str(next(told[key] for key in NAMES[what] if key in told)) for what in ("code", "name"))
        shape = shapely.from_geojson(json.dumps(geometry))
    except (TypeError, KeyError, RuntimeError) as error:  # RuntimeError: no such property
        raise BadFile(path, line, "a polygon needs the properties “kode” and “nama”, and a geometry") from error
    except shapely.errors.GEOSException as error:
        raise BadFile(path, line, f"the geometry of {code} cannot be read") from error
    if shape.geom_type not in ("Polygon", "MultiPolygon") or shape.is_empty:
        raise BadFile(path, line, f"the geometry of {code} is no polygon")
    check_on_earth(shape, code, path, line)
    if shape.is_valid:
        return OutlineRow(code, name, shape, was_broken=False)
    return OutlineRow(code, name, repaired(shape), was_broken=True)


def repaired(shape: BaseGeometry) -> BaseGeometry:
    """Return polygons that no longer cross themselves, with what their outer rings enclosed but for the holes."""
    return shapely.make_valid(shape, method="structure", keep_collapsed=False)
