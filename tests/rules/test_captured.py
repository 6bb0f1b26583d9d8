"""When words were written on a phone, as far as it can be believed."""

from datetime import datetime, timedelta

import pytest

from tuntas.rules.captured import captured, captured_of

HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)


@pytest.mark.parametrize("before", [timedelta(0), MINUTE, 2 * HOUR, 30 * DAY])
def test_a_moment_before_the_sending_is_kept(now: datetime, before: timedelta) -> None:
    assert captured(now - before, now) == {"captured_at": (now - before).isoformat()}


def test_a_clock_a_little_ahead_means_now(now: datetime) -> None:
    assert captured(now + 10 * MINUTE, now) == {"captured_at": now.isoformat()}


@pytest.mark.parametrize("off", [-30 * DAY - MINUTE, 11 * MINUTE, 400 * DAY])
def test_what_cannot_be_is_left_out(now: datetime, off: timedelta) -> None:
    assert captured(now + off, now) == {}
    assert captured(None, now) == {}
    assert captured(now.replace(tzinfo=None), now) == {}


def test_it_is_told_where_it_was_well_before(now: datetime) -> None:
    assert captured_of(captured(now - 2 * HOUR, now), now) == now - 2 * HOUR
    assert captured_of(captured(now - MINUTE, now), now) is None
    assert captured_of({}, now) is None
