"""The public figures: what they count, what each is a share of, and what they never give away."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.make import bring, make_report, make_restricted
from tests.steps.seen import DAY, HOUR
from tuntas import steps
from tuntas.rules.life import State
from tuntas.rules.who import STRANGER
from tuntas.statistics import queries
from tuntas.statistics.models import AreaFigure, GroupFigure, MedianFigure, Standing
from tuntas.statistics.told import Medians, Outcomes, Promised
from tuntas.steps.submit import Story

TODAY = date(2026, 3, 6)  # a Friday, as T0
SINCE = TODAY - timedelta(days=29)
VILLAGE = "32.99.01.1001"


def count(now: datetime) -> None:
    """Let every clock that has run out be marked, then count."""
    while steps.miss_next(now=now):
        pass
    steps.count(now=now)


def several(number: int, now: datetime, **given: Any) -> None:
    for _ in range(number):
        make_report(now, **given)


def everything(now: datetime) -> list[object]:
    """Return all figures there are, to be compared and searched."""
    today = now.date()
    since = today - timedelta(days=29)
    return [
        queries.figures(since, today),
        queries.whole_of(since, today),
        queries.by_category(since, today),
        queries.by_area(since, today),
        queries.by_agency(since, today, "d30"),
        queries.weeks(since - timedelta(days=60), today),
        queries.medians("d30"),
        [(row.agency, row.longest_number) for row in Standing.objects.order_by("agency")],
    ]


def test_kept_late_and_not_due_are_all_that_were_received_but_for_those_withdrawn(cast: Cast, now: datetime) -> None:
    for act in ("kept", "kept_late", "missed", "withdrawn", "paused"):
        made = make_report(now)
        if act == "kept":
            steps.inform(made.report, by=cast.desk, text="Kami baca.", now=now + HOUR)
        if act == "withdrawn":
            steps.withdraw(made.report, by=made.reporter, text="Sudah beres.", now=now + HOUR)
        if act == "paused":
            steps.ask(made.report, by=cast.desk, text="Di mana?", now=now + HOUR)
        if act == "kept_late":
            late, at = "volume", now + 2 * DAY + HOUR
            steps.inform(made.report, by=cast.desk, text="Maaf.", late_cause=late, now=at)
    make_report(now + 2 * DAY)
    count(now + 2 * DAY + 2 * HOUR)
    until = TODAY + timedelta(days=2)
    whole = queries.whole_of(SINCE, until)
    assert whole is not None
    assert whole.promised == Promised(kept=1, missed=2, not_due=2)
    assert whole.received == 6
    assert whole.promised.judged + whole.promised.not_due == whole.received - 1
    assert whole.promised.percent is None  # three are too few for a share
    assert queries.promise_of(SINCE, until) == whole.promised


def test_a_share_is_of_those_that_can_be_judged(cast: Cast) -> None:
    assert Promised(kept=9, missed=1, not_due=90).percent == 90
    assert Promised(kept=4, missed=0, not_due=90).percent is None


def test_done_by_the_agency_is_split_by_what_the_reporter_said(cast: Cast, now: datetime) -> None:
    for state in (State.CLOSED, State.CLOSED, State.ANSWERED, State.IN_PROGRESS):
        bring(make_report(now), state, cast, now)
    again = make_report(now)
    bring(again, State.ANSWERED, cast, now)
    steps.rate(again.report, by=again.reporter, rating=1, now=now + 6 * HOUR)
    silent = make_report(now)
    bring(silent, State.ANSWERED, cast, now)
    steps.close(silent.report, by=cast.desk, outcome="answered", text="Selesai.", now=now + 6 * HOUR)
    count(now + DAY)
    split = queries.outcome_split(SINCE, TODAY)
    assert split == Outcomes(acknowledged=2, unrated=1, open_again=1, waiting=1)
    content = queries.satisfaction(SINCE, TODAY)
    assert content is not None
    assert (dict(content.rated), content.declared, content.all) == ({4: 0, 3: 2, 2: 0, 1: 1}, 5, 3)
    assert (content.percent_who_rated, content.percent_content) == (60, None)


def test_weeks_tell_what_came_in_and_what_was_closed_in_each(cast: Cast, now: datetime) -> None:
    for _ in range(6):
        made = make_report(now)
        bring(made, State.ANSWERED, cast, now)
        steps.rate(made.report, by=made.reporter, rating=3, now=now + 7 * DAY)
    count(now + 14 * DAY)
    monday = date(2026, 3, 2)
    told = queries.weeks(monday, monday + timedelta(days=13))
    assert told == [(monday, 6, 0), (monday + timedelta(days=7), 0, 6)]
    assert queries.weeks(monday + timedelta(days=1), monday + timedelta(days=12)) == []  # no week is whole


def test_medians_are_told_for_ten_or_more(cast: Cast, now: datetime) -> None:
    for hours in range(1, 12):
        made = make_report(now)
        bring(made, State.DISPATCHED, cast, now)
        steps.start(made.report, by=cast.liaison, text="Kami kerjakan.", now=now + hours * HOUR)
    count(now + DAY)
    assert queries.medians("d30") == Medians(6.0, 11.0, None)
    assert queries.medians("2026-03", "dinas-pupr") == Medians(6.0, 11.0, None)
    assert queries.medians("d30", "dlh") == Medians(None, None, None)
    MedianFigure.objects.update(answers=9)
    assert queries.medians("d30").answer_hours is None


def test_every_agency_has_a_row_and_small_ones_have_no_figures(cast: Cast, now: datetime) -> None:
    for agency, number in (("dinas-pupr", 12), ("dinkes", 7), ("dlh", 2)):
        for _ in range(number):
            bring(make_report(now), State.DISPATCHED, cast, now, agency)
    count(now + DAY)
    rows = queries.by_agency(SINCE, TODAY, "d30")
    assert [(row.agency, row.whole and row.whole.received) for row in rows] == [
        ("dinas-pupr", 12),
        ("dinkes", None),
        ("dlh", None),
    ]
    assert queries.whole_of_agency(SINCE, TODAY, "dlh") is None
    assert queries.whole_of_agency(SINCE, TODAY, "dinkes") is None  # with it, dlh could be worked out from the total
    assert queries.whole_of_agency(SINCE, TODAY, "dinas-pupr") == rows[0].whole


def test_every_area_is_counted_and_what_names_none(cast: Cast, now: datetime) -> None:
    for area in (VILLAGE, "32.99.01.1002", None):
        for _ in range(6):
            steps.submit(Story(body="Lampu mati di gang.", area=area), by=STRANGER, now=now)
    count(now)
    assert queries.by_area(SINCE, TODAY) == {"": 6, VILLAGE: 6, "32.99.01.1002": 6}
    village = queries.whole_of_area(SINCE, TODAY, VILLAGE)
    assert (village and village.received) == 6
    assert queries.whole_of_area(SINCE, TODAY, "32.99.01.1003") is None


def test_the_longest_open_is_one_everybody_may_read(cast: Cast, now: datetime) -> None:
    several(1, now - 9 * DAY, is_secret=True)
    make_restricted(now - 8 * DAY)
    bring(make_report(now - 7 * DAY), State.CLOSED, cast, now - 7 * DAY)
    oldest = make_report(now - 6 * DAY).report
    make_report(now)
    count(now)
    found = queries.longest_open()
    assert found is not None
    assert (found.longest_number, found.open, found.longest_received_at) == (oldest.number, 2, now - 6 * DAY)
    assert queries.longest_open("dlh") is None


def test_what_is_open_is_read_once_an_hour(cast: Cast, now: datetime) -> None:
    several(1, now)
    count(now)
    several(1, now)
    count(now + timedelta(minutes=59))
    assert Standing.objects.get(agency="").open == 1
    count(now + HOUR)
    assert Standing.objects.get(agency="").open == 2


def test_counting_twice_gives_the_same(cast: Cast, now: datetime) -> None:
    several(6, now)
    several(7, now - 9 * DAY, is_secret=True)
    count(now)
    before = everything(now)
    count(now)
    assert everything(now) == before


@pytest.mark.parametrize("reports", [1, 3])
def test_counting_costs_the_same_statements_for_one_and_for_three(cast: Cast, now: datetime, reports: int) -> None:
    several(reports, now)
    count(now)
    with CaptureQueriesContext(connection) as seen:
        steps.count(now=now)
    assert len([query for query in seen if "agencies_government" not in query["sql"]]) == 20


# What nobody may find out


def test_secret_and_restricted_reports_are_in_the_totals_and_nowhere_else(cast: Cast, now: datetime) -> None:
    several(6, now, category="health")
    came = now - 9 * DAY
    for _ in range(5):
        report = steps.submit(
            Story(body="Rahasia.", category="road_bridge", area=VILLAGE, is_secret=True), by=STRANGER, now=came
        ).report
        steps.dispatch(report, by=cast.desk, agency="dinkes", now=came + HOUR)
    several(3, came, category="bribery_corruption")
    count(now)
    whole = queries.whole_of(SINCE, TODAY)
    assert whole is not None
    assert whole.received == 14
    assert queries.by_category(SINCE, TODAY) == {"": 8, "health": 6}
    assert queries.by_area(SINCE, TODAY) == {"": 14}
    assert queries.received_by_agency(SINCE, TODAY) == {"": 14}
    seen = json.dumps(everything(now), default=repr) + json.dumps(list(AreaFigure.objects.values("area")))
    assert not [word for word in ("road_bridge", "bribery", VILLAGE, "dinkes") if word in seen]


def test_fewer_than_five_of_them_wait_until_they_are_five(cast: Cast, now: datetime) -> None:
    several(6, now)
    several(4, now - 9 * DAY, is_secret=True)
    count(now)
    assert not GroupFigure.objects.exists()
    whole = queries.whole_of(SINCE, TODAY)
    assert (whole and whole.received) == 6
    make_restricted(now)
    count(now + DAY)  # their week is not over
    assert not GroupFigure.objects.exists()
    count(now + 3 * DAY)
    group = GroupFigure.objects.get()
    assert (group.starts_on, group.on, group.received) == (date(2026, 2, 23), date(2026, 3, 2), 5)


def test_groups_stay_as_they_are_when_the_days_move_on(cast: Cast, now: datetime) -> None:
    """If they were made anew from another week each time, single weeks could be worked out from how they shift."""
    for week in range(16):
        several(2, now + week * 7 * DAY, is_secret=True)
    told = dict[date, int]()
    for week in range(16, 30):
        count(now + week * 7 * DAY)
        rows = GroupFigure.objects.values_list("on", "received")
        assert all(told.get(on, received) == received for on, received in rows)
        assert set(told) <= {on for on, _ in rows}
        told = dict(rows)
    assert set(told.values()) == {6}


def test_a_lone_small_area_cannot_be_worked_out_from_the_total(cast: Cast, now: datetime) -> None:
    for area, number in ((VILLAGE, 1), ("32.99.01.1002", 4), ("32.99.01.1003", 9), ("32.99.01.1004", 20)):
        for _ in range(number):
            steps.submit(Story(body="Lampu mati di gang.", area=area), by=STRANGER, now=now)
    count(now)
    shown = queries.by_area(SINCE, TODAY)
    assert shown == {VILLAGE: None, "32.99.01.1002": None, "32.99.01.1003": None, "32.99.01.1004": 20}
