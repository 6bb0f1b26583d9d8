"""The public list, its counts, its map, its neighbours and its rows are one set, and nothing else is ever in it."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.make import STORY, Made, bring, make_restricted
from tests.steps.seen import DAY, HOUR, photo
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid
from tuntas.kit.paging import ListFilter
from tuntas.publications.counts import Counted, counts
from tuntas.publications.map import Marks, map_cells
from tuntas.publications.models import Publication
from tuntas.publications.near import near
from tuntas.publications.queries import newest, photos_of, recently_done
from tuntas.publications.rows import COLUMNS, open_rows
from tuntas.rules.cells import SIDE, cell_of
from tuntas.rules.faces import PILLS, Pill
from tuntas.rules.life import State
from tuntas.rules.who import STRANGER
from tuntas.steps.submit import Story

VILLAGE = "32.99.01.1001"
LAT, LNG = -6.926, 106.928
WINDOW = (106.85, -6.99, 107.05, -6.85)


def told(now: datetime, **story: Any) -> Made:
    """Submit a report with a point in Tegalsari, but for what the test says."""
    given: dict[str, Any] = {"body": STORY, "category": "road_bridge", "lat": LAT, "lng": LNG} | story
    receipt = steps.submit(Story(**given), by=STRANGER, now=now)
    return Made(receipt.report, receipt.code)


def let_out(made: Made, cast: Cast, now: datetime, to: State = State.DISPATCHED) -> Made:
    bring(made, to, cast, now)
    return made


def numbers(wanted: ListFilter) -> set[str]:
    return {row.number for row in newest(wanted)[0]}


def of(marks: Marks) -> int:
    return sum(cluster.n for cluster in marks.clusters) + marks.unplaced


@pytest.fixture
def hidden(cast: Cast, now: datetime) -> list[Made]:
    """A secret and a restricted report in the same place about the same."""
    secret = let_out(told(now, is_secret=True), cast, now)
    restricted = told(now, category="bribery_corruption")
    return [secret, restricted]


# Late


def test_a_publication_says_that_the_promise_to_answer_was_missed(cast: Cast, now: datetime) -> None:
    late, good = let_out(told(now), cast, now), told(now)
    steps.inform(good.report, by=cast.desk, text="Kami baca.", now=now + HOUR)
    assert numbers(ListFilter(late=True)) == set()
    while steps.miss_next(now=now + 3 * DAY):
        pass
    assert numbers(ListFilter(late=True)) == {late.report.number}
    steps.start(late.report, by=cast.liaison, text="Maaf.", late_cause="volume", now=now + 4 * DAY)
    assert numbers(ListFilter(late=True)) == {late.report.number}  # kept late is late


# Pills


def test_pills_count_what_the_list_shows(cast: Cast, now: datetime, hidden: list[Made]) -> None:
    let_out(told(now), cast, now, State.CLOSED)
    let_out(told(now), cast, now, State.IN_PROGRESS)
    let_out(told(now), cast, now, State.ARCHIVED)
    told(now, category="health")
    for wanted in (ListFilter(), ListFilter(category="road_bridge"), ListFilter(q="aspal"), ListFilter(bbox=WINDOW)):
        for pill, counted in counts(wanted).items():
            chosen = ListFilter(category=wanted.category, q=wanted.q, bbox=wanted.bbox, faces=PILLS[pill])
            assert counted == Counted(len(newest(chosen)[0]), False)
    assert counts(ListFilter())[Pill.ALL].n == 4
    assert counts(ListFilter(faces=PILLS[Pill.DONE]))[Pill.UNFINISHED].n == 2  # each pill under the rest of the filter


def test_counting_ends_early_and_says_so(cast: Cast, now: datetime) -> None:
    for _ in range(3):
        told(now)
    assert counts(ListFilter(), most=3)[Pill.ALL] == Counted(3, False)
    assert counts(ListFilter(), most=2)[Pill.ALL] == Counted(2, True)


@pytest.mark.parametrize("reports", [1, 3])
def test_counts_and_map_cost_one_query_each(cast: Cast, now: datetime, reports: int) -> None:
    for _ in range(reports):
        told(now)
    installation()
    with CaptureQueriesContext(connection) as seen:
        counts(ListFilter(area=VILLAGE))
        map_cells(ListFilter(area=VILLAGE), WINDOW)
    assert len(seen) == 2


def test_a_filter_that_names_nothing_is_refused_everywhere(cast: Cast) -> None:
    for ask in (counts, newest, lambda wanted: map_cells(wanted, WINDOW)):
        with pytest.raises(Invalid):
            ask(ListFilter(agency="nobody"))


# Map


def test_the_map_shows_the_set_of_the_list(cast: Cast, now: datetime, hidden: list[Made]) -> None:
    let_out(told(now), cast, now, State.CLOSED)
    told(now, lat=-6.935, lng=106.926)
    told(now, lat=None, lng=None, area=VILLAGE)
    for wanted in (ListFilter(), ListFilter(faces=PILLS[Pill.DONE]), ListFilter(area=VILLAGE), ListFilter(bbox=WINDOW)):
        assert of(map_cells(wanted, WINDOW)) == len(newest(wanted)[0])
    assert map_cells(ListFilter(), WINDOW).unplaced == 1


def test_reports_close_together_are_one_mark_and_a_lone_one_has_its_number(cast: Cast, now: datetime) -> None:
    lone = told(now, lat=-6.935, lng=106.926)
    for _ in range(2):
        told(now)
    marks = map_cells(ListFilter(), WINDOW, across=10_000)
    assert [(mark.n, mark.number) for mark in marks.clusters] == [(1, lone.report.number), (2, None)]
    assert [mark.n for mark in map_cells(ListFilter(), WINDOW, across=1).clusters] == [3]


def test_a_mark_stands_in_the_middle_of_its_square_and_never_on_the_point(cast: Cast, now: datetime) -> None:
    told(now, lat=-6.926_12, lng=106.928_34)
    (mark,) = map_cells(ListFilter(), WINDOW).clusters
    y, x = cell_of(-6.926_12, 106.928_34)
    assert (mark.lat, mark.lng) == (round((y + 0.5) * SIDE, 6), round((x + 0.5) * SIDE, 6))


def test_a_map_of_very_many_draws_the_newest_and_says_so(cast: Cast, now: datetime) -> None:
    for hours in range(3):
        told(now + hours * HOUR)
    assert not map_cells(ListFilter(), WINDOW, most=3).is_cut
    assert map_cells(ListFilter(), WINDOW, most=2).is_cut


# Near


def test_near_reports_are_the_nearest_first_then_the_newest_three_at_most(cast: Cast, now: datetime) -> None:
    far = let_out(told(now, lat=LAT - SIDE, lng=LNG), cast, now)
    here = [let_out(told(now + n * HOUR), cast, now + n * HOUR) for n in range(3)]
    found = near(LAT, LNG, VILLAGE, "road_bridge", now - 30 * DAY)
    assert [each.publication.number for each in found] == [made.report.number for made in reversed(here)]
    assert {each.metres for each in found} == {100}
    more = near(LAT, LNG, VILLAGE, "road_bridge", now - 30 * DAY, limit=4)
    assert more[-1].publication.number == far.report.number
    assert more[-1].metres in (200, 300, 400)


def test_only_the_same_matter_close_by_is_near(cast: Cast, now: datetime, hidden: list[Made]) -> None:
    let_out(told(now, category="health"), cast, now, State.SUBMITTED)
    told(now)  # not let out: it has no title
    let_out(told(now, lat=LAT - 3 * SIDE), cast, now)
    let_out(told(now), cast, now, State.ARCHIVED)
    assert near(LAT, LNG, VILLAGE, "road_bridge", now - 30 * DAY) == []
    assert near(LAT, LNG, VILLAGE, "", now - 30 * DAY) == []
    assert near(None, None, "", "road_bridge", now - 30 * DAY) == []


def test_without_a_point_the_same_area_is_near(cast: Cast, now: datetime) -> None:
    there = let_out(told(now, lat=None, lng=None, area=VILLAGE), cast, now)
    assert [each.publication.number for each in near(None, None, VILLAGE, "road_bridge", now)] == [there.report.number]
    assert [each.metres for each in near(LAT, LNG, VILLAGE, "road_bridge", now)] == [None]
    assert near(None, None, "32.99.01.1002", "road_bridge", now) == []


def test_what_was_closed_long_ago_is_no_longer_near(cast: Cast, now: datetime) -> None:
    let_out(told(now), cast, now, State.CLOSED)
    assert len(near(LAT, LNG, VILLAGE, "road_bridge", now)) == 1
    assert near(LAT, LNG, VILLAGE, "road_bridge", now + 40 * DAY) == []


# Recently done


def done(cast: Cast, now: datetime, *, with_photo: bool = True, rating: int = 3) -> Made:
    made = let_out(told(now), cast, now, State.IN_PROGRESS)
    files = [photo(now)] if with_photo else []
    at = now + 5 * HOUR
    steps.propose_answer(made.report, by=cast.liaison, text="Sudah.", outcome="fixed", file_ids=files, now=at)
    steps.approve(made.report, by=cast.validator, now=at + HOUR)
    steps.rate(made.report, by=made.reporter, rating=rating, now=at + 2 * HOUR)
    return made


def test_recently_done_is_what_reporters_acknowledged_with_a_photo(cast: Cast, now: datetime) -> None:
    older, newer = done(cast, now), done(cast, now + DAY)
    let_out(told(now), cast, now, State.CLOSED)  # without a photo
    done(cast, now, rating=1)  # open again
    assert [row.number for row in recently_done(3)] == [newer.report.number, older.report.number]
    assert [row.number for row in recently_done(1)] == [newer.report.number]
    (row,) = recently_done(1)
    assert len(photos_of(row)) == 1
    assert row.closed_at == now + DAY + 7 * HOUR


# Rows of open data


def test_rows_are_the_public_list_in_the_order_of_receipt(cast: Cast, now: datetime, hidden: list[Made]) -> None:
    made = [told(now + n * HOUR) for n in range(5)]
    rows = list(open_rows(now, now + DAY, now=now + DAY, chunk=2))
    assert [row["number"] for row in rows] == [each.report.number for each in made]
    assert all(tuple(row) == COLUMNS for row in rows)
    assert next(open_rows(now + HOUR, now + 2 * HOUR, now=now + DAY))["number"] == made[1].report.number


def test_a_row_tells_how_the_promise_to_answer_stands(cast: Cast, now: datetime) -> None:
    kept = told(now)
    steps.inform(kept.report, by=cast.desk, text="Kami baca.", now=now + 90 * timedelta(minutes=1))
    told(now)
    asked = told(now)
    steps.ask(asked.report, by=cast.desk, text="Di mana?", now=now + HOUR)
    for at, states in ((now + 2 * HOUR, ["kept", "running", "paused"]), (now + 3 * DAY, ["kept", "missed", "paused"])):
        rows = list(open_rows(now, now + DAY, now=at))
        assert [row["answer_state"] for row in rows] == states
        assert [row["answered_after_hours"] for row in rows] == [1.5, None, None]


def test_a_row_holds_no_words_but_the_title_and_no_point_but_a_square(cast: Cast, now: datetime) -> None:
    made = let_out(told(now, body="Kata yang tak boleh keluar. " + STORY), cast, now)
    (row,) = open_rows(now, now + DAY, now=now)
    assert "Kata yang tak boleh keluar" not in json.dumps({**row, "title": ""}, default=str)
    assert (row["cell_lat"], row["cell_lng"]) != (made.report.lat, made.report.lng)


# Nothing else, ever


def test_no_secret_or_restricted_report_can_be_read_or_located(cast: Cast, now: datetime, hidden: list[Made]) -> None:
    became_secret = let_out(told(now), cast, now, State.CLOSED)
    steps.set_privacy(became_secret.report, by=became_secret.reporter, is_secret=True, now=now + DAY)
    make_restricted(now)
    while steps.miss_next(now=now + 3 * DAY):
        pass
    everything = (ListFilter(), ListFilter(late=True), ListFilter(bbox=WINDOW), ListFilter(q="jalan"))
    for wanted in everything:
        assert newest(wanted) == ([], None)
        assert map_cells(wanted, WINDOW) == Marks((), 0, False)
        assert set(counts(wanted).values()) == {Counted(0)}
    assert near(LAT, LNG, VILLAGE, "road_bridge", now - DAY) == []
    assert near(LAT, LNG, VILLAGE, "bribery_corruption", now - DAY) == []
    assert recently_done(10) == []
    assert list(open_rows(now - DAY, now + 9 * DAY, now=now)) == []
    assert not Publication.objects.exists()
