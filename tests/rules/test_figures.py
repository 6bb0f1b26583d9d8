"""What small numbers may be told, and what nobody can work out from what is told."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuntas.rules.figures import FEWEST, groups_of, hidden_cells, monday_of, shown_cells

MONDAY = date(2026, 3, 2)
cells = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 40), max_size=8)


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 30, "b": 9, "c": 5}, set()),
        ({"a": 30, "b": 0}, set()),  # nobody is in it, so nobody is found
        ({"a": 30, "b": 3, "c": 9}, {"b", "c"}),
        ({"a": 30, "b": 1, "c": 4}, {"a", "b", "c"}),  # 1 and 4 make 5: told with the total, they leave too little
        ({"a": 30, "b": 4, "c": 4, "d": 4}, {"b", "c", "d"}),
        ({"a": 6, "b": 1}, {"a", "b"}),
    ],
)
def test_small_cells_are_hidden_and_others_with_them(counts: dict[str, int], hidden: set[str]) -> None:
    assert hidden_cells(counts) == hidden


def test_names_are_not_told_where_they_would_give_the_numbers_away() -> None:
    assert shown_cells(dict.fromkeys("abcde", 1)) == {}
    assert shown_cells({"a": 2}) == {"a": None}
    assert shown_cells({"a": 30, "b": 3, "c": 9}) == {"a": 30, "b": None, "c": None}


@given(cells)
def test_a_hidden_cell_could_hold_five_different_numbers(counts: dict[str, int]) -> None:
    shown = shown_cells(counts)
    hidden = [name for name, n in shown.items() if n is None]
    assert all(n is None or n == 0 or n >= FEWEST for n in shown.values())
    if len(hidden) < 2:
        assert not hidden or sum(counts.values()) < FEWEST  # then the total is not told either
        return
    rest = sum(counts.values()) - sum(n for n in shown.values() if n)
    possible = range(1, rest - (len(hidden) - 1) + 1)  # the others hold one each at least
    assert len(possible) > FEWEST


def test_reports_nobody_may_read_are_counted_in_groups_of_five_or_more() -> None:
    weeks = [(MONDAY + timedelta(weeks=n), came) for n, came in enumerate((2, 2, 1, 7, 4))]
    one, two, three, four, _ = (monday for monday, _ in weeks)
    assert groups_of(weeks) == {one: three, two: three, three: three, four: four}  # the last four wait


@given(st.lists(st.integers(0, 9), min_size=1, max_size=20))
def test_no_difference_of_two_periods_is_about_fewer_than_five(came: list[int]) -> None:
    weeks = [(MONDAY + timedelta(weeks=n), many) for n, many in enumerate(came)]
    group, told = groups_of(weeks), dict[date, int]()
    for monday, many in weeks:
        if monday in group:
            told[group[monday]] = told.get(group[monday], 0) + many
    days = [monday for monday, _ in weeks]
    for first, last in product(days, days):
        inside = sum(n for on, n in told.items() if first <= on <= last)
        assert inside == 0 or inside >= FEWEST


def test_groups_stay_when_earlier_ones_are_no_longer_looked_at() -> None:
    weeks = [(MONDAY + timedelta(weeks=n), 2) for n in range(9)]
    whole = groups_of(weeks)
    later = groups_of(weeks[3:])  # where the first group ended
    assert later == {monday: on for monday, on in whole.items() if monday >= weeks[3][0]}


def test_a_week_begins_on_monday() -> None:
    assert {monday_of(MONDAY + timedelta(days=n)) for n in range(7)} == {MONDAY}
