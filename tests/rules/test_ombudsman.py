"""From when a reporter is told of the Ombudsman."""

from datetime import UTC, datetime, timedelta

import pytest

from tuntas.rules.life import State
from tuntas.rules.ombudsman import is_old, is_silent

T0 = datetime(2026, 3, 6, 3, 0, tzinfo=UTC)
DAYS_60 = timedelta(days=60)


@pytest.mark.parametrize(
    ("after", "told"), [(timedelta(), False), (DAYS_60 - timedelta(microseconds=1), False), (DAYS_60, True)]
)
def test_sixty_days_after_it_came_in(after: timedelta, told: bool) -> None:
    assert is_old(T0, State.IN_PROGRESS, T0 + after) is told


@pytest.mark.parametrize("state", State)
def test_not_where_an_answer_stands_or_it_has_ended(state: State) -> None:
    ended = {State.ANSWERED, State.CLOSED, State.ARCHIVED}
    assert is_old(T0, state, T0 + DAYS_60) is (state not in ended)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize(("days", "is_long"), [(0, False), (9, False), (10, True)])
def test_ten_working_days_without_the_promised_news_from_outside(state: State, days: int, is_long: bool) -> None:
    assert is_silent(state, days) is (is_long and state is State.FORWARDED_EXTERNAL)
