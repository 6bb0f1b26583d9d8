"""A held report is an ordinary one that is not public yet; whoever of the desk takes it for real lets it through."""

from datetime import datetime, timedelta

import pytest

from tests.cast import Cast
from tests.make import make_held, make_report, make_restricted
from tests.steps.seen import (
    DAY,
    HOUR,
    WHOLE_DESK,
    do,
    everybody,
    fresh,
    last,
    published,
    refused,
    running,
    told,
    who_may,
)
from tuntas import steps
from tuntas.kit.errors import NotAllowed, WrongState
from tuntas.kit.words import Language
from tuntas.reports.models import Before, Deadline, Report
from tuntas.reports.queries import DeskFilter, desk_page
from tuntas.reports.told import possible_acts, staff_view, track_view
from tuntas.rules.life import Act, State, acts_of
from tuntas.rules.who import STRANGER
from tuntas.statistics.models import DayFigure, Standing

SECOND = timedelta(seconds=1)


def waiting(cast: Cast, queue: str, now: datetime) -> set[str]:
    return {report.name for report in desk_page(cast.desk, DeskFilter(queue=queue), now=now).items}


def test_while_it_is_held_its_clocks_run_and_its_reporter_sees_it(cast: Cast, now: datetime) -> None:
    made, plain = make_held(now), make_report(now)
    assert running(made.report) == running(plain.report) == {"answer", "verify"}
    assert fresh(made.report).due_at == fresh(plain.report).due_at
    view = track_view(fresh(made.report), language=Language.ID, now=now)
    assert (view["state"], view["number"]) == ("submitted", made.report.number)
    assert view["promises"] == track_view(fresh(plain.report), language=Language.ID, now=now)["promises"]
    assert set(acts_of(made.reporter, fresh(made.report))) == {Act.WITHDRAW, Act.SUPPLEMENT, Act.SET_PRIVACY}


def test_everybody_who_may_read_it_does(cast: Cast, now: datetime) -> None:
    made, plain = make_held(now), make_report(now)
    for held, usual in zip(everybody(cast, made).values(), everybody(cast, plain).values(), strict=True):
        seen = {report.pk for report in Report.objects.visible_to(held)}
        assert (made.report.pk in seen) == (plain.report.pk in {r.pk for r in Report.objects.visible_to(usual)})


def test_nothing_of_it_is_public_until_it_is_let_through(cast: Cast, now: datetime) -> None:
    made = make_held(now)
    assert published(made.report) is None
    with refused(NotAllowed, made.report):
        steps.follow(made.report, by=STRANGER, now=now)
    clocks = list(Deadline.objects.filter(report=made.report).order_by("id").values())
    event = steps.release(made.report, by=cast.desk, now=now + HOUR)
    assert event.data == {"doubts": ["links", "repeated"]}
    assert fresh(made.report).doubts == []
    assert list(Deadline.objects.filter(report=made.report).order_by("id").values()) == clocks
    assert told(made.report, now + HOUR) == set()
    publication = published(made.report)
    assert publication is not None
    assert (publication.state, publication.title, publication.text) == ("submitted", None, None)
    assert [line["act"] for line in publication.thread["timeline"]] == ["submit"]
    own = track_view(fresh(made.report), language=Language.ID, now=now)
    assert [line["act"] for line in own["timeline"]] == ["submit"]


def test_a_secret_one_stays_secret(cast: Cast, now: datetime) -> None:
    made = make_held(now, is_secret=True)
    steps.release(made.report, by=cast.desk, now=now + HOUR)
    assert published(made.report) is None
    steps.set_privacy(made.report, by=made.reporter, is_secret=False, now=now + 2 * HOUR)
    assert published(made.report) is not None


def test_what_was_secret_is_held_still_when_it_is_secret_no_more(cast: Cast, now: datetime) -> None:
    made = make_held(now, is_secret=True)
    steps.set_privacy(made.report, by=made.reporter, is_secret=False, now=now + HOUR)
    assert published(made.report) is None


def test_the_whole_desk_may_and_nobody_else(cast: Cast, now: datetime) -> None:
    made = make_held(now)
    assert who_may(Act.RELEASE, fresh(made.report), cast, made, now + HOUR) == WHOLE_DESK


def test_what_is_not_held_is_not_let_through(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    assert Act.RELEASE not in possible_acts(cast.desk, fresh(made.report), now=now)
    with refused(WrongState, made.report):
        steps.release(made.report, by=cast.desk, now=now + HOUR)
    held = make_held(now)
    assert Act.RELEASE in possible_acts(cast.desk, fresh(held.report), now=now)
    steps.release(held.report, by=cast.desk, now=now + HOUR)
    with refused(WrongState, held.report):
        steps.release(held.report, by=cast.desk, now=now + HOUR)


def test_a_sealed_one_is_nothing_for_the_desk(cast: Cast, now: datetime) -> None:
    made = make_restricted(now)
    with refused(NotAllowed, made.report):
        steps.release(made.report, by=cast.desk, now=now + HOUR)


@pytest.mark.parametrize("act", [Act.DISPATCH, Act.ASK, Act.INFORM, Act.PUBLISH, Act.ESCALATE, Act.ARCHIVE])
def test_another_act_of_the_desk_lets_it_through_as_well(cast: Cast, now: datetime, act: Act) -> None:
    made = make_held(now)
    do(act, made.report, by=cast.desk, now=now + HOUR)
    assert fresh(made.report).doubts == []
    assert last(made.report).data["doubts"] == ["links", "repeated"]
    assert published(made.report) is not None


@pytest.mark.parametrize("act", [Act.NOTE, Act.ASK_IDENTITY])
def test_what_says_nothing_of_the_report_leaves_it_held(cast: Cast, now: datetime, act: Act) -> None:
    made = make_held(now, email="sari@mail.example")
    do(act, made.report, by=cast.desk, now=now + HOUR)
    assert fresh(made.report).is_held
    assert published(made.report) is None


def test_neither_its_reporter_nor_time_lets_it_through(cast: Cast, now: datetime) -> None:
    made = make_held(now)
    steps.supplement(made.report, by=made.reporter, text="Ini sungguhan.", now=now + HOUR)
    while steps.miss_next(now=now + 30 * DAY):
        pass
    assert fresh(made.report).is_held
    assert published(made.report) is None
    steps.withdraw(made.report, by=made.reporter, text="Sudah.", now=now + 31 * DAY)
    assert published(made.report) is None


@pytest.mark.parametrize("reason", ["spam", "test_or_prank", "sara"])
def test_archived_as_abuse_it_is_never_public_and_an_appeal_has_it_looked_at_again(
    cast: Cast, now: datetime, reason: str
) -> None:
    made = make_held(now)
    steps.archive(made.report, by=cast.desk, reason_code=reason, text="Ini iklan.", now=now + HOUR)
    assert (fresh(made.report).state, published(made.report)) == (State.ARCHIVED, None)
    assert waiting(cast, "perlu-dilihat", now) == set()
    steps.appeal(made.report, by=made.reporter, text="Bukan iklan.", now=now + 2 * HOUR)
    assert published(made.report) is None
    assert waiting(cast, "perlu-dilihat", now) == {made.report.number}
    steps.release(made.report, by=cast.desk, now=now + 3 * HOUR)
    assert published(made.report) is not None


def test_undone_within_seconds_it_is_held_again(cast: Cast, now: datetime) -> None:
    made = make_held(now)
    for act in (Act.DISPATCH, Act.ASK, Act.INFORM, Act.ARCHIVE):
        do(act, made.report, by=cast.desk, now=now + HOUR)
        assert published(made.report) is not None
        steps.recall(made.report, by=cast.desk, now=now + HOUR + SECOND)
        assert fresh(made.report).doubts == ["links", "repeated"]
        assert published(made.report) is None


def test_called_back_in_the_open_it_was_looked_at(cast: Cast, now: datetime) -> None:
    made = make_held(now)
    do(Act.DISPATCH, made.report, by=cast.desk, now=now + HOUR)
    steps.recall(made.report, by=cast.desk, now=now + 2 * HOUR)
    assert fresh(made.report).doubts == []
    assert published(made.report) is not None


def test_what_was_remembered_before_reports_were_held_is_still_given_back(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    do(Act.DISPATCH, made.report, by=cast.desk, now=now + HOUR)
    before = Before.objects.get(report=made.report)
    del before.values["doubts"]
    before.save()
    steps.recall(made.report, by=cast.desk, now=now + HOUR + SECOND)
    assert (fresh(made.report).state, fresh(made.report).doubts) == (State.SUBMITTED, [])


def test_who_looks_for_extortion_does_not_let_it_through(cast: Cast, now: datetime) -> None:
    made = make_held(now, body="Ada pungli di loket 3, petugas minta uang rokok.")
    steps.clear(made.report, by=cast.appointed_admin, now=now + HOUR)
    assert fresh(made.report).is_held
    assert published(made.report) is None


def test_sealed_it_is_held_no_longer(cast: Cast, now: datetime) -> None:
    made = make_held(now)
    steps.seal(made.report, by=cast.desk, text="Ini pungli.", now=now + HOUR)
    assert (fresh(made.report).is_restricted, fresh(made.report).is_held) == (True, False)


def test_nobody_can_stand_beside_it(cast: Cast, now: datetime) -> None:
    made = make_held(now)
    beside = make_report(now)
    Report.objects.filter(pk=beside.report.pk).update(supports=made.report)
    view = staff_view(fresh(beside.report), cast.desk, language=Language.ID, now=now)
    assert view["supports"] is None


def test_the_two_queues_share_nothing_and_lose_nothing(cast: Cast, now: datetime) -> None:
    held, plain = make_held(now), make_report(now)
    assert waiting(cast, "perlu-dilihat", now) == {held.report.number}
    assert waiting(cast, "perlu-dipilah", now) == {plain.report.number}
    assert waiting(cast, "lewat-batas", now + 9 * DAY) == {held.report.number, plain.report.number}
    steps.release(held.report, by=cast.desk, now=now + HOUR)
    assert waiting(cast, "perlu-dilihat", now) == set()
    assert waiting(cast, "perlu-dipilah", now) == {held.report.number, plain.report.number}


def test_figures_count_it_as_any_other_but_never_name_it(cast: Cast, now: datetime) -> None:
    held = make_held(now, category="road_bridge")
    plain = make_report(now + HOUR, category="road_bridge")
    steps.count(now=now + 2 * HOUR)
    before = list(DayFigure.objects.order_by("pk").values_list("on", "category", "agency", "received"))
    assert sum(row[3] for row in before) == 2
    (standing,) = Standing.objects.all()
    assert (standing.open, standing.longest_number) == (1, plain.report.number)
    steps.release(held.report, by=cast.desk, now=now + 3 * HOUR)
    steps.count(now=now + 4 * HOUR)
    assert list(DayFigure.objects.order_by("pk").values_list("on", "category", "agency", "received")) == before
    (standing,) = Standing.objects.all()
    assert (standing.open, standing.longest_number) == (2, held.report.number)


def test_where_only_held_ones_are_open_no_one_is_named(cast: Cast, now: datetime) -> None:
    make_held(now)
    steps.count(now=now + HOUR)
    assert not Standing.objects.exists()
