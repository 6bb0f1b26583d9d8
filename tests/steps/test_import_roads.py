"""Bringing in the roads an agency keeps: all or none, again without a trace, and reports on them find it."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from shapely.geometry import LineString

from tuntas import steps
from tuntas.agencies.installation import forget_installation, installation
from tuntas.agencies.models import Government, Road
from tuntas.agencies.road_files import RoadRow
from tuntas.kit.errors import Invalid
from tuntas.ops import import_roads
from tuntas.ops.trouble import Trouble
from tuntas.rules.roads import RoadStatus
from tuntas.steps.import_roads import ImportedRoads

LAT, LNG = -6.926, 106.928


def section(name: str, lat: float, status: RoadStatus = RoadStatus.CITY) -> RoadRow:
    """Return a road that runs from west to east."""
    return RoadRow(name, "", "", status, "", LineString([(LNG - 0.01, lat), (LNG + 0.01, lat)]))


@pytest.fixture(autouse=True)
def _as_it_was(city: None) -> Iterator[None]:
    yield
    forget_installation()


def bring(*rows: RoadRow, keeper: str = "dinas-pupr") -> ImportedRoads:
    return steps.import_roads(rows, keeper=keeper, told=lambda n: None)


def keeper_at(lat: float, lng: float = LNG) -> str:
    here = installation()
    found = here.places.roads.at(lat, lng)
    return "" if found is None else f"{here.agencies[found.keeper].slug}: {found.name}"


def test_a_list_takes_the_place_of_the_agencys_last_one_alone() -> None:
    bring(section("Jalan Dua", LAT + 0.002), keeper="dishub")
    assert bring(section("Jalan Satu", LAT), section("Jalan Tiga", LAT + 0.001)) == ImportedRoads(2, 2, 0)
    assert bring(section("Jalan Satu", LAT)) == ImportedRoads(1, 0, 1)
    assert sorted(Road.objects.values_list("keeper__slug", "name")) == [
        ("dinas-pupr", "Jalan Satu"),
        ("dishub", "Jalan Dua"),
    ]


def test_the_same_list_again_changes_nothing() -> None:
    bring(section("Jalan Satu", LAT))
    before = Government.objects.get().version
    assert bring(section("Jalan Satu", LAT)) == ImportedRoads(1, 0, 0)
    assert Government.objects.get().version == before


def test_an_agency_that_is_not_there_is_refused_and_nothing_is_written() -> None:
    with pytest.raises(Invalid, match="entah"):
        bring(section("Jalan Satu", LAT), keeper="entah")
    assert not Road.objects.exists()


def test_a_point_finds_the_nearest_road_within_forty_metres() -> None:
    assert keeper_at(LAT) == ""
    bring(section("Jalan Satu", LAT), section("Jalan Tiga", LAT + 0.0004))
    assert keeper_at(LAT + 0.0001) == "dinas-pupr: Jalan Satu"
    assert keeper_at(LAT + 0.0003) == "dinas-pupr: Jalan Tiga"
    assert keeper_at(LAT - 0.0003) == "dinas-pupr: Jalan Satu"
    assert keeper_at(LAT - 0.0004) == ""


def test_of_two_that_share_a_line_the_higher_status_counts() -> None:
    bring(section("Jalan Kampung", LAT, RoadStatus.VILLAGE))
    bring(section("Jalan Raya", LAT, RoadStatus.NATIONAL), keeper="dishub")
    assert keeper_at(LAT) == "dishub: Jalan Raya"


@pytest.mark.parametrize("word", [[], ["--check"]])
def test_the_command_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str], word: list[str]) -> None:
    path = tmp_path / "jalan.geojson"
    line = {"type": "LineString", "coordinates": [[LNG, LAT], [LNG + 0.01, LAT]]}
    told = {"nama": "Jalan Satu", "status": "kota"}
    feature = {"type": "Feature", "properties": told, "geometry": line}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature, {**feature, "properties": told}]}))
    parser = argparse.ArgumentParser()
    import_roads.add_arguments(parser)
    assert import_roads.run(parser.parse_args([str(path), "--keeper", "dinas-pupr", *word])) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "2 sections: 2 kota."
    assert said[1:] == ([] if word else ["dinas-pupr keeps 1 sections: 1 new, 0 gone."])
    assert Road.objects.count() == (0 if word else 1)
    with pytest.raises(Trouble, match="no such file"):
        import_roads.run(parser.parse_args([str(tmp_path / "x"), "--keeper", "dinas-pupr"]))
