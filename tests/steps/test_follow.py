"""Following a report: who counts, who says yes, who hears of news, who stops."""

from datetime import datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.cast import Cast
from tests.make import STORY, Made, bring, make_report, make_restricted
from tests.steps.seen import DAY, HOUR, do, everybody, everything_about, fresh, published, refused, who_may
from tuntas import steps
from tuntas.kit.env import env
from tuntas.kit.errors import Invalid, NotAllowed, WrongState
from tuntas.kit.words import Language
from tuntas.reports.follow_links import follow_token, follower_id_of
from tuntas.reports.models import Event, Follower, Notice, Report
from tuntas.reports.notices import letter_of
from tuntas.reports.told import staff_view, track_view
from tuntas.rules.life import Act, State
from tuntas.rules.who import STRANGER
from tuntas.steps import tell_followers

MINUTE = timedelta(minutes=1)
EVERYWHERE = sorted(set(State) - {State.UNDER_EXAMINATION, State.ARCHIVED})
ANI = "ani@mail.example"


def follow(report: Report, now: datetime, email: str = "") -> Follower:
    return steps.follow(report, by=STRANGER, email=email, now=now)


def confirmed(report: Report, now: datetime, email: str = ANI) -> Follower:
    """Follow with an address and open the link of the letter."""
    found = steps.confirm_follow(follow_token(follow(report, now, email).pk), now=now)
    assert found is not None
    return found


def count(report: Report) -> tuple[int, int]:
    """Return how many follow, as staff and as everybody reads it."""
    publication = published(report)
    return fresh(report).follower_count, -1 if publication is None else publication.followers


def letters(report: Report, template: str) -> list[Notice]:
    return list(Notice.objects.filter(report=report, template=template).order_by("pk"))


def text_of(notice: Notice) -> str:
    letter = letter_of(notice, code="", base_url="https://lapor.example", language=Language(notice.language))
    return f"{letter.subject}\n{letter.text}"


def asked_for(report: Report) -> list[int]:
    """Return the events whose news a job was asked to bring to the followers."""
    jobs = ProcrastinateJob.objects.filter(task_name="tell_followers", args__report_id=report.pk)
    return [job.args["event_id"] for job in jobs.order_by("id")]


def tell_all(report: Report, now: datetime) -> int:
    """Do the jobs that were asked for; return how many letters they wrote."""
    return sum(tell_followers(report.pk, event_id, now=now) for event_id in asked_for(report))


# Counting


@pytest.mark.parametrize("state", EVERYWHERE)
def test_everybody_is_counted_and_nothing_else_changes(cast: Cast, now: datetime, state: State) -> None:
    made = make_report(now, email="sari@mail.example")
    report = bring(made, state, cast)
    before, events, notices = published(report), Event.objects.count(), Notice.objects.count()
    assert before is not None
    for number in (1, 2):
        follow(report, now + 9 * HOUR)
        assert count(report) == (number, number)
    after, again = published(report), fresh(report)
    assert after is not None
    assert (Event.objects.count(), Notice.objects.count()) == (events, notices)
    assert (after.thread, after.updated_at) == (before.thread, before.updated_at), "no line of it in the story"
    assert (again.state, again.thread, again.updated_at) == (report.state, report.thread, report.updated_at)


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    assert who_may(Act.FOLLOW, made.report, cast, made, now) == set(everybody(cast, made))


@pytest.mark.parametrize("make", [make_restricted, lambda now: make_report(now, is_secret=True)])
def test_what_not_everybody_may_know_of_nobody_follows(cast: Cast, now: datetime, make: object) -> None:
    made: Made = make(now)  # type: ignore[operator]
    assert who_may(Act.FOLLOW, made.report, cast, made, now) == set()
    with refused(NotAllowed, made.report):
        follow(made.report, now)


def test_not_once_it_is_archived(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.ARCHIVED, cast)
    with refused(WrongState, report):
        follow(report, now)


def test_the_count_is_told_in_every_view(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    follow(made.report, now)
    report = fresh(made.report)
    assert staff_view(report, cast.desk, language=Language.ID, now=now)["followers"] == 1
    assert track_view(report, language=Language.ID, now=now)["followers"] == 1


def test_a_report_that_was_secret_for_a_while_keeps_its_followers(city: None, now: datetime) -> None:
    made = make_report(now)
    follow(made.report, now)
    steps.set_privacy(made.report, by=made.reporter, is_secret=True, now=now + HOUR)
    assert count(made.report) == (1, -1)
    steps.set_privacy(made.report, by=made.reporter, is_secret=False, now=now + 2 * HOUR)
    assert count(made.report) == (1, 1)


# With an address


@pytest.mark.parametrize("again", [ANI, "ANI@Mail.Example", f" {ANI} "])
def test_the_same_address_counts_once(city: None, now: datetime, again: str) -> None:
    report = make_report(now).report
    one = follow(report, now, ANI)
    before = everything_about(report)
    assert follow(report, now + MINUTE, again) == one
    assert everything_about(report) == before
    assert count(report) == (1, 1)


def test_the_same_address_follows_two_reports(city: None, now: datetime) -> None:
    for _ in range(2):
        report = make_report(now).report
        confirmed(report, now)
        assert count(report) == (1, 1)


@pytest.mark.parametrize("email", ["tanpa-at", "a@b", "a b@c.example", "a@c.example\nBcc: b@c.example", "\x00", "@"])
def test_an_address_must_be_one(city: None, now: datetime, email: str) -> None:
    report = make_report(now).report
    with refused(Invalid, report, "/email"):
        follow(report, now, email)
    with refused(Invalid, report, "/email"):
        follow(report, now, "a" * 250 + "@c.example")


def test_a_letter_asks_whoever_reads_it_and_again_after_an_hour_at_the_earliest(city: None, now: datetime) -> None:
    report = make_report(now).report
    follower = follow(report, now, ANI)
    (letter,) = letters(report, "follow_confirm")
    assert (letter.email, letter.language, letter.follower) == (ANI, "id", follower)
    assert f"https://lapor.example/ikut/{follow_token(follower.pk)}\n" in text_of(letter)
    follow(report, now + HOUR - MINUTE, ANI)
    assert len(letters(report, "follow_confirm")) == 1
    follow(report, now + HOUR, ANI)
    follow(report, now + HOUR + MINUTE, ANI)
    assert len(letters(report, "follow_confirm")) == 2
    steps.confirm_follow(follow_token(follower.pk), now=now + 2 * HOUR)
    follow(report, now + DAY, ANI)
    assert len(letters(report, "follow_confirm")) == 2, "who has said yes is not asked again"


def test_the_letter_speaks_the_language_of_who_asked(city: None, now: datetime) -> None:
    report = make_report(now).report
    steps.follow(report, by=STRANGER, email=ANI, language=Language.EN, now=now)
    assert text_of(letters(report, "follow_confirm")[0]).startswith(f"Follow report {report.number}?")


def test_saying_yes_twice_is_saying_it_once(city: None, now: datetime) -> None:
    follower = confirmed(make_report(now).report, now)
    again = steps.confirm_follow(follow_token(follower.pk), now=now + DAY)
    assert again is not None
    assert (again.confirmed_at, again.report.number) == (now, follower.report.number)


def test_an_address_nobody_said_yes_for_is_forgotten_and_still_counted(city: None, now: datetime) -> None:
    report = make_report(now).report
    unsure = follow(report, now, ANI)
    sure = confirmed(report, now, "budi@mail.example")
    steps.tidy(now=now + 6 * DAY, real_now=now)
    assert Follower.objects.get(pk=unsure.pk).email == ANI
    steps.tidy(now=now + 8 * DAY, real_now=now)
    assert Follower.objects.get(pk=unsure.pk).email == ""
    assert Follower.objects.get(pk=sure.pk).email == "budi@mail.example"
    assert steps.confirm_follow(follow_token(unsure.pk), now=now + 8 * DAY) is None
    assert count(report) == (2, 2)


# The links


def test_a_link_is_of_one_follower_and_nobody_else_makes_one(city: None, now: datetime) -> None:
    report = make_report(now).report
    one, two = follow(report, now, ANI), follow(report, now, "budi@mail.example")
    token = follow_token(one.pk)
    assert follower_id_of(token) == one.pk
    mac = token.partition("-")[2]
    assert len(mac) == 24
    forged = [f"{two.pk}-{mac}", f"0{token}", token[:-1], f"{token}0", token.upper(), str(one.pk), f"{one.pk}-", mac]
    forged += ["", "-", "x", "é-é", f"{one.pk}-é", "9" * 400, f"²-{mac}", "\x00", f"-{token}"]
    for text in forged:
        assert follower_id_of(text) is None, text
        assert steps.confirm_follow(text, now=now) is None
        assert steps.unfollow(text, now=now) is False
    assert not Follower.objects.exclude(confirmed_at=None).exists()
    assert count(report) == (2, 2)
    assert mac not in str(list(Follower.objects.values())), "nothing of it is stored"
    assert env().secret_key not in token


def test_who_stops_is_forgotten_with_all_letters_and_no_longer_counted(city: None, now: datetime) -> None:
    report = make_report(now).report
    follow(report, now)
    follower = confirmed(report, now)
    assert steps.unfollow(follow_token(follower.pk), now=now + HOUR) is True
    assert count(report) == (1, 1)
    assert not Notice.objects.filter(email=ANI).exists()
    assert steps.unfollow(follow_token(follower.pk), now=now + HOUR) is False
    assert steps.confirm_follow(follow_token(follower.pk), now=now + HOUR) is None
    assert count(report) == (1, 1)
    assert follow(report, now + 2 * HOUR, ANI).pk != follower.pk
    assert count(report) == (2, 2)


def test_one_can_stop_whatever_became_of_the_report(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    follower = confirmed(made.report, now)
    steps.set_privacy(made.report, by=made.reporter, is_secret=True, now=now)
    assert steps.unfollow(follow_token(follower.pk), now=now)
    assert count(made.report) == (0, -1)


# News

NEWS: list[tuple[State, Act, str]] = [
    (State.DISPATCHED, Act.START, "liaison"),
    (State.IN_PROGRESS, Act.SCHEDULE, "liaison"),
    (State.AWAITING_VALIDATION, Act.APPROVE, "validator"),
    (State.ANSWERED, Act.CLOSE, "desk"),
    (State.CLOSED, Act.REOPEN, "desk"),
    (State.SUBMITTED, Act.ARCHIVE, "desk"),
]


@pytest.mark.parametrize(("state", "act", "who"), NEWS)
def test_who_said_yes_hears_of_what_everybody_may_know(
    cast: Cast, now: datetime, state: State, act: Act, who: str
) -> None:
    report = bring(make_report(now), state, cast)
    follower = confirmed(report, now)
    follow(report, now)
    follow(report, now, "diam@mail.example")
    do(act, report, by=getattr(cast, who), now=now + 9 * HOUR)
    event = Event.objects.filter(report=report).latest("pk")
    assert asked_for(report) == [event.pk]
    assert tell_all(report, now + 9 * HOUR) == 1
    (letter,) = letters(report, "follow_news")
    assert (letter.email, letter.follower, letter.created_at) == (ANI, follower, now + 9 * HOUR)
    said = text_of(letter)
    assert f"https://lapor.example/laporan/{report.number}\n" in said
    assert f"https://lapor.example/ikut/{follow_token(follower.pk)}/berhenti\n" in said
    assert not [word for word in (*STORY.split(), act.value, "Kata untuk") if len(word) > 6 and word in said]


@pytest.mark.parametrize(("state", "act"), [(State.SUBMITTED, Act.WITHDRAW), (State.IN_PROGRESS, Act.SUPPLEMENT)])
def test_what_the_reporter_does_alone_is_not_told_to_followers(
    cast: Cast, now: datetime, state: State, act: Act
) -> None:
    made = make_report(now)
    report = bring(made, state, cast)
    confirmed(report, now)
    do(act, report, by=made.reporter, now=now + 9 * HOUR)
    do(Act.NOTE, report, by=cast.desk, now=now + 9 * HOUR)
    assert asked_for(report) == []


def test_no_job_is_asked_for_where_nobody_follows(cast: Cast, now: datetime) -> None:
    report = make_report(now).report
    do(Act.ARCHIVE, report, by=cast.desk, now=now)
    assert asked_for(report) == []


def test_nobody_hears_of_what_became_secret_meanwhile(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.DISPATCHED, cast)
    confirmed(report, now)
    do(Act.START, report, by=cast.liaison, now=now + 3 * HOUR)
    steps.set_privacy(report, by=made.reporter, is_secret=True, now=now + 3 * HOUR)
    do(Act.PROPOSE_ANSWER, report, by=cast.liaison, now=now + 4 * HOUR)
    do(Act.APPROVE, report, by=cast.validator, now=now + 5 * HOUR)
    assert len(asked_for(report)) == 1, "of a secret report no more is asked for"
    assert tell_all(report, now + 6 * HOUR) == 0
    assert letters(report, "follow_news") == []


def test_a_job_that_runs_again_tells_nobody_twice_and_one_that_comes_late_tells_nothing_older(
    cast: Cast, now: datetime
) -> None:
    report = bring(make_report(now), State.DISPATCHED, cast)
    confirmed(report, now)
    do(Act.START, report, by=cast.liaison, now=now + 3 * HOUR)
    do(Act.SCHEDULE, report, by=cast.liaison, now=now + 4 * HOUR)
    started, scheduled = asked_for(report)
    assert tell_followers(report.pk, scheduled, now=now + 5 * HOUR) == 1
    assert tell_followers(report.pk, scheduled, now=now + 5 * HOUR) == 0
    assert tell_followers(report.pk, started, now=now + 5 * HOUR) == 0
    assert tell_followers(10**12, started, now=now) == 0


def test_very_many_are_told_in_batches_and_none_is_left_out(city: None, now: datetime) -> None:
    report = make_report(now).report
    Follower.objects.bulk_create(
        Follower(report=report, email=f"a{n}@mail.example", asked_at=now, confirmed_at=now, created_at=now)
        for n in range(1003)
    )
    Follower.objects.bulk_create(Follower(report=report, created_at=now) for _ in range(3))
    assert tell_followers(report.pk, 5, now=now) == 1003
    told = [letter.email for letter in letters(report, "follow_news")]
    assert len(set(told)) == len(told) == 1003
    assert ProcrastinateJob.objects.filter(task_name="deliver").count() == 1003
    assert tell_followers(report.pk, 5, now=now) == 0
