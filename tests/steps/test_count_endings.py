"""Closed by the system because nobody rated is counted apart from what reporters call done, wherever figures stand."""

from datetime import date, datetime, timedelta

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import DAY, HOUR
from tuntas import steps
from tuntas.kit.words import Language
from tuntas.publications.queries import public_view, publication_named
from tuntas.rules.life import State
from tuntas.rules.who import SYSTEM
from tuntas.statistics import queries

TODAY = date(2026, 3, 6)
SINCE = TODAY - timedelta(days=29)


def test_silence_is_never_counted_as_done(cast: Cast, now: datetime) -> None:
    numbers = []
    for n in range(6):
        made = make_report(now - 9 * HOUR)
        report = bring(made, State.ANSWERED, cast, now - 9 * HOUR)
        numbers.append(report.number or "")
        if n < 2:
            steps.rate(report, by=made.reporter, rating=4, now=now)
        elif n < 5:
            text = "Ditutup tanpa penilaian."
            steps.close(report, by=SYSTEM, outcome="no_reply_from_reporter", text=text, now=now)
    steps.count(now=now + DAY)
    totals = queries.figures(SINCE, TODAY)["totals"]
    assert (totals["closed"], totals["acknowledged"], totals["closed_by_system"]) == (5, 2, 3)
    split = queries.outcome_split(SINCE, TODAY)
    assert split is not None
    assert (split.acknowledged, split.unrated, split.waiting) == (2, 3, 1)
    labels = []
    for number in (numbers[0], numbers[2]):
        found = publication_named(number)
        assert found is not None
        labels.append(public_view(found, language=Language.ID, now=now)["state_label"])
    assert labels == ["Tuntas (diakui)", "Tuntas tanpa penilaian"]
