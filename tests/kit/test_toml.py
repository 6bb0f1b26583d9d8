"""What is written as TOML is read again as it was."""

import tomllib
from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from tuntas.kit.toml import as_toml

_PLAIN = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t")),
    st.integers(-(2**60), 2**60),
    st.booleans(),
    st.dates(date(1990, 1, 1)),
)
_KEY = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1)
_ROW = st.dictionaries(_KEY, st.one_of(_PLAIN, st.lists(_PLAIN, max_size=4), st.dictionaries(_KEY, _PLAIN, max_size=3)))


@given(st.dictionaries(_KEY, st.one_of(_ROW, st.lists(_ROW, min_size=1, max_size=3)), max_size=3))
def test_tables_come_back_as_they_were(tables: dict[str, dict[str, object] | list[dict[str, object]]]) -> None:
    assert tomllib.loads(as_toml(tables)) == tables


def test_rows_stand_below_each_other_and_what_is_small_on_one_line() -> None:
    told = as_toml({"agency": [{"slug": "a", "name": {"id": "A", "en": "B"}, "parent": None}, {"slug": "b"}]})
    assert told == '[[agency]]\nslug = "a"\nname = {id = "A", en = "B"}\n\n[[agency]]\nslug = "b"\n'


def test_times_of_day_are_written() -> None:
    assert tomllib.loads(as_toml({"calendar": {"opens": time(7, 30)}})) == {"calendar": {"opens": time(7, 30)}}
