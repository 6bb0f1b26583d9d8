"""Promises kept and missed, to the minute, over nights, weekends, joint leave and the turn of the year."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import DAY, HOUR, INSTANT, clock, fresh, last, on, published, running, told
from tuntas import steps
from tuntas.kit.words import Language
from tuntas.publications.queries import public_view
from tuntas.reports.models import Deadline, Event, Notice, Report
from tuntas.reports.told import promises_of
from tuntas.rules.life import Promise, State

MINUTE = timedelta(minutes=1)
STARTS = {
    "a plain Tuesday": on(date(2026, 2, 3), 10),
    "before midnight": on(date(2026, 2, 3), 23, 59),
    "a Friday evening": on(date(2026, 3, 6), 18),
    "the eve of Nyepi and Lebaran": on(date(2026, 3, 18), 8),
    "Lebaran itself": on(date(2026, 3, 21), 5),
    "the last hours of the year": on(date(2026, 12, 31), 22),
    "the leap day": on(date(2028, 2, 28), 12),
}
DESK = {"dewi", "hendra", "yuni", "bagas"}


def miss_all(now: datetime) -> int:
    done = 0
    while marked := steps.miss_next(now=now):
        done += marked
    return done


def climb_all(now: datetime) -> None:
    while steps.climb_next(now=now):
        pass


def state_of(report: Report, promise: Promise, now: datetime) -> str:
    return next(str(p["state"]) for p in promises_of(fresh(report), now) if p["promise"] == promise)


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
class TestTwoTimesTwentyFourHours:
    def test_it_is_kept_after_47_hours_59(self, cast: Cast, start: datetime) -> None:
        report = make_report(start).report
        at = start + 48 * HOUR - MINUTE
        miss_all(at)
        steps.inform(report, by=cast.desk, text="PUPR yang pegang.", now=at)
        miss_all(start + 100 * HOUR)
        answer = clock(report, Promise.ANSWER)
        assert (answer.kept_at, answer.missed_at, answer.due_at) == (at, None, start + 48 * HOUR)
        assert state_of(report, Promise.ANSWER, start + 100 * HOUR) == "kept"

    def test_it_is_missed_after_48_hours_01(self, cast: Cast, start: datetime) -> None:
        report = make_report(start).report
        at = start + 48 * HOUR + MINUTE
        assert state_of(report, Promise.ANSWER, at) == "missed", "told at once, before any job"
        assert miss_all(at) >= 1
        assert clock(report, Promise.ANSWER).missed_at == start + 48 * HOUR
        steps.inform(report, by=cast.desk, text="Maaf, baru sekarang.", late_cause="staff", now=at)
        assert state_of(report, Promise.ANSWER, at) == "missed"
        assert clock(report, Promise.ANSWER).kept_at == at


def test_at_the_very_instant_it_is_not_missed_yet(city: None, now: datetime) -> None:
    report = make_report(now).report
    assert (miss_all(now + 48 * HOUR), state_of(report, Promise.ANSWER, now + 48 * HOUR)) == (0, "running")
    assert miss_all(now + 48 * HOUR + INSTANT) == 1


class TestWorkingDays:
    @pytest.mark.parametrize(
        ("received", "due"),
        [
            (on(date(2026, 2, 3), 10), on(date(2026, 2, 6), 16)),  # Tuesday to Friday
            (on(date(2026, 3, 6), 10), on(date(2026, 3, 11), 16)),  # over a weekend
            (on(date(2026, 3, 7), 10), on(date(2026, 3, 11), 16)),  # received on a Saturday
            (on(date(2026, 3, 17), 10), on(date(2026, 3, 27), 16)),  # 18 to 24 March: Nyepi, Lebaran, joint leave
            (on(date(2026, 3, 17), 23, 59), on(date(2026, 3, 27), 16)),
            (on(date(2026, 3, 18), 0, 1), on(date(2026, 3, 27), 16)),
            (
                on(date(2026, 12, 30), 10),
                on(date(2027, 1, 6), 16),
            ),  # New Year's Day, a weekend, and Isra Mikraj on the 5th
        ],
        ids=str,
    )
    def test_the_desk_has_three_of_them(self, city: None, received: datetime, due: datetime) -> None:
        report = make_report(received).report
        assert clock(report, Promise.VERIFY).due_at == due
        miss_all(due)
        assert clock(report, Promise.VERIFY).missed_at is None
        miss_all(due + MINUTE)
        assert clock(report, Promise.VERIFY).missed_at == due

    def test_they_count_by_the_calendar_of_the_agency_that_has_to_keep_them(self, cast: Cast) -> None:
        friday = on(date(2026, 2, 6), 9)
        ends = []
        for agency in ("dinkes", "puskesmas-tegalsari"):  # the puskesmas works on Saturdays, until two
            report = make_report(friday).report
            steps.dispatch(report, by=cast.desk, agency=agency, now=friday)
            ends.append(clock(report, Promise.RESPOND).due_at)
        assert ends == [on(date(2026, 2, 13), 16), on(date(2026, 2, 12), 14)]


class TestPaused:
    def test_the_clock_stands_while_the_reporter_is_asked(self, cast: Cast, now: datetime) -> None:
        made = make_report(now)
        report = made.report
        steps.ask(report, by=cast.desk, text="Di mana?", now=now + 47 * HOUR)
        assert state_of(report, Promise.ANSWER, now + 60 * HOUR) == "paused"
        miss_all(now + 60 * HOUR)
        steps.complete(report, by=made.reporter, text="Di sini.", now=now + 72 * HOUR)
        answer = clock(report, Promise.ANSWER)
        assert (answer.due_at, answer.left, answer.missed_at) == (now + 73 * HOUR, None, None)
        miss_all(now + 73 * HOUR)
        assert state_of(report, Promise.ANSWER, now + 73 * HOUR) == "running"
        miss_all(now + 73 * HOUR + MINUTE)
        assert clock(report, Promise.ANSWER).missed_at == now + 73 * HOUR

    def test_working_time_left_is_working_time_again_across_joint_leave(self, cast: Cast) -> None:
        tuesday = on(date(2026, 3, 17), 9)  # due on the 27th at four: three working days and the rest of today
        made = make_report(tuesday)
        asked, done = on(date(2026, 3, 25), 8, 30), on(date(2026, 3, 30), 12)
        steps.ask(made.report, by=cast.desk, text="Di mana?", now=asked)
        left = clock(made.report, Promise.VERIFY).left
        assert left == timedelta(hours=7.5 + 8.5 + 8.5)
        steps.complete(made.report, by=made.reporter, text="Di sini.", now=done)
        # Monday 4 h, Tuesday and Wednesday 8.5 h each, and 3.5 h of Thursday
        assert clock(made.report, Promise.VERIFY).due_at == on(date(2026, 4, 2), 11)

    def test_one_that_ran_out_before_the_question_stays_missed(self, cast: Cast, now: datetime) -> None:
        made = make_report(now)
        steps.ask(made.report, by=cast.desk, text="Di mana?", now=now + 50 * HOUR)  # no job has marked it
        assert clock(made.report, Promise.ANSWER).missed_at == now + 48 * HOUR
        assert state_of(made.report, Promise.ANSWER, now + 51 * HOUR) == "missed"
        steps.complete(made.report, by=made.reporter, text="Di sini.", now=now + 60 * HOUR)
        miss_all(now + 61 * HOUR)
        assert clock(made.report, Promise.ANSWER).missed_at == now + 48 * HOUR


class TestTold:
    def test_holder_and_desk_hear_of_it_once(self, cast: Cast, now: datetime) -> None:
        report = bring(make_report(now, email="sari@mail.example"), State.DISPATCHED, cast)
        late = now + 48 * HOUR + MINUTE
        for minutes in range(5):
            miss_all(late + minutes * MINUTE)
            climb_all(late + minutes * MINUTE)
        assert told(report, late) == {("late", name) for name in DESK | {"rudi", "asep"}}
        assert Notice.objects.filter(report=report, template="late").count() == 6

    def test_everybody_sees_it(self, city: None, now: datetime) -> None:
        report = make_report(now).report
        publication = published(report)
        assert publication is not None
        for at, state in ((now + 48 * HOUR, "running"), (now + 48 * HOUR + MINUTE, "missed")):
            view = public_view(publication, language=Language.ID, now=at)
            answer = {"promise": "answer", "due_at": now + 48 * HOUR, "state": state, "length": [48, "hours"]}
            assert answer in view["promises"]
        miss_all(now + 48 * HOUR + MINUTE)
        publication = published(report)
        assert publication is not None
        assert publication.thread["promises"][0]["missed"] is True

    def test_missing_changes_no_state_and_writes_no_event(self, city: None, now: datetime) -> None:
        report = make_report(now).report
        miss_all(now + 30 * DAY)
        assert (fresh(report).state, Event.objects.filter(report=report).count()) == ("submitted", 1)

    def test_many_are_marked_in_the_order_they_ran_out(self, city: None, now: datetime) -> None:
        reports = [make_report(now + n * MINUTE).report for n in (2, 0, 1)]
        assert steps.miss_next(now=now + 49 * HOUR, most=2) == 2
        marked = [clock(report, Promise.ANSWER).missed_at is not None for report in reports]
        assert marked == [False, True, True]


class TestWindows:
    def test_an_unanswered_question_archives_by_itself(self, cast: Cast, now: datetime) -> None:
        made = make_report(now, email="sari@mail.example")
        report = bring(made, State.NEEDS_INFO, cast)
        end = clock(report, Promise.NEEDS_INFO_WINDOW).due_at
        assert end == on(date(2026, 3, 27), 16)  # ten working days over Lebaran
        miss_all(end)
        assert fresh(report).state == "needs_info"
        miss_all(end + MINUTE)
        report, event = fresh(report), last(report)
        assert (report.state, report.reason_code, report.asked_from) == ("archived", "info_not_completed", "")
        assert (event.voice, event.by_id, event.at) == ("system", None, end + MINUTE)
        assert "keberatan" in event.text
        assert running(report) == {Promise.APPEAL_WINDOW}
        assert clock(report, Promise.ANSWER).kept_at is None, "a machine keeps no promise to answer"
        assert told(report, end) == {("not_handled", "sari@mail.example")}, "nobody here was late"
        steps.appeal(report, by=made.reporter, text="Saya di luar kota.", now=end + DAY)

    def test_it_speaks_the_reporters_language(self, cast: Cast, now: datetime) -> None:
        report = bring(make_report(now), State.NEEDS_INFO, cast)
        Report.objects.filter(pk=report.pk).update(language="en")
        miss_all(now + 60 * DAY)
        assert "You can appeal" in last(report).text

    def test_an_unrated_answer_closes_by_itself_and_is_not_called_fixed(self, cast: Cast, now: datetime) -> None:
        made = make_report(now, email="sari@mail.example")
        report = bring(made, State.ANSWERED, cast)
        end = clock(report, Promise.REPORTER_WINDOW).due_at
        assert end is not None
        miss_all(end)
        assert fresh(report).state == "answered"
        miss_all(end + MINUTE)
        report = fresh(report)
        assert (report.state, report.closed_by, report.close_outcome) == ("closed", "system", "no_reply_from_reporter")
        assert running(report) == {Promise.REOPEN_WINDOW}
        assert told(report, end) == {("done", "sari@mail.example")}
        steps.rate(report, by=made.reporter, rating=1, now=end + 29 * DAY)
        assert fresh(report).state == "in_progress"

    def test_an_answer_in_question_closes_once_its_window_ran_out_though_nobody_looked(
        self, cast: Cast, now: datetime
    ) -> None:
        """The window ended, the job was late, the desk asked in between: it must still come to an end."""
        made = make_report(now)
        report = bring(made, State.ANSWERED, cast)
        end = clock(report, Promise.REPORTER_WINDOW).due_at
        assert end is not None
        steps.ask(report, by=cast.desk, text="Sudah lihat?", now=end + MINUTE)
        steps.complete(report, by=made.reporter, text="Sudah.", now=end + HOUR)
        miss_all(end + 60 * DAY)
        assert fresh(report).state == "closed"

    @pytest.mark.parametrize("state", [State.ARCHIVED, State.CLOSED])
    def test_the_end_of_a_reporters_right_changes_nothing_and_alarms_nobody(
        self, cast: Cast, now: datetime, state: State
    ) -> None:
        report = bring(make_report(now, email="sari@mail.example"), state, cast)
        events = Event.objects.filter(report=report).count()
        assert miss_all(now + 90 * DAY) >= 1
        assert (fresh(report).state, Event.objects.filter(report=report).count()) == (state, events)
        assert told(report, now + 6 * HOUR) == set()


class TestAClockMovedBack:
    def test_does_not_unmiss(self, cast: Cast, now: datetime) -> None:
        report = make_report(now).report
        miss_all(now + 49 * HOUR)
        assert miss_all(now - 10 * DAY) == 0
        assert state_of(report, Promise.ANSWER, now - 10 * DAY) == "missed"
        steps.inform(report, by=cast.desk, text="Kabar.", late_cause="system", now=now + HOUR)
        answer = clock(report, Promise.ANSWER)
        assert (answer.missed_at, answer.kept_at) == (now + 48 * HOUR, now + 48 * HOUR + INSTANT)

    @pytest.mark.parametrize("state", sorted(set(State) - {State.UNDER_EXAMINATION}))
    def test_breaks_no_act(self, cast: Cast, now: datetime, state: State) -> None:
        made = make_report(now)
        report = bring(made, state, cast)
        past = now - 400 * DAY
        steps.note(report, by=cast.desk, text="Jam mundur.", now=past)
        if state in (State.CLOSED, State.ARCHIVED):
            return
        steps.inform(report, by=cast.desk, text="Jam mundur.", now=past)
        if state is not State.NEEDS_INFO:
            steps.ask(report, by=cast.desk, text="Jam mundur?", now=past)
        steps.complete(report, by=made.reporter, text="Ya.", now=past - DAY)
        assert fresh(report).state == (State.SUBMITTED if state is State.NEEDS_INFO else state)
        steps.withdraw(report, by=made.reporter, text="Sudah.", now=past - 2 * DAY)
        promises_of(fresh(report), past)

    def test_lets_everything_go_on_when_it_is_right_again(self, cast: Cast, now: datetime) -> None:
        report = make_report(now).report
        steps.dispatch(report, by=cast.desk, agency="dlh", now=now - 3 * DAY)
        steps.start(report, by=cast.other_liaison, text="Mulai.", now=now + HOUR)
        assert clock(report, Promise.ANSWER).kept_at == now + HOUR


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_miss_each_promise_once(cast: Cast, now: datetime) -> None:
    reports = [make_report(now + n * MINUTE).report for n in range(12)]
    dispatched = bring(make_report(now), State.DISPATCHED, cast)
    asked = bring(make_report(now), State.NEEDS_INFO, cast)
    late = datetime(2026, 3, 30, tzinfo=UTC)
    owed = Deadline.objects.to_miss(late).count()

    def drain(_: int) -> int:
        done = 0
        try:
            while marked := steps.miss_next(now=late, most=3):
                done += marked
            return done
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        done = sum(pool.map(drain, range(8)))
    done += miss_all(late)  # what a sleeper held while all others looked away
    assert done == owed
    assert not Deadline.objects.to_miss(late).exists()
    assert all(clock(report, Promise.ANSWER).missed_at is not None for report in [*reports, dispatched])
    assert fresh(asked).state == "archived"
    assert Event.objects.filter(report=asked, act="archive").count() == 1
