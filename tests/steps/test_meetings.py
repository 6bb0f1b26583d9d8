"""The steps of a rakor: who may do each, what it changes, and that what has ended is never changed."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection

from tests.cast import Cast
from tests.make import Made, bring, make_report, make_restricted
from tests.meeting import PLACE, brought_case, decided, held, plan, point, run
from tests.steps.seen import DAY, HOUR, everybody, fresh
from tuntas import steps
from tuntas.kit.errors import Invalid, NotAllowed, WrongState
from tuntas.meetings.models import Brought, Decision, Item, Meeting
from tuntas.people.models import Person
from tuntas.reports.models import Event, Notice
from tuntas.rules.life import State
from tuntas.rules.who import Actor, Role

LEADS = {"desk", "appointed_admin", "leader"}
Try = Callable[[Actor], object]


def who_may(cast: Cast, made: Made, do: Try) -> set[str]:
    """Return all whom *do* lets in; each try is undone."""
    found = set()
    for name, actor in everybody(cast, made).items():
        with connection.cursor() as cursor:
            cursor.execute("SAVEPOINT try_it")
        try:
            do(actor)
            found.add(name)
        except NotAllowed:
            pass
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK TO SAVEPOINT try_it")
    return found


def test_who_may_do_each_of_them(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    bring(made, State.IN_PROGRESS, cast, now)
    later = now + DAY

    def planned(actor: Actor) -> object:
        return steps.plan_meeting(by=actor, held_on=later.date(), begins=time(9), place=PLACE, now=now)

    assert who_may(cast, made, planned) == LEADS
    meeting = run(cast, now)
    assert who_may(cast, made, lambda by: steps.end_meeting(meeting, by=by, now=now)) == LEADS
    item, body = point(meeting), {"what": "Ukur.", "agency": "dinas-pupr", "by_when": later.date()}
    assert who_may(cast, made, lambda by: steps.decide(item, by=by, now=now, **body)) == LEADS  # type: ignore[arg-type]
    first = decided(cast, item, now)
    assert who_may(cast, made, lambda by: steps.drop_decision(first, by=by)) == LEADS
    steps.end_meeting(meeting, by=cast.desk, now=now)
    next_one = plan(cast, now, held_on=later.date())
    assert who_may(cast, made, lambda by: steps.start_meeting(next_one, by=by, now=now)) == LEADS
    done = who_may(cast, made, lambda by: steps.finish_decision(first, by=by, text="Sudah.", now=now))
    assert done == LEADS | {"liaison"}
    bringing = who_may(cast, made, lambda by: steps.bring_to_meeting(made.report, by=by, text="Siapa?", now=now))
    assert bringing == LEADS


def test_a_meeting_is_planned_once_a_day_and_not_in_the_past(cast: Cast, now: datetime) -> None:
    meeting = plan(cast, now, led_by="Sekda")
    assert (meeting.state, meeting.led_by, meeting.planned_by_id) == ("planned", "Sekda", cast.desk.person_id)
    for held_on, place, pointer in (
        (now.date(), PLACE, "/held_on"),
        (now.date() - DAY, PLACE, "/held_on"),
        (now.date() + DAY, " ", "/place"),
    ):
        with pytest.raises(Invalid) as caught:
            steps.plan_meeting(by=cast.desk, held_on=held_on, begins=time(9), place=place, now=now)
        assert caught.value.mistakes[0].pointer == pointer
    assert Meeting.objects.count() == 1


def test_the_agenda_is_frozen_when_the_meeting_begins(cast: Cast, now: datetime) -> None:
    made = brought_case(cast, now, "Siapa yang memimpin?")
    meeting = steps.start_meeting(plan(cast, now), by=cast.desk, now=now)
    assert meeting.is_running
    item = point(meeting)
    assert item.facts == {"agencies": [fresh(made.report).holder_id], "cases": [made.report.pk]}
    assert item.brought.why == "Siapa yang memimpin?"
    before = list(Item.objects.values())
    bring(make_report(now), State.IN_PROGRESS, cast, now)
    steps.bring_to_meeting(make_report(now).report, by=cast.desk, text="Nanti.", now=now)
    assert list(Item.objects.values()) == before
    with pytest.raises(WrongState):
        steps.start_meeting(meeting, by=cast.desk, now=now)


def test_one_meeting_runs_at_a_time(cast: Cast, now: datetime) -> None:
    run(cast, now)
    other = plan(cast, now, held_on=now.date() + DAY)
    with pytest.raises(WrongState):
        steps.start_meeting(other, by=cast.desk, now=now)
    assert Meeting.objects.get(pk=other.pk).is_planned


def test_a_case_stands_on_one_agenda_once(cast: Cast, now: datetime) -> None:
    made = brought_case(cast, now)
    with pytest.raises(WrongState):
        steps.bring_to_meeting(made.report, by=cast.desk, text="Lagi.", now=now)
    events = Event.objects.count()
    meeting = steps.start_meeting(plan(cast, now), by=cast.desk, now=now)
    steps.end_meeting(meeting, by=cast.desk, now=now)
    steps.bring_to_meeting(made.report, by=cast.desk, text="Belum beres.", now=now + DAY)
    assert Brought.objects.filter(report=made.report).count() == 2
    assert Event.objects.count() == events


def test_what_is_sealed_or_over_is_not_brought(cast: Cast, now: datetime) -> None:
    over = bring(make_report(now), State.CLOSED, cast, now)
    with pytest.raises(WrongState):
        steps.bring_to_meeting(over, by=cast.desk, text="Kenapa?", now=now)
    with pytest.raises(WrongState):
        steps.bring_to_meeting(make_restricted(now).report, by=cast.desk, text="Kenapa?", now=now)
    assert not Brought.objects.exists()


def test_a_decision_says_what_who_and_by_when(cast: Cast, now: datetime) -> None:
    item = point(run(cast, now))
    made = decided(cast, item, now, person="Rudi")
    assert (made.what, made.person, made.agency.slug) == ("Ukur jalannya.", "Rudi", "dinas-pupr")
    assert made.report_id == item.facts["cases"][0]
    for wrong, pointer in (
        ({"what": " "}, "/what"),
        ({"what": "x" * 501}, "/what"),
        ({"agency": "tidak-ada"}, "/agency"),
        ({"agency": ""}, "/agency"),
        ({"by_when": now.date() - DAY}, "/by_when"),
        ({"report": "26-999999"}, "/report"),
    ):
        with pytest.raises(Invalid) as caught:
            decided(cast, item, now, **wrong)
        assert [mistake.pointer for mistake in caught.value.mistakes] == [pointer]
    assert Decision.objects.count() == 1


def test_of_several_cases_a_decision_is_about_the_one_that_is_named(cast: Cast, now: datetime) -> None:
    item = point(run(cast, now))
    other = make_report(now).report
    Item.objects.filter(pk=item.pk).update(facts={"cases": [item.facts["cases"][0], other.pk]})
    item = Item.objects.get(pk=item.pk)
    assert decided(cast, item, now).report_id is None
    assert decided(cast, item, now, report=other.number).report_id == other.pk


def test_what_was_written_wrongly_is_taken_back_while_it_runs(cast: Cast, now: datetime) -> None:
    made = decided(cast, point(run(cast, now)), now)
    steps.drop_decision(made, by=cast.desk)
    assert not Decision.objects.exists()


def test_nothing_is_changed_before_a_meeting_begins_or_after_it_ended(cast: Cast, now: datetime) -> None:
    made = held(cast, now)
    meeting, rows = made.item.meeting, list(Decision.objects.values())
    tries: list[Callable[[], Any]] = [
        lambda: decided(cast, made.item, now),
        lambda: steps.drop_decision(made, by=cast.desk),
        lambda: steps.end_meeting(meeting, by=cast.desk, present="Lain", now=now),
        lambda: steps.start_meeting(meeting, by=cast.desk, now=now),
        lambda: steps.end_meeting(plan(cast, now, held_on=now.date() + DAY), by=cast.desk, now=now),
    ]
    for each in tries:
        with pytest.raises(WrongState):
            each()
    assert list(Decision.objects.values()) == rows
    assert Meeting.objects.get(pk=meeting.pk).present == "PUPR, DLH"


def test_the_liaisons_are_told_once_each_when_it_ends(cast: Cast, now: datetime) -> None:
    meeting = run(cast, now)
    for agency in ("dinas-pupr", "dinas-pupr", "pupr-jalan", "dlh"):
        decided(cast, point(meeting), now, agency=agency)
    assert not Notice.objects.filter(template="meeting").exists()
    steps.end_meeting(meeting, by=cast.desk, now=now)
    told = set(Notice.objects.filter(template="meeting").values_list("email", "about__n", "about__day"))
    email = {n: cast.person(Role.LIAISON, n).email for n in ("dinas-pupr", "dlh")}
    assert told == {(email["dinas-pupr"], "3", "06-03-2026"), (email["dlh"], "1", "06-03-2026")}


def test_a_decision_is_done_once_with_words(cast: Cast, now: datetime) -> None:
    made = held(cast, now)
    with pytest.raises(Invalid):
        steps.finish_decision(made, by=cast.liaison, text=" ", now=now + DAY)
    steps.finish_decision(made, by=cast.liaison, text="Sudah diukur.", now=now + DAY)
    made = Decision.objects.get(pk=made.pk)
    assert (made.done_words, made.done_by_id, made.done_at) == ("Sudah diukur.", cast.liaison.person_id, now + DAY)
    with pytest.raises(WrongState):
        steps.finish_decision(made, by=cast.liaison, text="Lagi.", now=now + DAY)


def test_a_decision_is_not_done_before_the_meeting_ends(cast: Cast, now: datetime) -> None:
    made = decided(cast, point(run(cast, now)), now)
    with pytest.raises(WrongState):
        steps.finish_decision(made, by=cast.liaison, text="Sudah.", now=now)


def test_the_letter_says_how_many_and_where_and_nothing_of_a_report(cast: Cast, now: datetime) -> None:
    held(cast, now, what="Ukur jalan depan pasar.")
    notice = Notice.objects.get(template="meeting")
    assert notice.report_id is None
    assert Person.objects.filter(email=notice.email).exists()
    assert "pasar" not in str(notice.about)


def test_a_sealed_report_leaves_every_agenda(cast: Cast, now: datetime) -> None:
    made = held(cast, now)
    report = made.report
    assert report is not None
    steps.bring_to_meeting(report, by=cast.desk, text="Belum beres.", now=now + DAY)
    steps.seal(fresh(report), by=cast.desk, text="Menyebut petugas.", now=now + DAY + HOUR)
    assert not Brought.objects.exists()
    assert Decision.objects.get(pk=made.pk).report_id is None


def test_two_who_begin_it_at_once_begin_it_once(cast: Cast, now: datetime) -> None:
    meeting = plan(cast, now)
    brought_case(cast, now)
    stale = Meeting.objects.get(pk=meeting.pk)
    steps.start_meeting(meeting, by=cast.desk, now=now)
    with pytest.raises(WrongState):
        steps.start_meeting(stale, by=cast.desk, now=now + timedelta(seconds=1))
    assert Item.objects.filter(kind="brought").count() == 1
