"""Asking no longer for a part."""

from datetime import datetime

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import HOUR, WHOLE_DESK, do, fresh, last, refused, told, who_may
from tests.steps.test_ask_part import ask
from tuntas import steps
from tuntas.kit.errors import Invalid
from tuntas.reports.models import SideTask
from tuntas.reports.told import possible_acts
from tuntas.rules.life import Act, State
from tuntas.rules.who import Actor, Role, may_read


def test_its_agency_is_told_and_reads_no_more(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    part, at = ask(report, cast, now + 3 * HOUR), now + 4 * HOUR
    steps.withdraw_part(report, by=cast.liaison, part=part, now=at)
    report = fresh(report)
    assert SideTask.objects.get(pk=part).state == "withdrawn"
    assert (last(report).act, last(report).data) == ("withdraw_part", {"part": part, "to_agency": "dishub"})
    assert told(report, at) == {("part", "putri")}
    assert not may_read(cast.actor(Role.LIAISON, "dishub"), report)
    with refused(Invalid, report, "/part"):
        do(Act.WITHDRAW_PART, report, by=cast.liaison, part=part, now=at + HOUR)


def test_it_is_offered_only_while_something_waits(cast: Cast, now: datetime) -> None:
    report, helper = bring(make_report(now), State.IN_PROGRESS, cast), cast.actor(Role.LIAISON, "dishub")
    acts = {Act.WITHDRAW_PART, Act.DO_PART, Act.DECLINE_PART}

    def offered(by: Actor) -> set[Act]:
        return acts & set(possible_acts(by, fresh(report), now=now + 5 * HOUR))

    assert offered(cast.liaison) == set()
    ask(report, cast, now + 3 * HOUR)
    assert (offered(cast.liaison), offered(helper)) == ({Act.WITHDRAW_PART}, {Act.DO_PART, Act.DECLINE_PART})
    do(Act.DO_PART, report, by=helper, now=now + 4 * HOUR)
    assert (offered(cast.liaison), offered(helper)) == (set(), set())


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.IN_PROGRESS, cast)
    ask(report, cast, now + 3 * HOUR)
    assert who_may(Act.WITHDRAW_PART, report, cast, made, now + 4 * HOUR) == WHOLE_DESK | {"liaison"}
