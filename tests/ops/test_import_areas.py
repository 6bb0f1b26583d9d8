"""``tuntas import-areas``: what it says of its files, and that a bad one changes nothing."""

import argparse
import json
from pathlib import Path

import pytest

from tuntas.agencies.installation import installation
from tuntas.agencies.models import Area
from tuntas.ops.import_areas import add_arguments, run
from tuntas.ops.trouble import Trouble

CODES = "kode,nama\n32.99,Kota Cempaka\n32.99.77,Cempaka Jauh\n32.99.77.1001,Ujung\n"
CORNERS = [[107.5, -6.9], [107.6, -6.9], [107.6, -6.8], [107.5, -6.8], [107.5, -6.9]]


@pytest.fixture
def folder(tmp_path: Path, changed_profile: None) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {"kode": code, "nama": "Ujung"},
            "geometry": {"type": "Polygon", "coordinates": [CORNERS]},
        }
        for code in ("32.99.77.1001", "32.99.88")
    ]
    (tmp_path / "batas.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    (tmp_path / "kode.csv").write_text(CODES)
    return tmp_path


def tuntas(folder: Path, *more: str) -> int:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return run(parser.parse_args([str(folder / "kode.csv"), str(folder / "batas.geojson"), *more]))


def test_it_says_what_it_did(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tuntas(folder) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:4] == [
        "3 areas: 2 new, 0 changed, 0 switched off.",
        "1 outlines drawn, 1 made of those inside; 0 were repaired.",
        "1 stay as the profile names them.",
        "1 outlines have no code in the list: 32.99.88 Ujung.",
    ]
    found = installation().area_at(-6.85, 107.55)
    assert found is not None
    assert installation().area_names[found] == ("32.99.77.1001", "Ujung")


def test_a_check_reads_and_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = Area.objects.count()
    assert tuntas(folder, "--check") == 0
    assert capsys.readouterr().out.startswith("3 areas, 2 outlines; 0 need repair.")
    assert Area.objects.count() == before


def test_a_bad_file_is_one_sentence_and_nothing_is_written(folder: Path) -> None:
    before = Area.objects.count()
    (folder / "kode.csv").write_text(CODES + "32.99.78,\n")
    with pytest.raises(Trouble, match=r"^kode.csv:5: the name of 32.99.78 should be a text of 1 to 200 characters.$"):
        tuntas(folder)
    (folder / "kode.csv").write_text(CODES)
    with pytest.raises(Trouble, match=r"^Code 11 is not in this list.$"):
        tuntas(folder, "--under", "11")
    assert Area.objects.count() == before
