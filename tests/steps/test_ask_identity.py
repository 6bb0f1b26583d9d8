"""Asking who an anonymous reporter is: with a reason, by those who may, and nothing is shown for it yet."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report, make_restricted
from tests.steps.seen import DESK_ADMINS, HOUR, fresh, last, published, refused, running, told, who_may
from tuntas import steps
from tuntas.kit.errors import Invalid, NotAllowed, WrongState
from tuntas.kit.words import Language
from tuntas.reports.models import Reveal
from tuntas.reports.told import staff_view
from tuntas.rules.life import Act, State
from tuntas.rules.who import Role

WHY = "Saksi harus ditemui sebelum buktinya hilang."
EVERYWHERE = sorted(set(State) - {State.UNDER_EXAMINATION})


@pytest.mark.parametrize("state", EVERYWHERE)
def test_it_is_kept_in_the_house_and_changes_nothing_else(cast: Cast, now: datetime, state: State) -> None:
    made = make_report(now, email="sari@mail.example")
    report = bring(made, state, cast)
    before, owed, thread = published(report), running(report), report.thread
    steps.ask_identity(report, by=cast.desk, text=f"  {WHY} ", now=now + 9 * HOUR)
    report, after = fresh(report), published(report)
    assert (report.state, running(report), report.identity_asked_by_id) == (state, owed, cast.desk.person_id)
    assert report.thread == thread, "the reporter hears of it once a name is opened"
    assert (before and before.thread) == (after and after.thread)
    assert WHY not in str(after and after.thread)
    reveal = Reveal.objects.get(report=report)
    assert (reveal.asked_by_id, reveal.why, reveal.decided_at) == (cast.desk.person_id, WHY, None)
    assert (last(report).act, last(report).text) == ("ask_identity", WHY)
    view = staff_view(report, cast.desk, language=Language.ID, now=now + 9 * HOUR)
    assert "reporter" not in view, "to ask shows nothing"


def test_those_who_may_decide_are_told_and_nobody_else(cast: Cast, now: datetime) -> None:
    report = make_report(now, email="sari@mail.example").report
    steps.ask_identity(report, by=cast.desk, text=WHY, now=now + HOUR)
    names = {name for _, name in told(report, now + HOUR)}
    assert "hendra" in names, "another admin of the desk"
    assert names.isdisjoint({"dewi", "yuni", "rudi", "sari@mail.example"}), "not who asked, nor who may not decide"


@pytest.mark.parametrize("text", ["", "   ", "Perlu tahu.", "x" * 19, " " * 30 + "pendek", "x" * 501])
def test_a_reason_says_something(cast: Cast, now: datetime, text: str) -> None:
    report = make_report(now, email="sari@mail.example").report
    with refused(Invalid, report, "/text"):
        steps.ask_identity(report, by=cast.desk, text=text, now=now + HOUR)
    steps.ask_identity(report, by=cast.desk, text="x" * 20, now=now + HOUR)


def test_there_must_be_a_hidden_name(cast: Cast, now: datetime) -> None:
    for made in (make_report(now), make_report(now, is_anonymous=False, email="sari@mail.example")):
        with refused(Invalid, made.report):
            steps.ask_identity(made.report, by=cast.desk, text=WHY, now=now + HOUR)
        view = staff_view(fresh(made.report), cast.desk, language=Language.ID, now=now)
        assert "ask_identity" not in view["acts"]


def test_one_at_a_time(cast: Cast, now: datetime) -> None:
    report = make_report(now, email="sari@mail.example").report
    view = staff_view(report, cast.appointed_admin, language=Language.ID, now=now)
    assert "ask_identity" in view["acts"]
    steps.ask_identity(report, by=cast.desk, text=WHY, now=now + HOUR)
    with refused(WrongState, report):
        steps.ask_identity(report, by=cast.appointed_admin, text=WHY, now=now + HOUR)
    report = fresh(report)
    view = staff_view(report, cast.appointed_admin, language=Language.ID, now=now)
    assert {"ask_identity", "decide_identity"} & set(view["acts"]) == {"decide_identity"}
    view = staff_view(report, cast.desk, language=Language.ID, now=now)
    assert not {"ask_identity", "decide_identity"} & set(view["acts"]), "nobody agrees with themselves"


def test_why_it_is_asked_is_read_by_those_alone_who_may_ask(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now, email="sari@mail.example"), State.IN_PROGRESS, cast)
    steps.ask_identity(report, by=cast.desk, text=WHY, now=now + 9 * HOUR)
    report = fresh(report)
    for actor in (cast.liaison, cast.handler, cast.validator, cast.actor(Role.LEADER)):
        assert WHY not in str(staff_view(report, actor, language=Language.ID, now=now))
    assert WHY in str(staff_view(report, cast.appointed_admin, language=Language.ID, now=now))


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now, email="sari@mail.example")
    report = bring(made, State.IN_PROGRESS, cast)
    assert who_may(Act.ASK_IDENTITY, report, cast, made, now + 9 * HOUR) == DESK_ADMINS | {
        "inspector",
        "appointed_inspector",
    }


def test_a_restricted_report_has_no_name_to_ask_for(cast: Cast, now: datetime) -> None:
    report = make_restricted(now).report
    for actor in (cast.inspector, cast.appointed_admin, cast.desk):
        with refused(NotAllowed, report):
            steps.ask_identity(report, by=actor, text=WHY, now=now + HOUR)
