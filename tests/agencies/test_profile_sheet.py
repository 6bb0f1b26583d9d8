"""A government told in a spreadsheet becomes the tables of a profile."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tuntas.agencies.profile_sheet import Cells, Told, blank_pages, tables_of

LIKE = Path(__file__).parents[2] / "profiles" / "kota-contoh"
YEAR = 2026


def told(**other: Sequence[Cells]) -> Told:
    """Read the example of the empty spreadsheet, some of its pages replaced."""
    return tables_of({**dict(blank_pages()), **other}, LIKE, year=YEAR)


def page(name: str) -> list[Cells]:
    return list(dict(blank_pages())[name])


def test_the_example_of_the_empty_sheet_has_no_mistake() -> None:
    assert told().mistakes == []


def test_agencies_are_named_by_name_short_name_or_slug() -> None:
    rows = [
        *page("instansi"),
        ("Seksi Jalan", "", "Seksi", "Dinas Pekerjaan Umum", "", ""),
        ("Seksi Air", "", "Seksi", "dpu", "", ""),
        ("Seksi Taman", "", "Seksi", " DPU ", "", ""),
    ]
    made = {row["slug"]: row for row in told(instansi=rows).files["agencies"]["agency"]}
    assert [made[slug]["parent"] for slug in ("seksi-jalan", "seksi-air", "seksi-taman")] == ["dpu"] * 3
    assert "parent" not in made["kota-melati"]
    assert made["inspektorat"]["examines"] is True


def test_a_kind_of_agency_becomes_a_tier_once() -> None:
    tiers = told().files["government"]["tier"]
    assert [tier["code"] for tier in tiers] == ["pemerintah_kota", "dinas", "inspektorat"]


def test_somebody_on_two_rows_has_two_posts_and_keeps_the_row_of_the_first() -> None:
    rows = [*page("orang"), ("Wulan Sari", "WULAN@kota-melati.example", "Liaison", "DPU")]
    read = told(orang=rows)
    wulan = read.files["people"]["person"][0]
    assert [post["role"] for post in wulan["posts"]] == ["agency_admin", "liaison"]
    assert read.rows["people"] == [("orang", 2), ("orang", 3), ("orang", 4)]


def test_promises_are_those_of_the_other_profile_that_count_for_everybody() -> None:
    promises = told().files["promises"]["promise"]
    assert {"answer", "verify", "resolve"} <= {promise["name"] for promise in promises}
    assert not any("agency" in promise for promise in promises)


def test_words_and_days_of_a_topic_are_read() -> None:
    road = told().files["categories"]["category"][0]
    assert road["words"] == ["jalan", "lubang", "aspal"]
    assert road["resolve"] == "14 working_days"
    assert road["code"] == "roads_bridges"


@pytest.mark.parametrize(
    ("name", "row", "says"),
    [
        ("orang", ("Ali", "ali@kota.example", "kepala", "DPU"), "the role “kepala” is none of"),
        ("topik", ("Air", "", "DPU", "", "mungkin", "", ""), "“mungkin” should be “ya” or empty"),
        ("topik", ("Air", "", "DPU", "", "", "", "dua"), "“hari kerja” should be a number, not “dua”"),
        ("instansi", ("Dinas Taman", "", "", "DPU", "", ""), "“jenis” is missing"),
    ],
)
def test_what_is_wrong_is_named_with_page_and_row(name: str, row: Cells, says: str) -> None:
    rows = [*page(name), ("", ""), row]
    (mistake,) = told(**{name: rows}).mistakes
    assert (mistake.page, mistake.row) == (name, len(rows))
    assert says in str(mistake)


def test_a_page_without_its_head_is_named() -> None:
    mistakes = told(instansi=[("x", "y")], pemerintah=[]).mistakes
    assert "instansi, row 1: the column “nama” is missing" in map(str, mistakes)
    assert "pemerintah, row 1: “kode wilayah” is missing" in map(str, mistakes)
