"""Official lists of areas: what is wrong with them is said with its line."""

import gzip
import json
from pathlib import Path

import pytest
from shapely.geometry import Polygon, mapping

from tuntas.agencies.area_files import read_codes, read_outlines, repaired
from tuntas.agencies.geo_files import BadFile

GEO = Path(__file__).parents[3] / "shared" / "data" / "geo"
HEAD = "kode,nama\n"


def codes_of(folder: Path, text: str) -> list[tuple[str, str]]:
    path = folder / "kode.csv"
    path.write_text(text)
    return [(row.code, row.name) for row in read_codes(path)]


def test_what_lies_above_comes_first_whatever_the_order_of_the_file(tmp_path: Path) -> None:
    text = HEAD + '97.01.01,"Wangi, Hulu"\n97.01,Kabupaten  Arum\n\n97,Tanjung Arum\n'
    assert codes_of(tmp_path, text) == [
        ("97", "Tanjung Arum"),
        ("97.01", "Kabupaten Arum"),
        ("97.01.01", "Wangi, Hulu"),
    ]


def test_a_packed_list_and_other_columns_are_read(tmp_path: Path) -> None:
    path = tmp_path / "kode.csv.gz"
    path.write_bytes(gzip.compress(b"\xef\xbb\xbfpulau,NAME,Code\nJawa,Tanjung Arum,97\n"))
    assert [(row.code, row.name) for row in read_codes(path)] == [("97", "Tanjung Arum")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kode\n97\n", "kode.csv:1: the header has no column “nama”."),
        (HEAD, "kode.csv:1: there is no area in this file."),
        (HEAD + "97,Arum\n97.x,Utara\n", "kode.csv:3: code “97.x” should look like “35.78.01.1001”."),
        (HEAD + "97,Arum\n97,Utara\n", "kode.csv:3: code 97 stands twice, as “Arum” before."),
        (HEAD + "97,\n", "kode.csv:2: the name of 97 should be a text of 1 to 200 characters."),
        (HEAD + "97\n", "kode.csv:2: this row has no code or no name."),
        (HEAD + '97,"Arum\n', "kode.csv:2: this is not CSV: unexpected end of data."),
    ],
)
def test_a_mistake_is_one_sentence_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadFile) as bad:
        codes_of(tmp_path, text)
    assert str(bad.value) == said


def geojson(folder: Path, *features: object) -> Path:
    path = folder / "batas.geojson"
    lines = ",\n".join(json.dumps(feature) for feature in features)
    path.write_text('{"type": "FeatureCollection", "features": [\n' + lines + "\n]}")
    return path


def feature(code: str, geometry: object) -> dict[str, object]:
    return {"type": "Feature", "properties": {"kode": code, "nama": "X"}, "geometry": geometry}


SQUARE = mapping(Polygon([(112, -7), (113, -7), (113, -6), (112, -6)]))
BOW = Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])


def test_broken_rings_are_repaired_without_losing_a_part(tmp_path: Path) -> None:
    path = geojson(tmp_path, feature("97.01", SQUARE), feature("97.02", mapping(BOW)))
    sound, broken = read_outlines(path)
    assert (sound.was_broken, broken.was_broken) == (False, True)
    assert broken.shape.is_valid
    assert broken.shape.area == pytest.approx(2)  # both halves; a zero buffer keeps one
    assert repaired(BOW).equals(broken.shape)


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        ({"type": "Point", "coordinates": [112, -7]}, "the geometry of 97.02 is no polygon"),
        (
            {"type": "Polygon", "coordinates": [[[-7, 112], [-6, 112], [-6, 113], [-7, 112]]]},
            "97.02 lies off the earth",
        ),
        ({"type": "Polygon", "coordinates": [[[1, 2]]]}, "the geometry of 97.02 cannot be read"),
        ({}, "the geometry of 97.02 cannot be read"),
    ],
)
def test_a_polygon_that_cannot_be_used_is_named_with_its_line(tmp_path: Path, geometry: object, said: str) -> None:
    with pytest.raises(BadFile) as bad:
        read_outlines(geojson(tmp_path, feature("97.01", SQUARE), feature("97.02", geometry)))
    assert str(bad.value).startswith(f"batas.geojson:3: {said}")


@pytest.mark.parametrize(("text", "line"), [("{", 1), ("[]", 1), ('{"features": 3}', 1), ('{\n"a" 1}', 2)])
def test_what_is_no_geojson_is_said(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "batas.geojson"
    path.write_text(text)
    with pytest.raises(BadFile, match=rf"batas.geojson:{line}: this is not"):
        read_outlines(path)


def test_what_is_not_there_or_torn_is_said(tmp_path: Path) -> None:
    torn = tmp_path / "kode.csv.gz"
    torn.write_bytes(gzip.compress(b"kode,nama\n" * 99)[:-20])
    for path, said in ((tmp_path / "lain.csv", "there is no such file"), (torn, "cannot be read")):
        with pytest.raises(BadFile, match=said):
            read_codes(path)


@pytest.mark.skipif(not GEO.is_dir(), reason="the shared data is not here")
def test_the_official_list_and_its_outlines_are_read_whole() -> None:
    codes = {row.code for row in read_codes(GEO / "wilayah_kode_2025.csv.gz")}
    outlines = [row for path in sorted(GEO.glob("boundaries_*.geojson.gz")) for row in read_outlines(path)]
    assert len(codes) == 91_599
    assert len(outlines) == 8_493
    assert sum(row.was_broken for row in outlines) == 403
    assert {row.code for row in outlines} <= codes
    assert all(row.shape.is_valid for row in outlines)
