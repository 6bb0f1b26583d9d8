"""The ladder of a clock: who is reminded at which part of its time, and what it never touches."""

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import OperationalError, connection, transaction

from tests.cast import Cast
from tests.make import bring, make_report, make_restricted
from tests.steps.seen import DAY, HOUR, INSTANT, clock, fresh, last, on, published
from tuntas import steps
from tuntas.agencies.models import Agency, Ladder
from tuntas.agencies.profile import read_profile
from tuntas.agencies.profile_ladder import REMINDED
from tuntas.kit.words import Language
from tuntas.people.models import Post
from tuntas.reports.ladder_queries import Climbed, climbed_of
from tuntas.reports.models import Deadline, Event, Notice, Report
from tuntas.reports.notices import letter_of
from tuntas.rules.ladder import REMINDERS, USUAL, Hears
from tuntas.rules.life import OURS, Act, Promise, State

MINUTE = timedelta(minutes=1)
DESK = {"dewi", "hendra", "yuni", "bagas"}
CITY = {"fauzan", "bambang", "nurul"}  # the mayor and the Inspectorate
KOTA = Path(__file__).parents[2] / "profiles" / "kota-contoh"
CROWD = 8


def tick(now: datetime) -> None:
    """Do as the job does."""
    while steps.miss_next(now=now):
        pass
    while steps.climb_next(now=now):
        pass


def about(report: Report, promise: Promise = Promise.ANSWER) -> list[tuple[str, str, str]]:
    """Return every notice of a clock of the report: the template, the rung, who."""
    rows = Notice.objects.filter(report=report, about__promise=promise).order_by("id")
    return [(row.template, row.about["at"], row.email.partition("@")[0]) for row in rows]


def heard(report: Report, at: str, promise: Promise = Promise.ANSWER) -> set[str]:
    return {who for _, rung, who in about(report, promise) if rung == at}


def as_stored(report: Report) -> list[object]:
    """Return all that a reminder must not touch: the report, what happened, what is told, by when."""
    clocks = Deadline.objects.filter(report=report).order_by("id")
    publication = published(report)
    return [
        Report.objects.filter(pk=report.pk).values().get(),
        list(Event.objects.filter(report=report).values()),
        list(clocks.values("promise", "due_at", "left", "kept_at", "missed_at", "ended_at", "cause")),
        publication and publication.thread,
    ]


class TestRungs:
    def test_who_works_on_it_is_reminded_at_three_quarters_and_not_before(self, cast: Cast, now: datetime) -> None:
        report = bring(make_report(now), State.DISPATCHED, cast)
        tick(now + 36 * HOUR)
        assert about(report) == []
        tick(now + 36 * HOUR + INSTANT)
        assert about(report) == [("rung", "75%", "asep")]

    def test_until_it_is_sent_on_the_desk_works_on_it(self, city: None, now: datetime) -> None:
        report = make_report(now).report
        tick(now + 37 * HOUR)
        assert heard(report, "75%") == DESK

    def test_the_liaison_hears_at_nine_tenths_too(self, cast: Cast, now: datetime) -> None:
        report = bring(make_report(now), State.DISPATCHED, cast)
        tick(now + 44 * HOUR)
        assert about(report) == [("rung", "90%", "asep"), ("rung", "90%", "rudi")]

    def test_at_the_end_the_agencys_head_and_the_desk_hear_that_it_is_late(self, cast: Cast, now: datetime) -> None:
        report = bring(make_report(now), State.DISPATCHED, cast)
        head, office = cast.other_liaison.person_id, Agency.objects.get(slug="dinas-pupr")
        assert head is not None
        Post.objects.create(person_id=head, role="leader", agency=office)
        tick(now + 48 * HOUR)
        assert heard(report, "100%") == set(), "at the very instant it is not missed yet"
        tick(now + 48 * HOUR + INSTANT)
        assert heard(report, "100%") == DESK | {"asep", "rudi", "lina"}
        assert {template for template, at, _ in about(report) if at == "100%"} == {"late"}
        assert (fresh(report).escalation_level, fresh(report).state) == (1, "dispatched")

    def test_the_head_of_the_city_is_no_head_of_an_agency(self, cast: Cast, now: datetime) -> None:
        report = bring(make_report(now), State.DISPATCHED, cast)
        tick(now + 49 * HOUR)
        assert heard(report, "100%") == DESK | {"asep", "rudi"}

    def test_three_working_days_later_the_city_and_the_inspectorate_hear(self, city: None) -> None:
        friday = on(date(2026, 2, 6), 9)  # missed on Sunday; three working days end on Wednesday
        report, wednesday = make_report(friday).report, on(date(2026, 2, 11), 16)
        tick(on(date(2026, 2, 9), 8))
        tick(wednesday)
        assert heard(report, "+3 working_days") == set()
        tick(wednesday + INSTANT)
        assert heard(report, "+3 working_days") == CITY
        assert fresh(report).escalation_level == 2
        assert clock(report, Promise.ANSWER).rung_at is None, "there is nothing above"

    def test_each_rung_is_told_once_however_often_the_job_looks(self, cast: Cast, now: datetime) -> None:
        report = bring(make_report(now), State.DISPATCHED, cast)
        for hour in range(30, 60):
            tick(now + hour * HOUR)
            tick(now + hour * HOUR)
        seen = about(report)
        assert len(seen) == len(set(seen)) == 1 + 2 + 6

    def test_what_passed_while_nobody_looked_is_told_once_and_the_highest(self, city: None, now: datetime) -> None:
        report = make_report(now).report
        tick(now + 60 * DAY)
        seen = about(report)
        assert {(template, at) for template, at, _ in seen} == {("rung_beyond", "+3 working_days")}
        assert sorted(who for *_, who in seen) == sorted(DESK | CITY)

    def test_a_promise_is_told_to_who_has_to_keep_it(self, cast: Cast, now: datetime) -> None:
        for state, promise, who in (
            (State.TRANSFER_PENDING, Promise.TRANSFER, "lina"),
            (State.AWAITING_VALIDATION, Promise.VALIDATE, "ratna"),
            (State.SCHEDULED, Promise.SCHEDULED, "asep"),
        ):
            report = bring(make_report(now), state, cast)
            at = clock(report, promise).rung_at
            assert at is not None
            tick(at + INSTANT)
            assert heard(report, "75%", promise) == {who}, promise

    def test_of_a_sealed_report_only_those_hear_who_may_open_it(self, city: None, now: datetime) -> None:
        report = make_restricted(now).report
        tick(now + 30 * DAY)
        told = {who for *_, who in about(report)}
        assert {"bambang", "nurul"} <= told
        assert not told & {"dewi", "yuni", "bagas", "fauzan"}
        assert (fresh(report).escalation_level, last(report).is_sealed) == (2, True)

    def test_of_windows_those_climb_at_whose_end_the_system_acts(self, cast: Cast, now: datetime) -> None:
        bring(make_report(now), State.ANSWERED, cast)
        bring(make_report(now), State.ARCHIVED, cast)
        for deadline in Deadline.objects.all():
            assert (deadline.ladder_id is not None) == (Promise(deadline.promise) in {*OURS, *REMINDED})


class TestWindows:
    def test_the_reporter_is_reminded_three_days_and_one_day_before_a_window_ends(
        self, cast: Cast, now: datetime
    ) -> None:
        report = bring(make_report(now, email="ana@contoh.example"), State.ANSWERED, cast)
        window = clock(report, Promise.REPORTER_WINDOW)
        assert window.due_at is not None
        steps_ = {window.due_at - 3 * DAY: 0, window.due_at - 3 * DAY + INSTANT: 1, window.due_at - DAY + INSTANT: 2}
        for at, n in steps_.items():
            tick(at)
            told = Notice.objects.filter(report=report, template="window_to_rate")
            assert list(told.values_list("email", flat=True)) == ["ana@contoh.example"] * n
        until = window.due_at.astimezone(ZoneInfo("Asia/Jakarta"))
        letter = letter_of(told[0], code="", base_url="https://x.example", language=Language.ID)
        assert f"{until:%d-%m-%Y}" in letter.text
        assert fresh(report).escalation_level == 0

    def test_of_what_was_asked_too_and_who_left_no_address_is_not(self, cast: Cast, now: datetime) -> None:
        asked = bring(make_report(now, email="ana@contoh.example"), State.NEEDS_INFO, cast)
        silent = bring(make_report(now), State.NEEDS_INFO, cast)
        end = clock(asked, Promise.NEEDS_INFO_WINDOW).due_at
        assert end is not None
        tick(end - INSTANT)
        told = Notice.objects.filter(template="window_to_complete")
        assert [notice.report_id for notice in told] == [asked.pk], "two rungs at once are told once"
        assert clock(asked, Promise.NEEDS_INFO_WINDOW).heard == "reporter"
        assert clock(silent, Promise.NEEDS_INFO_WINDOW).heard == ""
        assert fresh(silent).state == State.NEEDS_INFO

    def test_who_has_answered_in_time_hears_nothing_more(self, cast: Cast, now: datetime) -> None:
        made = make_report(now, email="ana@contoh.example")
        report = bring(made, State.ANSWERED, cast)
        end = clock(report, Promise.REPORTER_WINDOW).due_at
        assert end is not None
        steps.rate(report, by=made.reporter, rating=4, now=end - 4 * DAY)
        tick(end)
        assert not Notice.objects.filter(template="window_to_rate").exists()

    def test_a_window_shorter_than_its_reminders_is_not_reminded_of_at_once(
        self, cast: Cast, now: datetime, tmp_path: Path
    ) -> None:
        folder = shutil.copytree(KOTA, tmp_path / "kota")
        promises = (folder / "promises.toml").read_text()
        head, _, tail = promises.partition('name = "reporter_window"\nlength = 10\nunit = "working_days"')
        (folder / "promises.toml").write_text(f'{head}name = "reporter_window"\nlength = 2\nunit = "days"{tail}')
        steps.load_profile(read_profile(folder))
        window = clock(bring(make_report(now), State.ANSWERED, cast), Promise.REPORTER_WINDOW)
        assert window.due_at is not None
        assert (window.rung, window.rung_at) == (1, window.due_at - DAY)


class TestNothingElse:
    def test_a_reminder_touches_nothing_but_the_clocks_own_rung(self, cast: Cast, now: datetime) -> None:
        report = bring(make_report(now), State.DISPATCHED, cast)
        before = as_stored(report)
        tick(now + 47 * HOUR)
        assert as_stored(report) == before
        assert about(report) != []

    def test_a_level_is_one_line_for_the_staff_and_none_for_the_reporter(self, cast: Cast, now: datetime) -> None:
        report = bring(make_report(now), State.DISPATCHED, cast)
        while steps.miss_next(now=now + 49 * HOUR):
            pass
        before, events = fresh(report), report.events.count()
        notices = Notice.objects.filter(report=report, template="work").count()
        steps.climb_next(now=now + 49 * HOUR)
        event = last(report)
        assert report.events.count() == events + 1
        assert (event.act, event.voice, event.by_id, event.frm, event.to) == (
            Act.ESCALATE,
            "system",
            None,
            "dispatched",
            "dispatched",
        )
        assert (event.data, event.text) == ({"level": 1}, "Janji “dijawab petugas” sudah lewat batas waktunya.")
        assert fresh(report).thread == before.thread
        assert Notice.objects.filter(report=report, template="work").count() == notices, "the rung told already"

    def test_a_level_never_falls(self, cast: Cast, now: datetime) -> None:
        report = bring(make_report(now), State.DISPATCHED, cast)
        steps.escalate(report, by=cast.desk, level=3, text="Wali kota bertanya.", now=now + 2 * HOUR)
        tick(now + 90 * DAY)
        assert fresh(report).escalation_level == 3
        assert Event.objects.filter(report=report, act=Act.ESCALATE).count() == 1

    def test_what_was_kept_climbs_no_further(self, cast: Cast, now: datetime) -> None:
        report = make_report(now).report
        tick(now + 37 * HOUR)
        steps.inform(report, by=cast.desk, text="PUPR yang pegang.", now=now + 38 * HOUR)
        answer = clock(report, Promise.ANSWER)
        assert (answer.rung, answer.rung_at) == (1, None)
        tick(now + 90 * DAY)
        assert heard(report, "100%") == set()


class TestPaused:
    def test_a_clock_that_stands_climbs_nothing_and_goes_on_where_it_was(self, cast: Cast, now: datetime) -> None:
        made = make_report(now)
        steps.ask(made.report, by=cast.desk, text="Di mana?", now=now + 30 * HOUR)
        assert clock(made.report, Promise.ANSWER).rung_at is None
        tick(now + 70 * HOUR)
        assert about(made.report) == []
        steps.complete(made.report, by=made.reporter, text="Di sini.", now=now + 72 * HOUR)
        assert clock(made.report, Promise.ANSWER).rung_at == now + 78 * HOUR, "six of 36 hours were to go"
        tick(now + 78 * HOUR + INSTANT)
        assert heard(made.report, "75%") == DESK
        assert clock(made.report, Promise.ANSWER).rung_at == now + 72 * HOUR + timedelta(hours=13.2)

    def test_working_time_before_the_pause_counts_and_holidays_do_not(self, cast: Cast) -> None:
        made = make_report(on(date(2026, 3, 16), 16))  # due on the 26th: the 17th, 25th and 26th are open
        steps.ask(made.report, by=cast.desk, text="Di mana?", now=on(date(2026, 3, 17), 16))
        steps.complete(made.report, by=made.reporter, text="Di sini.", now=on(date(2026, 3, 20), 9))  # Nyepi, Lebaran
        assert clock(made.report, Promise.VERIFY).due_at == on(date(2026, 3, 26), 16)
        # Of 25.5 hours 19.125 are over two and a quarter days in.
        assert clock(made.report, Promise.VERIFY).rung_at == on(date(2026, 3, 26), 7, 30) + timedelta(hours=2.125)

    def test_what_is_taken_back_climbs_as_before(self, cast: Cast, now: datetime) -> None:
        report = make_report(now).report
        before = clock(report, Promise.VERIFY)
        steps.dispatch(report, by=cast.desk, agency="dinas-pupr", now=now + HOUR)
        assert clock(report, Promise.VERIFY).rung_at is None
        steps.recall(report, by=cast.desk, now=now + HOUR + timedelta(seconds=5))
        assert (clock(report, Promise.VERIFY).rung_at, before.rung_at is None) == (before.rung_at, False)


class TestProfile:
    def test_another_ladder_counts_for_new_clocks_alone(self, cast: Cast, now: datetime, tmp_path: Path) -> None:
        old = make_report(now).report
        folder = shutil.copytree(KOTA, tmp_path / "kota")
        ladder = folder / "ladder.toml"
        ladder.write_text('[[rung]]\nat = "50%"\ntells = ["inspectorate"]\n[[rung]]\nat = "100%"\ntells = ["desk"]\n')
        steps.load_profile(read_profile(folder))
        new = make_report(now).report
        tick(now + 25 * HOUR)
        assert (heard(old, "50%"), heard(new, "50%")) == (set(), {"bambang", "nurul"})
        tick(now + 37 * HOUR)
        assert (heard(old, "75%"), heard(new, "75%")) == (DESK, set())

    def test_a_ladder_is_kept_once_and_taken_up_again(self, city: None, tmp_path: Path) -> None:
        first = set(Ladder.objects.filter(is_active=True).values_list("pk", flat=True))
        steps.load_profile(read_profile(KOTA))
        assert set(Ladder.objects.values_list("pk", flat=True)) == first
        assert {ladder.promise for ladder in Ladder.objects.all()} == {promise.value for promise in {*OURS, *REMINDED}}
        folder = shutil.copytree(KOTA, tmp_path / "kota")
        own = '\n[[rung]]\nat = "100%"\ntells = ["desk"]\npromises = ["verify"]\n'
        (folder / "ladder.toml").write_text((folder / "ladder.toml").read_text() + own)
        steps.load_profile(read_profile(folder))
        assert Ladder.objects.count() == len(first) + 1
        assert len(Ladder.objects.get(promise="verify", is_active=True).rungs) == 1
        steps.load_profile(read_profile(KOTA))
        assert set(Ladder.objects.filter(is_active=True).values_list("pk", flat=True)) == first

    def test_without_a_file_the_usual_ladder_stands(self, city: None, tmp_path: Path) -> None:
        folder = shutil.copytree(KOTA, tmp_path / "kota")
        (folder / "ladder.toml").unlink()
        steps.load_profile(read_profile(folder))
        usual = {True: [rung.as_data() for rung in USUAL], False: [rung.as_data() for rung in REMINDERS]}
        for ladder in Ladder.objects.filter(is_active=True):
            assert ladder.rungs == usual[Promise(ladder.promise) in OURS]

    def test_a_clock_older_than_ladders_is_told_of_when_it_is_missed(self, cast: Cast, now: datetime) -> None:
        report = bring(make_report(now), State.DISPATCHED, cast)
        Deadline.objects.update(ladder=None, whole=None, rung_at=None)
        tick(now + 49 * HOUR)
        told = Notice.objects.filter(report=report, template="late").values_list("email", flat=True)
        assert sorted(email.partition("@")[0] for email in told) == sorted(DESK | {"rudi"})


class TestWords:
    @pytest.mark.parametrize(
        ("hours", "said"),
        [
            (37, "75 % waktu sudah lewat untuk janji “dijawab petugas”"),
            (44, "90 % waktu sudah lewat untuk janji “dijawab petugas”"),
            (49, "melewati batas waktunya"),
            (24 * 20, "sudah terlambat 3 hari kerja untuk janji “dijawab petugas”"),
        ],
    )
    def test_a_letter_says_how_far_it_is_and_no_word_of_the_report(
        self, city: None, now: datetime, hours: int, said: str
    ) -> None:
        report = make_report(now).report
        tick(now + hours * HOUR)
        notice = Notice.objects.filter(report=report, about__promise="answer").order_by("-id")[0]
        for language in Language:
            letter = letter_of(notice, code="", base_url="https://t.example", language=language)
            assert report.number is not None
            assert report.number in letter.text
            assert report.number in letter.subject
            assert "berlubang" not in letter.text + letter.subject
            assert "{" not in letter.text + letter.subject
        text = letter_of(notice, code="", base_url="https://t.example", language=Language.ID).text
        assert said in text

    def test_the_case_knows_how_far_each_clock_is(self, cast: Cast, now: datetime) -> None:
        report = bring(make_report(now), State.DISPATCHED, cast)
        assert list(climbed_of(report)) == []
        tick(now + 44 * HOUR)
        assert Climbed(Promise.ANSWER, USUAL[1], now + 44 * HOUR, USUAL[1].tells) in list(climbed_of(report))

    def test_it_names_nobody_who_was_not_told(self, city: None, now: datetime) -> None:
        report = make_report(now).report
        tick(now + 49 * HOUR)
        answer = next(climbed for climbed in climbed_of(report) if climbed.promise is Promise.ANSWER)
        assert answer.heard == (Hears.HANDLER, Hears.DESK), "no agency holds it: no liaison, no head"


@pytest.mark.django_db(transaction=True)
def test_eight_race_one_is_killed_and_each_rung_is_told_once(cast: Cast, now: datetime) -> None:
    reports = [make_report(now + n * MINUTE).report for n in range(40)]
    offices = [bring(make_report(now), State.DISPATCHED, cast) for _ in range(3)]
    late = now + 37 * HOUR
    due = Deadline.objects.to_climb(late).count()
    assert due >= len(reports) + len(offices)
    holds = threading.Event()

    def drain(number: int) -> int:
        done = 0
        try:
            if number == 0:
                with pytest.raises(OperationalError):
                    climb_and_die(late, holds)
                connection.close()
            holds.wait()
            while climbed := steps.climb_next(now=late, most=3):
                done += climbed
            return done
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as pool:
        done = sum(pool.map(drain, range(CROWD)))
    while climbed := steps.climb_next(now=late):  # what a sleeper held while all others looked away
        done += climbed
    assert done == due
    assert not Deadline.objects.to_climb(late).exists()
    assert all(sorted(about(report)) == sorted(("rung", "75%", who) for who in DESK) for report in reports)
    assert all(about(report) == [("rung", "75%", "asep")] for report in offices)


def climb_and_die(late: datetime, holds: threading.Event) -> None:
    """Climb, let the others race for the rest, and lose the connection before the end, as a killed worker does."""
    with transaction.atomic():
        assert steps.climb_next(now=late, most=5) == 5
        holds.set()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
