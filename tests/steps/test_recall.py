"""Taking back: within seconds as if it had never been, later in the open, and everything stands as it stood."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.cast import Cast
from tests.make import Made, bring, make_report, make_restricted
from tests.steps.seen import (
    DAY,
    HOUR,
    WHOLE_DESK,
    clock,
    do,
    everything_about,
    fresh,
    last,
    photo,
    published,
    refused,
    running,
    told,
    who_may,
)
from tuntas import steps
from tuntas.kit.errors import NotAllowed, WrongState
from tuntas.kit.words import Language
from tuntas.reports.desk_queries import unsent_of
from tuntas.reports.models import Before, Deadline, Event, Notice, Report
from tuntas.reports.told import possible_acts, staff_view, track_view
from tuntas.rules.life import OPEN, Act, Promise, State
from tuntas.rules.recall import LETTERS_WAIT, RECALLABLE, UNDO
from tuntas.rules.who import STRANGER, Role
from tuntas.steps import tell_followers
from tuntas.steps.follow import follow
from tuntas.steps.tell import SAFETY_NET

SECOND = timedelta(seconds=1)
CASES = [
    (Act.DISPATCH, State.SUBMITTED),
    (Act.ASK, State.SUBMITTED),
    (Act.ASK, State.AWAITING_VALIDATION),
    (Act.ASK, State.ANSWERED),
    (Act.ASK, State.TRANSFER_PENDING),
    (Act.ARCHIVE, State.SUBMITTED),
    (Act.ARCHIVE, State.NEEDS_INFO),
    (Act.INFORM, State.SUBMITTED),
    (Act.INFORM, State.DISPATCHED),
    (Act.INFORM, State.NEEDS_INFO),
]
PLAIN = sorted(OPEN - {State.UNDER_EXAMINATION})


def stands(report: Report) -> list[Any]:
    """Everything that must be as it was, the event and the instant of the change aside."""
    everything: list[Any] = everything_about(report)
    row, (_, *others), contact, publication = everything
    for name in ("updated_at", "recallable"):
        row.pop(name)
    for each in publication:
        each.pop("updated_at")
    return [row, others, contact, publication]


def undo(made: Made, cast: Cast, act: Act, at: datetime, **body: Any) -> Event:
    do(act, made.report, by=cast.desk, now=at, **body)
    return steps.recall(made.report, by=cast.desk, now=at + 9 * SECOND)


@pytest.mark.parametrize(("act", "state"), CASES)
def test_within_seconds_everything_stands_as_it_stood(cast: Cast, now: datetime, act: Act, state: State) -> None:
    made = make_report(now, email="sari@mail.example", category="licensing")
    follow(made.report, by=STRANGER, now=now)
    bring(made, state, cast)
    steps.fetch(fresh(made.report), by=cast.desk, now=now + 8 * HOUR)
    before = stands(made.report)
    event = undo(made, cast, act, now + 9 * HOUR)
    assert stands(made.report) == before
    assert (event.act, event.to, event.voice) == ("recall", state, "desk")
    done = made.report.events.order_by("-id")[1]
    assert event.data == {"event": done.pk, "act": act, "quiet": True}
    assert (event.frm, fresh(made.report).updated_at) == (done.to, now + 9 * HOUR + 9 * SECOND)


@pytest.mark.parametrize(("act", "state"), CASES)
def test_nobody_hears_of_what_was_undone(cast: Cast, now: datetime, act: Act, state: State) -> None:
    made = make_report(now, email="sari@mail.example")
    report = bring(made, state, cast)
    thread, publication = report.thread, published(report)
    assert publication is not None
    file = {"file_ids": [photo(now + 9 * HOUR)]} if act in (Act.ASK, Act.INFORM) else {}
    undo(made, cast, act, now + 9 * HOUR, text="Kata yang ditarik.", **file)
    again = published(report)
    assert again is not None
    assert (fresh(report).thread, again.thread, again.title) == (thread, publication.thread, publication.title)
    assert told(report, now + 9 * HOUR) == set()
    assert "ditarik" not in str(track_view(fresh(report), language=Language.ID, now=now + 10 * HOUR))
    for files in file.values():
        steps.note(report, by=cast.desk, text="Fotonya.", file_ids=files, now=now + 10 * HOUR)


def test_the_text_that_dispatch_let_out_is_in_again(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    body = {"title": "Lubang di pasar", "public_text": "Ada lubang.", "category": "road_bridge"}
    undo(made, cast, Act.DISPATCH, now + HOUR, **body)
    report, publication = fresh(made.report), published(made.report)
    assert publication is not None
    assert (publication.title, publication.text, publication.agency, publication.face) == (None, None, "", "diterima")
    assert (report.public_title, report.public_text, report.category_id, report.holder_id) == ("", "", None, None)


def test_a_recalled_word_gives_back_the_promise_that_runs(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    due = clock(made.report, Promise.ANSWER).due_at
    undo(made, cast, Act.INFORM, now + HOUR)
    answer = clock(made.report, Promise.ANSWER)
    assert (answer.due_at, answer.kept_at) == (due, None)
    assert running(made.report) == {"answer", "verify"}
    steps.miss_next(now=now + 3 * DAY)
    assert clock(made.report, Promise.ANSWER).missed_at == due


def test_a_miss_that_nobody_was_told_of_yet_is_told_in_its_time(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    undo(made, cast, Act.INFORM, now + 3 * DAY, late_cause="volume")  # before the job came by
    assert clock(made.report, Promise.ANSWER).missed_at is None
    steps.miss_next(now=now + 4 * DAY)
    steps.climb_next(now=now + 4 * DAY)
    assert "late" in {template for template, _ in told(made.report, now + 4 * DAY)}


def test_a_question_about_a_hand_over_stays_one_when_its_ending_is_undone(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    steps.ask(bring(made, State.TRANSFER_PENDING, cast), by=cast.desk, text="Di mana?", now=now + 3 * HOUR)
    offered_to = fresh(made.report).offered_to_id
    assert offered_to is not None
    undo(made, cast, Act.ARCHIVE, now + 4 * HOUR)
    report = fresh(made.report)
    assert (report.state, report.asked_from, report.offered_to_id) == ("needs_info", "transfer_pending", offered_to)
    assert report.transferred_from == "dispatched"


def test_the_words_that_were_undone_are_there_to_be_sent_again(cast: Cast, now: datetime) -> None:
    made, person_id = make_report(now), cast.desk.person_id or 0
    undo(made, cast, Act.DISPATCH, now + HOUR)
    assert unsent_of(made.report, person_id) == [], "nothing was typed"
    undo(made, cast, Act.DISPATCH, now + 2 * HOUR, agency="dlh", title="Lubang", public_text="Ada lubang.", text="Hai.")
    undo(made, cast, Act.INFORM, now + 3 * HOUR, text="Kata pertama.")
    undo(made, cast, Act.INFORM, now + 4 * HOUR, text="Kata kedua.")
    steps.inform(made.report, by=cast.desk, text="Kata ketiga.", now=now + 5 * HOUR)
    fields = {"text": "Kata keempat."}
    steps.keep_unsent(made.report, by=cast.desk, form="inform", fields=fields, now=now + 5 * HOUR + SECOND)
    steps.recall(made.report, by=cast.desk, now=now + 5 * HOUR + 2 * SECOND)
    assert [(unsent.form, unsent.fields) for unsent in unsent_of(made.report, person_id)] == [
        ("dispatch", {"agency": "dlh", "title": "Lubang", "public_text": "Ada lubang.", "text": "Hai."}),
        ("inform", fields),
    ]
    undo(made, cast, Act.INFORM, now + 6 * HOUR, text="Kata kelima.")
    assert unsent_of(made.report, person_id)[1].fields == {"text": "Kata kelima."}, "the newest stays"
    steps.dispatch(made.report, by=cast.desk, agency="dlh", text="Terbuka.", now=now + 7 * HOUR)
    steps.forget_unsent(made.report, by=cast.desk, form="dispatch")
    steps.recall(made.report, by=cast.desk, now=now + 9 * HOUR)
    assert [unsent.form for unsent in unsent_of(made.report, person_id)] == ["inform"], "called back in the open"


def test_a_cause_that_was_given_is_asked_for_again(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    steps.miss_next(now=now + 3 * DAY)
    undo(made, cast, Act.INFORM, now + 3 * DAY, late_cause="volume")
    answer = clock(made.report, Promise.ANSWER)
    assert (answer.cause, answer.kept_at) == ("", None)
    assert answer.missed_at == answer.due_at


def test_the_question_that_was_undone_may_be_asked_again(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    undo(made, cast, Act.ASK, now + HOUR)
    steps.ask(made.report, by=cast.desk, text="Di mana?", now=now + 2 * HOUR)
    assert (fresh(made.report).state, fresh(made.report).ask_count) == ("needs_info", 1)


def test_a_second_act_is_taken_back_to_the_first_and_no_further(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    steps.dispatch(made.report, by=cast.desk, agency="dlh", now=now + HOUR)
    undo(made, cast, Act.INFORM, now + HOUR + SECOND)
    assert fresh(made.report).state == "dispatched"
    assert Before.objects.filter(report=made.report).count() == 0
    with refused(WrongState, made.report):
        steps.recall(made.report, by=cast.desk, now=now + HOUR + 9 * SECOND)


class TestTime:
    @pytest.mark.parametrize("act", sorted(RECALLABLE))
    def test_ten_seconds_are_ten_seconds(self, cast: Cast, now: datetime, act: Act) -> None:
        made = make_report(now)
        do(act, made.report, by=cast.desk, now=now + HOUR)
        steps.recall(made.report, by=cast.desk, now=now + HOUR + UNDO)
        assert last(made.report).data["quiet"] is True

    @pytest.mark.parametrize("act", sorted(RECALLABLE - {Act.DISPATCH}))
    def test_after_them_only_a_dispatch_comes_back(self, cast: Cast, now: datetime, act: Act) -> None:
        made = make_report(now)
        do(act, made.report, by=cast.desk, now=now + HOUR)
        with refused(WrongState, made.report):
            steps.recall(made.report, by=cast.desk, now=now + HOUR + UNDO + SECOND)

    @pytest.mark.parametrize("act", sorted(RECALLABLE))
    def test_within_them_the_writer_alone(self, cast: Cast, now: datetime, act: Act) -> None:
        made = make_report(now)
        do(act, made.report, by=cast.desk, now=now + HOUR)
        with refused(WrongState, made.report):
            steps.recall(made.report, by=cast.actor(Role.ASSISTANT_ADMIN), now=now + HOUR + UNDO)

    @pytest.mark.parametrize(
        ("next_act", "by"),
        [(Act.START, "liaison"), (Act.NOTE, "desk"), (Act.SUPPLEMENT, "reporter"), (Act.WITHDRAW, "reporter")],
    )
    def test_not_once_something_followed(self, cast: Cast, now: datetime, next_act: Act, by: str) -> None:
        made = make_report(now)
        steps.dispatch(made.report, by=cast.desk, agency="dinas-pupr", now=now + HOUR)
        who = made.reporter if by == "reporter" else getattr(cast, by)
        do(next_act, made.report, by=who, now=now + HOUR + SECOND)
        for later in (2 * SECOND, DAY):
            with refused(WrongState, made.report):
                steps.recall(made.report, by=cast.desk, now=now + HOUR + later)

    def test_not_what_nobody_of_the_desk_did(self, cast: Cast, now: datetime) -> None:
        made = make_report(now)
        bring(made, State.DISPATCHED, cast)
        steps.inform(made.report, by=cast.liaison, text="Kami terima.", now=now + 2 * HOUR)
        with refused(WrongState, made.report):
            steps.recall(made.report, by=cast.desk, now=now + 2 * HOUR)
        restricted = make_restricted(now)
        steps.inform(restricted.report, by=cast.appointed_inspector, text="Kami baca.", now=now + HOUR)
        assert fresh(restricted.report).recallable == ""

    @pytest.mark.parametrize("state", PLAIN)
    def test_nothing_is_there_to_take_back_where_nothing_of_the_kind_was_last(
        self, cast: Cast, now: datetime, state: State
    ) -> None:
        made = make_report(now)
        report = bring(made, state, cast)
        if state in (State.DISPATCHED, State.NEEDS_INFO):
            steps.note(report, by=cast.desk, text="Catatan.", now=now + 2 * HOUR)
        with refused(WrongState, report):
            steps.recall(report, by=cast.desk, now=now + 9 * HOUR)


class TestLater:
    def dispatched(self, cast: Cast, now: datetime, agency: str = "dinas-pupr") -> Made:
        made = make_report(now, email="sari@mail.example")
        steps.dispatch(made.report, by=cast.desk, agency=agency, now=now + HOUR)
        return made

    def test_a_dispatch_comes_back_in_the_open(self, cast: Cast, now: datetime) -> None:
        made = self.dispatched(cast, now)
        verify = clock(made.report, Promise.VERIFY).due_at
        at = now + 3 * HOUR
        steps.recall(made.report, by=cast.actor(Role.ASSISTANT_ADMIN), now=at)
        report, publication = fresh(made.report), published(made.report)
        assert publication is not None
        assert (report.state, report.holder_id, last(report).data["quiet"]) == ("submitted", None, False)
        assert (clock(report, Promise.VERIFY).due_at, clock(report, Promise.VERIFY).kept_at) == (verify, None)
        assert running(report) == {"answer", "verify"}
        assert not Deadline.objects.filter(report=report, promise__in=("respond", "resolve")).exists()
        for thread in (report.thread, publication.thread):
            assert [line["act"] for line in thread["timeline"]] == ["submit", "dispatch", "recall"]
            assert thread["timeline"][-1]["by"] == thread["timeline"][1]["by"], "the desk's"
        assert (publication.title, publication.text, publication.face) == (None, None, "diterima")
        liaison = cast.person(Role.LIAISON, "dinas-pupr").email.partition("@")[0]
        assert told(report, at) == {("news", "sari@mail.example"), ("work", liaison)}

    def test_a_promise_that_was_missed_meanwhile_stays_told_and_owed_by_nobody(self, cast: Cast, now: datetime) -> None:
        made = self.dispatched(cast, now)
        at = now + 60 * DAY
        steps.miss_next(now=at - DAY)
        missed = set(made.report.deadlines.exclude(missed_at=None).values_list("promise", flat=True))
        assert {"answer", "respond"} <= missed
        notices = Notice.objects.filter(report=made.report).count()
        steps.recall(made.report, by=cast.desk, now=at)
        respond = clock(made.report, Promise.RESPOND)
        assert (respond.missed_at, respond.ended_at) == (respond.due_at, at)
        assert clock(made.report, Promise.ANSWER).missed_at == clock(made.report, Promise.ANSWER).due_at
        assert running(made.report) == {"answer", "verify"}
        assert Notice.objects.filter(report=made.report).count() > notices
        told_of = {entry["promise"] for entry in fresh(made.report).thread["promises"] if entry.get("missed")}
        assert "respond" in told_of

    def test_it_can_be_sent_elsewhere_at_once(self, cast: Cast, now: datetime) -> None:
        made = self.dispatched(cast, now)
        steps.recall(made.report, by=cast.desk, now=now + 2 * HOUR)
        steps.dispatch(made.report, by=cast.desk, agency="dlh", now=now + 3 * HOUR)
        assert running(made.report) == {"answer", "respond", "resolve"}
        assert clock(made.report, Promise.RESPOND).started_at == now + 3 * HOUR


class TestLetters:
    def test_those_of_what_can_be_undone_wait_and_no_others(self, cast: Cast, now: datetime) -> None:
        made = make_report(now, email="sari@mail.example")
        at = now + HOUR
        steps.dispatch(made.report, by=cast.desk, agency="dinas-pupr", now=at)
        waiting = list(Notice.objects.filter(report=made.report, created_at=at))
        assert {notice.template for notice in waiting} == {"news", "work"}
        assert {notice.next_try_at for notice in waiting} == {at + LETTERS_WAIT + SAFETY_NET}
        jobs = ProcrastinateJob.objects.filter(args__notice_id__in=[notice.pk for notice in waiting])
        assert all(job.scheduled_at is not None for job in jobs)
        assert len(jobs) == len(waiting)
        steps.start(made.report, by=cast.liaison, text="Kami mulai.", now=at + HOUR)
        others = Notice.objects.filter(report=made.report, created_at__in=(now, at + HOUR))
        assert {notice.next_try_at - notice.created_at for notice in others if notice.next_try_at} == {SAFETY_NET}
        jobs = ProcrastinateJob.objects.filter(args__notice_id__in=[notice.pk for notice in others])
        assert {job.scheduled_at for job in jobs} == {None}

    def test_the_receipt_with_the_code_is_never_taken_back(self, cast: Cast, now: datetime) -> None:
        made = make_report(now, email="sari@mail.example")
        steps.dispatch(made.report, by=cast.desk, agency="dinas-pupr", now=now)
        steps.recall(made.report, by=cast.desk, now=now)
        assert [notice.template for notice in Notice.objects.filter(report=made.report)] == ["received"]

    def test_a_liaisons_word_does_not_wait(self, cast: Cast, now: datetime) -> None:
        made = make_report(now, email="sari@mail.example")
        bring(made, State.DISPATCHED, cast)
        steps.inform(made.report, by=cast.liaison, text="Kami terima.", now=now + 2 * HOUR)
        notice = Notice.objects.get(report=made.report, created_at=now + 2 * HOUR)
        assert notice.next_try_at == notice.created_at + SAFETY_NET

    def test_followers_never_hear_of_what_was_undone(self, cast: Cast, now: datetime) -> None:
        made = make_report(now)
        follower = follow(made.report, by=STRANGER, email="ani@mail.example", now=now)
        made.report.followers.filter(pk=follower.pk).update(confirmed_at=now)
        undo(made, cast, Act.ARCHIVE, now + HOUR)
        (job,) = ProcrastinateJob.objects.filter(task_name="tell_followers", args__report_id=made.report.pk)
        assert job.scheduled_at is not None
        assert tell_followers(made.report.pk, job.args["event_id"], now=now + HOUR) == 0
        event = do(Act.ARCHIVE, made.report, by=cast.desk, now=now + 2 * HOUR)
        assert tell_followers(made.report.pk, event.pk, now=now + 3 * HOUR) == 1


class TestOffered:
    def acts(self, made: Made, cast: Cast, at: datetime, role: Role = Role.AGENCY_ADMIN) -> list[str]:
        acts: list[str] = staff_view(fresh(made.report), cast.actor(role), language=Language.ID, now=at)["acts"]
        return acts

    def test_only_where_it_can_be_done(self, cast: Cast, now: datetime) -> None:
        made = make_report(now)
        at = now + HOUR
        assert Act.RECALL not in self.acts(made, cast, at)
        steps.dispatch(made.report, by=cast.desk, agency="dlh", now=at)
        assert Act.RECALL in self.acts(made, cast, at + UNDO)
        assert Act.RECALL not in self.acts(made, cast, at + UNDO, Role.ASSISTANT_ADMIN)
        assert Act.RECALL in self.acts(made, cast, at + DAY, Role.ASSISTANT_ADMIN)
        steps.inform(made.report, by=cast.desk, text="Kabar.", now=at + DAY)
        assert Act.RECALL in self.acts(made, cast, at + DAY + UNDO)
        assert Act.RECALL not in self.acts(made, cast, at + DAY + UNDO + SECOND)
        assert Act.RECALL not in self.acts(made, cast, at + DAY, Role.LEADER)

    def test_it_asks_no_query(self, cast: Cast, now: datetime) -> None:
        made = make_report(now)
        steps.dispatch(made.report, by=cast.desk, agency="dlh", now=now + HOUR)
        report, desk = Report.objects.select_related("contact").get(pk=made.report.pk), cast.desk
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert Act.RECALL in possible_acts(desk, report, now=now + HOUR)
        assert len(asked) == 0


def test_to_remember_costs_one_statement(cast: Cast, now: datetime) -> None:
    counts = []
    for who in (cast.liaison, cast.desk):
        report = bring(make_report(now), State.DISPATCHED, cast)
        with CaptureQueriesContext(connection) as asked:
            steps.inform(report, by=who, text="Kabar.", now=now + 2 * HOUR)
        counts.append(len(asked))
    assert counts[1] == counts[0] + 1


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    steps.dispatch(made.report, by=cast.desk, agency="dinas-pupr", now=now)
    assert who_may(Act.RECALL, made.report, cast, made, now + HOUR) == WHOLE_DESK
    restricted = make_restricted(now)
    with refused(NotAllowed, restricted.report):
        steps.recall(restricted.report, by=cast.appointed_inspector, now=now)


def test_what_stood_before_is_forgotten_once_the_report_has_long_ended(cast: Cast, now: datetime) -> None:
    open_one, ended = make_report(now).report, make_report(now).report
    steps.dispatch(open_one, by=cast.desk, agency="dlh", now=now)
    do(Act.ARCHIVE, ended, by=cast.desk, now=now)
    steps.tidy(now=now + 30 * DAY, real_now=now)
    assert Before.objects.filter(report__in=(open_one, ended)).count() == 2
    steps.tidy(now=now + 31 * DAY, real_now=now)
    assert Before.objects.get(report__in=(open_one, ended)).report_id == open_one.pk
    steps.recall(open_one, by=cast.desk, now=now + 31 * DAY)
