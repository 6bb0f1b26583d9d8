"""After 60 days without an answer that stands, a reporter is told of the Ombudsman: once, and nobody files for them."""

from datetime import datetime, timedelta

from tests.cast import Cast
from tests.make import Made, bring, make_report
from tests.steps.seen import INSTANT, fresh
from tuntas import steps
from tuntas.reports.models import Notice, Report
from tuntas.rules.life import State

SIXTY = timedelta(days=60)


def advised(made: Made) -> list[str]:
    return list(Notice.objects.filter(report=made.report, template="ombudsman").values_list("email", flat=True))


def test_it_is_told_at_sixty_days_and_once(cast: Cast, now: datetime) -> None:
    made = make_report(now, email="ana@contoh.example")
    bring(made, State.IN_PROGRESS, cast, now)
    assert steps.advise_next(now=now + SIXTY - INSTANT) == 0
    assert advised(made) == []
    assert steps.advise_next(now=now + SIXTY) == 1
    assert steps.advise_next(now=now + SIXTY) == 0
    assert steps.advise_next(now=now + 2 * SIXTY) == 0
    assert advised(made) == ["ana@contoh.example"]
    assert fresh(made.report).advised_at == now + SIXTY


def test_who_left_no_address_is_not_asked_about_again(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    assert steps.advise_next(now=now + SIXTY) == 1
    assert advised(made) == []
    assert steps.advise_next(now=now + SIXTY) == 0


def test_an_answer_that_stands_brings_no_letter_until_it_falls(cast: Cast, now: datetime) -> None:
    answered, closed = make_report(now, email="a@contoh.example"), make_report(now, email="b@contoh.example")
    bring(answered, State.ANSWERED, cast, now)
    bring(closed, State.CLOSED, cast, now)
    assert steps.advise_next(now=now + SIXTY) == 0
    Report.objects.filter(pk=answered.report.pk).update(state=State.IN_PROGRESS)
    assert steps.advise_next(now=now + SIXTY) == 1
    assert (advised(answered), advised(closed)) == (["a@contoh.example"], [])


def test_no_more_than_were_asked_for_at_a_time_the_oldest_first(city: None, now: datetime) -> None:
    young, old = make_report(now, email="a@contoh.example"), make_report(now - SIXTY, email="b@contoh.example")
    assert steps.advise_next(now=now + SIXTY, most=1) == 1
    assert (advised(young), advised(old)) == ([], ["b@contoh.example"])
    assert steps.advise_next(now=now + SIXTY, most=1) == 1
    assert advised(young) == ["a@contoh.example"]
