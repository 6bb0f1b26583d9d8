"""Lists of roads: read as offices give them out, and what is wrong with them is said with its line."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tuntas.agencies.geo_files import BadFile
from tuntas.agencies.road_files import read_roads
from tuntas.rules.roads import RoadStatus

REAL = Path(__file__).parents[3] / "shared" / "data" / "geo" / "bojonegoro_roads.geojson.gz"
LINE = {"type": "LineString", "coordinates": [[112.0, -7.0], [112.01, -7.0]]}


def written(folder: Path, *roads: tuple[dict[str, Any], Any]) -> Path:
    path = folder / "jalan.geojson"
    features = [{"type": "Feature", "properties": told, "geometry": line} for told, line in roads]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}, indent=1))
    return path


def test_our_names_and_those_of_offices_are_read(tmp_path: Path) -> None:
    ours = {"nama": "Jalan  Wangi", "dari": "Pasar", "sampai": "Balai", "status": "kota", "dasar": "SK 1/2026"}
    office = {"NAMAJALAN": "Jalan Arum", "TKPANGKAL": None, "STATUS": "Status Jalan Provinsi", "LEBARM": 5.0}
    first, second = read_roads(written(tmp_path, (ours, LINE), (office, LINE)))
    assert (first.name, first.first, first.last, first.status, first.decree) == (
        *("Jalan Wangi", "Pasar", "Balai", RoadStatus.CITY, "SK 1/2026"),
    )
    assert (second.name, second.first, second.status) == ("Jalan Arum", "", RoadStatus.PROVINCE)


@pytest.mark.parametrize(
    ("told", "line", "said"),
    [
        ({"status": "kota"}, LINE, "a road needs the property “nama”"),
        ({"nama": "A"}, LINE, "the status of A is none of nasional, provinsi, kabupaten, kota, desa"),
        ({"nama": "A", "status": "kota"}, {"type": "Point", "coordinates": [112, -7]}, "the geometry of A is no line"),
        ({"nama": "A", "status": "kota"}, None, "the geometry of this road cannot be read"),
        (
            {"nama": "A", "status": "kota"},
            {"type": "LineString", "coordinates": [[-7, 112], [-7, 113]]},
            "off the earth",
        ),
        (None, LINE, "a road needs properties and a geometry"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, told: Any, line: Any, said: str) -> None:
    path = written(tmp_path, ({"nama": "B", "status": "desa"}, LINE), (told, line))
    with pytest.raises(BadFile, match=said) as bad:
        read_roads(path)
    assert not str(bad.value).startswith("jalan.geojson:1:")


def test_a_status_can_be_given_for_all(tmp_path: Path) -> None:
    (road,) = read_roads(written(tmp_path, ({"nama": "A"}, LINE)), RoadStatus.VILLAGE)
    assert road.status is RoadStatus.VILLAGE


def test_an_empty_list_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="there is no road"):
        read_roads(written(tmp_path))


@pytest.mark.skipif(not REAL.exists(), reason="the shared data is not here")
def test_a_regencys_own_list_is_read_whole() -> None:
    features = json.loads(gzip.decompress(REAL.read_bytes()))["features"]
    rows = read_roads(REAL)
    assert len(rows) == len(features) > 100
    assert {row.status for row in rows} == {RoadStatus.REGENCY}
