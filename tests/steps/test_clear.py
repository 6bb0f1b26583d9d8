"""A report that sounds like extortion waits for an appointed reader, who says what it is."""

from datetime import datetime

from tests.cast import Cast
from tests.make import Made, make_report
from tests.steps.seen import HOUR, everybody, fresh, refused, told
from tuntas import steps
from tuntas.kit.errors import NotAllowed
from tuntas.reports.models import Report
from tuntas.rules.who import may_read

WHO_LOOK = {"reporter", "system", "inspector", "appointed_inspector", "appointed_admin"}


def suspected(now: datetime) -> Made:
    return make_report(now, body="Ada pungli di loket 3, petugas minta uang rokok.")


def seeing(cast: Cast, made: Made) -> set[str]:
    report, people = fresh(made.report), everybody(cast, made)
    seen = {name for name, actor in people.items() if Report.objects.visible_to(actor).filter(pk=report.pk).exists()}
    assert seen == {name for name, actor in people.items() if may_read(actor, report)}
    return seen


def test_until_somebody_appointed_looked_the_desk_does_not_see_it(cast: Cast, now: datetime) -> None:
    made = suspected(now)
    assert fresh(made.report).is_suspected
    assert seeing(cast, made) == WHO_LOOK
    with refused(NotAllowed, made.report):
        steps.dispatch(made.report, by=cast.desk, agency="dinas-pupr", now=now + HOUR)


def test_an_ordinary_story_is_not_suspected(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    assert not fresh(made.report).is_suspected
    assert "desk" in seeing(cast, made)


def test_who_is_appointed_says_that_it_is_ordinary(cast: Cast, now: datetime) -> None:
    made = suspected(now)
    with refused(NotAllowed, made.report):
        steps.clear(made.report, by=cast.desk, now=now + HOUR)
    steps.clear(made.report, by=cast.appointed_admin, text="Ini hanya perumpamaan.", now=now + HOUR)
    assert "desk" in seeing(cast, made)
    steps.dispatch(made.report, by=cast.desk, agency="dinas-pupr", now=now + 2 * HOUR)
    with refused(NotAllowed, made.report):
        steps.clear(made.report, by=cast.appointed_admin, now=now + 3 * HOUR)


def test_or_moves_it_into_the_room(cast: Cast, now: datetime) -> None:
    made = suspected(now)
    steps.seal(made.report, by=cast.appointed_admin, text="Ini pungli.", now=now + HOUR)
    assert seeing(cast, made) == WHO_LOOK
    assert fresh(made.report).is_restricted


def test_only_readers_are_told_that_it_waits(cast: Cast, now: datetime) -> None:
    made = suspected(now)
    steps.miss_next(now=now + 60 * HOUR)
    assert {name for _, name in told(made.report, now)} <= {"bambang", "nurul", "hendra"}
