"""Lists of roads as offices of public works give them out: lines as GeoJSON with a name, a status and a decree."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from tuntas.agencies.geo_files import BadFile, check_on_earth, features_of
from tuntas.rules.roads import RoadStatus, status_in

LONGEST = 200
# What offices call each property, ours first; any case.
NAMES = {
    "name": ("nama", "name", "namajalan", "nama_jalan", "nama_ruas"),
    "first": ("dari", "from", "tkpangkal", "pangkal"),
    "last": ("sampai", "to", "tkujung", "ujung"),
    "status": ("status", "status_jalan", "fungsi_status"),
    "decree": ("dasar", "decree", "dasarhukum", "dasar_hukum"),
}


@dataclass(frozen=True, slots=True)
class RoadRow:
    """One section of a road as a list has it."""

    name: str
    first: str
    last: str
    status: RoadStatus
    decree: str
    line: BaseGeometry


def read_roads(path: Path, status: RoadStatus | None = None) -> list[RoadRow]:
    """Read the sections of a file, packed by gzip or not. Raises BadFile.

    status  of those that do not tell their own
    """
    found = [_road(feature, path, line, status) for feature, line in features_of(path)]
    if not found:
        raise BadFile(path, 1, "there is no road in this file")
    return found


def _road(feature: Any, path: Path, line: int, status: RoadStatus | None) -> RoadRow:
    try:
        told = {str(key).lower(): value for key, value in feature["properties"].items()}
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
    except (TypeError, KeyError, AttributeError) as error:
        raise BadFile(path, line, "a road needs properties and a geometry") from error
    except shapely.errors.GEOSException as error:
        raise BadFile(path, line, "the geometry of this road cannot be read") from error
    texts = {key: _text(told, names) for key, names in NAMES.items()}
    if not texts["name"]:
        raise BadFile(path, line, "a road needs the property “nama”")
    if shape is None or shape.geom_type not in ("LineString", "MultiLineString") or shape.is_empty:
        raise BadFile(path, line, f"the geometry of {texts['name']} is no line")
    check_on_earth(shape, texts["name"], path, line)
    found = status_in(texts["status"]) or status
    if found is None:
        known = ", ".join(RoadStatus)
        raise BadFile(path, line, f"the status of {texts['name']} is none of {known}: name one with --status")
    return RoadRow(texts["name"], texts["first"], texts["last"], found, texts["decree"], shape)


def _text(told: Mapping[str, Any], names: tuple[str, ...]) -> str:
    found = next((told[name] for name in names if told.get(name) not in (None, "")), "")
    return " ".join(str(found).split())[:LONGEST]
