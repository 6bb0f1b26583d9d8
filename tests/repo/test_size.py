"""The page on growth names every hot list, and each of them can be asked for."""

from pathlib import Path

from bench.aims import AIMS
from bench.plans import LISTS

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "size.md"


def test_the_page_on_size_names_each_hot_list_with_its_plan_and_its_growth() -> None:
    page = PAGE.read_text()
    assert [name for name in LISTS if page.count(f"| `{name}` |") != 2] == []


def test_lists_that_have_an_aim_have_a_plan() -> None:
    asked = {name for name in AIMS if name.startswith(("desk_", "public_list", "public_search", "public_view"))}
    assert asked <= set(LISTS)
