"""Not doing a part one's agency was asked for."""

from datetime import datetime

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import HOUR, do, fresh, last, published, refused, told, who_may
from tests.steps.test_ask_part import ask
from tuntas import steps
from tuntas.kit.errors import Invalid
from tuntas.reports.models import SideTask
from tuntas.rules.life import Act, State
from tuntas.rules.who import Role, may_read

WHY = "Rambu di ruas ini milik provinsi."


def test_whoever_holds_it_learns_why_and_the_reporter_only_that(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now, email="sari@mail.example"), State.IN_PROGRESS, cast)
    part, by, at = ask(report, cast, now + 3 * HOUR), cast.actor(Role.LIAISON, "dishub"), now + 4 * HOUR
    steps.decline_part(report, by=by, part=part, reason_code="other_tier", text=WHY, now=at)
    report, row = fresh(report), SideTask.objects.get(pk=part)
    assert (row.state, row.words) == ("declined", WHY)
    assert last(report).data == {"part": part, "to_agency": "dishub", "reason_code": "other_tier"}
    assert told(report, at) == {("part_declined", "rudi")}
    line = report.thread["timeline"][-1]
    assert (line["act"], line["by"], "text" in line) == ("decline_part", "dishub", False)
    assert "provinsi" not in str(report.thread)
    publication = published(report)
    assert publication is not None
    assert "provinsi" not in str(publication.thread)
    assert (report.asked_ids, report.helper_ids) == ([], [])
    assert not may_read(by, report), "who has nothing to do with it reads it no more"


def test_it_says_why(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    ask(report, cast, now + 3 * HOUR)
    with refused(Invalid, report, "/text"):
        do(Act.DECLINE_PART, report, by=cast.actor(Role.LIAISON, "dishub"), text=" ", now=now + 4 * HOUR)


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.IN_PROGRESS, cast)
    ask(report, cast, now + 3 * HOUR, agency="dlh")
    assert who_may(Act.DECLINE_PART, report, cast, made, now + 4 * HOUR) == {"other_liaison", "other_handler"}
