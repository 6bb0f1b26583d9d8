"""One report's whole life, by steps."""

from datetime import datetime, timedelta

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tuntas import steps
from tuntas.reports.models import Deadline
from tuntas.rules.life import Promise, State


@pytest.mark.parametrize("state", [s for s in State if s is not State.UNDER_EXAMINATION])
def test_every_plain_state_is_reached(cast: Cast, state: State) -> None:
    assert bring(make_report(), state, cast).state == state


def test_a_bad_rating_takes_the_report_up_again(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.ANSWERED, cast)
    steps.rate(report, by=made.reporter, rating=1, now=now + timedelta(days=1))
    report.refresh_from_db()
    assert (report.state, report.reopen_count, report.face) == (State.IN_PROGRESS, 1, "dibuka")
    resolve = Deadline.objects.filter(report=report, promise=Promise.RESOLVE).order_by("id")
    assert [clock.kept_at is not None for clock in resolve] == [True, False]
