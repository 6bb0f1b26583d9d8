"""Bringing in official areas: all or none, again without a trace, nothing ever deleted, the profile's own kept."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import Polygon, box, mapping

from tests.conftest import PROFILE, T0
from tuntas import steps
from tuntas.agencies.area_files import CodeRow, OutlineRow, repaired
from tuntas.agencies.installation import forget_installation, installation
from tuntas.agencies.models import Area, Government
from tuntas.agencies.profile import Profile, read_profile
from tuntas.kit.errors import Invalid
from tuntas.rules.who import STRANGER
from tuntas.steps.import_areas import Imported
from tuntas.steps.submit import Story

CODES = [
    CodeRow("97", "Tanjung Arum"),
    CodeRow("98", "Teluk Seruni"),
    CodeRow("97.01", "Kabupaten Arum Utara"),
    CodeRow("97.71", "Kota Arum"),
    CodeRow("97.01.01", "Gunung Wangi"),
    CodeRow("97.01.02", "Rawa Tenang"),
    CodeRow("97.01.01.2001", "Wangi Hulu"),
    CodeRow("97.01.01.2002", "Wangi Hilir"),
]


def drawn(code: str, west: float, south: float, east: float, north: float) -> OutlineRow:
    return OutlineRow(code, code, box(west, south, east, north), was_broken=False)


OUTLINES = [
    drawn("97.01", 112, -7, 113, -6),
    drawn("97.71", 113, -7, 114, -6),
    drawn("97.01.01", 111.98, -7, 112.5, -6),  # a little beyond its own regency, as simplified outlines are
    drawn("97.01.02", 112.5, -7, 113, -6),
    drawn("97.01.01.2001", 111.98, -7, 112.2, -6),
    drawn("97.01.01.2002", 112.2005, -7, 112.5, -6),
]


@pytest.fixture(autouse=True)
def _as_it_was(city: None) -> Iterator[None]:
    yield
    forget_installation()


@pytest.fixture
def nation(tmp_path: Path) -> Profile:
    """A government whose areas are imported: its profile names its own code alone."""
    return load(tmp_path, "00")


def load(folder: Path, code: str) -> Profile:
    for path in PROFILE.glob("*.toml"):
        if path.name != "areas.toml":
            (folder / path.name).write_text(path.read_text().replace('area_code = "32.99"', f'area_code = "{code}"'))
    profile = read_profile(folder)
    steps.load_profile(profile)
    return profile


def bring(codes: list[CodeRow] = CODES, outlines: list[OutlineRow] = OUTLINES, under: str = "") -> Imported:
    return steps.import_areas(codes, outlines, under=under, told=lambda n: None)


def name_at(lat: float, lng: float) -> str:
    found = installation().area_at(lat, lng)
    return "" if found is None else installation().area_names[found][1]


def rows() -> list[dict[str, Any]]:
    return [{**row} for row in Area.objects.order_by("code").values()]


def test_a_nation_comes_whole_below_a_code_of_its_own(nation: Profile) -> None:
    found = bring()
    assert (found.areas, found.made, found.outlined, found.joined) == (8, 8, 6, 1)
    here = installation()
    assert [here.area_names[id_][0] for id_ in here.areas_inside[here.areas["00"]]] == ["97", "98"]
    assert Area.objects.get(code="97.01.01.2001").parent == Area.objects.get(code="97.01.01")


def test_a_point_finds_its_village_else_the_finest_that_is_known(nation: Profile) -> None:
    bring()
    assert name_at(-6.5, 112.1) == "Wangi Hulu"
    assert name_at(-6.5, 112.7) == "Rawa Tenang"
    assert name_at(-6.5, 113.5) == "Kota Arum"
    assert name_at(-6.5, 111.99) == "Wangi Hulu"  # outside the simplified outline of its regency
    assert name_at(-6.5, 112.20025) in ("Wangi Hulu", "Wangi Hilir")  # a gap between two, inside their district
    assert name_at(-6.5, 114.001) == "Kota Arum"  # as far as a phone may be off
    assert name_at(-6.5, 114.1) == ""


def test_a_neighbour_across_the_border_takes_no_point_from_whom_it_lies_in(nation: Profile) -> None:
    bring(outlines=[each for each in OUTLINES if each.code != "97.01.02"])
    assert name_at(-6.5, 112.6) == "Kabupaten Arum Utara"
    assert name_at(-6.5, 113.001) == "Kota Arum"


def test_what_has_no_outline_is_drawn_of_what_lies_inside_it(nation: Profile) -> None:
    bring()
    here = installation()
    assert here.places.box(here.areas["97"]) == (112, -7, 114, -6)
    assert here.places.box(here.areas["98"]) is None


def test_a_second_run_changes_nothing(nation: Profile) -> None:
    bring()
    before, versions = rows(), Government.objects.values_list("version", "areas_version").get()
    again = bring()
    assert again.is_same
    assert rows() == before
    assert Government.objects.values_list("version", "areas_version").get() == versions


def test_a_name_that_changed_is_changed_and_what_is_gone_is_switched_off(nation: Profile) -> None:
    bring()
    gone = Area.objects.get(code="97.01.01.2002").pk
    newer = [CodeRow(row.code, "Wangi Atas" if row.name == "Wangi Hulu" else row.name) for row in CODES[:-1]]
    found = bring(newer, [])
    assert (found.changed, found.gone, found.made) == (1, 1, 0)
    assert name_at(-6.5, 112.1) == "Wangi Atas"
    assert Area.objects.get(pk=gone).is_active is False
    assert installation().area_names[gone] == ("97.01.01.2002", "Wangi Hilir")  # old reports lie in it
    assert bring().changed == 2  # both as they were
    assert Area.objects.get(code="97.01.01.2002").pk == gone


def test_outlines_of_unknown_codes_are_named_and_repaired_ones_counted(nation: Profile) -> None:
    bow = Polygon([(113, -7), (114, -6), (114, -7), (113, -6)])
    broken = OutlineRow("97.71", "Kota Arum", repaired(bow), was_broken=True)
    found = bring(outlines=[broken, drawn("55.01", 1, 1, 2, 2)])
    assert found.without_code == ["55.01 55.01"]
    assert found.repaired == 1
    assert name_at(-6.5, 113.9) == "Kota Arum"


def test_only_a_part_comes_and_the_rest_stays(nation: Profile) -> None:
    assert bring(under="97.71").made == 1
    assert bring(under="97.01").made == 5
    assert set(installation().areas) == {"00", "97.71", *(row.code for row in CODES if row.code.startswith("97.01"))}


def test_the_government_s_own_code_is_the_root_of_a_city(tmp_path: Path) -> None:
    load(tmp_path, "97.01")
    found = bring()
    assert (found.areas, found.own) == (5, 1)
    assert set(installation().areas) == {row.code for row in CODES if row.code.startswith("97.01")}
    assert name_at(-6.5, 112.7) == "Rawa Tenang"
    assert name_at(-6.5, 113.5) == ""


def test_a_list_without_the_code_changes_nothing(tmp_path: Path) -> None:
    load(tmp_path, "97.01")
    before = rows()
    with pytest.raises(Invalid):
        bring(under="97.99")
    with pytest.raises(Invalid):
        bring([CodeRow("11", "Lain")])
    assert rows() == before


def test_loading_the_profile_again_leaves_what_was_imported(nation: Profile) -> None:
    bring()
    before = rows()
    steps.load_profile(nation)
    assert rows() == before
    assert bring().is_same


def test_areas_that_a_profile_names_itself_keep_names_and_outlines(city: None) -> None:
    villages = [each for each in installation().places.names.values() if each[0].startswith("32.99")]
    before = rows()
    mine = [CodeRow(code, f"Lain {code}") for code, _ in sorted(villages, key=lambda each: each[0])]
    extra = CodeRow("32.99.05", "Cempaka Baru")
    found = bring([*mine, extra], [drawn(row.code, 1, 1, 2, 2) for row in mine if row.code.count(".") == 3])
    assert (found.own, found.made, found.outlined) == (len(mine), 1, 0)
    assert [row for row in rows() if row["code"] != extra.code] == before


def test_one_who_names_a_village_inside_the_district_of_the_point_is_believed(nation: Profile) -> None:
    codes = [*CODES, CodeRow("97.01.02.2001", "Tenang Baru")]
    bring(codes)
    body, areas = "Jembatan bambu putus sejak semalam, anak sekolah memutar jauh.", installation().areas
    lies_in = {
        named: steps.submit(Story(body=body, lat=-6.5, lng=112.7, area=named), by=STRANGER, now=T0).report.area_id
        for named in (None, "97.01.02.2001", "97.71")
    }
    assert lies_in == {
        None: areas["97.01.02"],
        "97.01.02.2001": areas["97.01.02.2001"],
        "97.71": areas["97.01.02"],  # elsewhere: the point counts
    }


def test_outlines_are_stored_as_they_came(nation: Profile) -> None:
    bring()
    stored = Area.objects.get(code="97.71").outline
    assert stored == json.loads(json.dumps(mapping(box(113, -7, 114, -6))))
