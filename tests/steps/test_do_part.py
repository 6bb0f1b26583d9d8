"""Doing the part one's agency was asked for."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import HOUR, do, fresh, last, photo, published, refused, told, who_may
from tests.steps.test_ask_part import ask, slug_ids
from tuntas import steps
from tuntas.kit.errors import Invalid, NotAllowed
from tuntas.reports.models import SideTask
from tuntas.rules.life import Act, State
from tuntas.rules.who import Role, may_read

WORDS = "Dua rambu sudah terpasang."


@pytest.mark.parametrize("role", [Role.LIAISON, Role.UNIT_HANDLER])
def test_it_is_done_with_a_photo_and_the_report_stays_where_it_is(cast: Cast, now: datetime, role: Role) -> None:
    made = make_report(now, email="sari@mail.example")
    report = bring(made, State.IN_PROGRESS, cast)
    part = ask(report, cast, now + 3 * HOUR)
    by, at = cast.actor(role, "dishub"), now + 4 * HOUR
    steps.do_part(report, by=by, part=part, text=WORDS, file_ids=[photo(at)], now=at)
    report, event, row = fresh(report), last(report), SideTask.objects.get(pk=part)
    assert (row.state, row.words, row.ended_at, row.ended_by_id) == ("done", WORDS, at, by.person_id)
    assert (report.state, report.asked_ids, report.helper_ids) == (State.IN_PROGRESS, [], slug_ids("dishub"))
    assert (event.act, event.agency_id, event.voice) == ("do_part", slug_ids("dishub")[0], "agency")
    assert told(report, at) == {("part_done", "rudi"), ("news", "sari@mail.example")}
    message = report.thread["messages"][-1]
    assert (message["from"], message["text"], len(message["files"])) == ("agency", WORDS, 1)
    assert report.thread["timeline"][-1]["by"] == "dishub"
    publication = published(report)
    assert publication is not None
    assert (publication.thread["timeline"][-1]["act"], "rambu" in str(publication.thread)) == ("do_part", False)
    assert may_read(by, report), "who did a part goes on reading"


def test_who_asked_hears_of_it_besides_the_holder(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    do(Act.ASK_PART, report, by=cast.actor(Role.ASSISTANT_ADMIN), now=now + 3 * HOUR)
    do(Act.DO_PART, report, by=cast.actor(Role.LIAISON, "dishub"), now=now + 4 * HOUR)
    assert told(report, now + 4 * HOUR) == {("part_done", "rudi"), ("part_done", "yuni")}


def test_it_can_be_done_after_the_report_was_closed(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.IN_PROGRESS, cast)
    part = ask(report, cast, now + 3 * HOUR)
    steps.propose_answer(report, by=cast.liaison, text="Ditambal.", outcome="answered", now=now + 4 * HOUR)
    steps.approve(report, by=cast.validator, now=now + 5 * HOUR)
    steps.rate(report, by=made.reporter, rating=4, now=now + 6 * HOUR)
    by = cast.actor(Role.LIAISON, "dishub")
    steps.do_part(report, by=by, part=part, text=WORDS, now=now + 7 * HOUR)
    assert (fresh(report).state, SideTask.objects.get(pk=part).state) == (State.CLOSED, "done")


def test_a_part_is_ended_once(cast: Cast, now: datetime) -> None:
    report, by = bring(make_report(now), State.IN_PROGRESS, cast), cast.actor(Role.LIAISON, "dishub")
    part = ask(report, cast, now + 3 * HOUR)
    steps.do_part(report, by=by, part=part, text=WORDS, now=now + 4 * HOUR)
    for act in (Act.DO_PART, Act.DECLINE_PART):
        with refused(Invalid, report, "/part"):
            do(act, report, by=by, part=part, now=now + 5 * HOUR)


def test_nobody_does_the_part_of_another_agency(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    signs, trees = ask(report, cast, now + 3 * HOUR), 0
    with refused(NotAllowed, report):
        do(Act.DO_PART, report, by=cast.other_liaison, part=signs, now=now + 4 * HOUR)
    ask(report, cast, now + 4 * HOUR, agency="dlh")
    trees = SideTask.objects.get(agency__slug="dlh").pk
    with refused(Invalid, report, "/part"):
        do(Act.DO_PART, report, by=cast.other_liaison, part=signs, now=now + 5 * HOUR)
    do(Act.DO_PART, report, by=cast.other_liaison, part=trees, now=now + 5 * HOUR)
    other = bring(make_report(now), State.IN_PROGRESS, cast)
    ask(other, cast, now + 3 * HOUR)
    with refused(Invalid, other, "/part"):
        do(Act.DO_PART, other, by=cast.actor(Role.LIAISON, "dishub"), part=signs, now=now + 5 * HOUR)


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.IN_PROGRESS, cast)
    ask(report, cast, now + 3 * HOUR, agency="dlh")
    assert who_may(Act.DO_PART, report, cast, made, now + 4 * HOUR) == {"other_liaison", "other_handler"}
