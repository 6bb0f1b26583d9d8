"""Eight people do the same thing in the same instant; one is first, and nobody breaks anything."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import HOUR, do, fresh, photo
from tuntas import steps
from tuntas.kit.answers import Answer
from tuntas.kit.errors import Invalid, No, NotAllowed, WrongState
from tuntas.people.models import Repeat
from tuntas.publications.models import Publication
from tuntas.reports.desk_queries import last_event_of
from tuntas.reports.follow_links import follow_token
from tuntas.reports.models import Deadline, Event, File, Follower, Notice, Presence, Report, Unsent
from tuntas.rules.life import Act, State
from tuntas.rules.who import STRANGER, Actor, Role
from tuntas.steps.keep_unsent import WrittenMeanwhile
from tuntas.steps.once import once
from tuntas.steps.submit import Story
from tuntas.steps.unless_changed import Changed

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 8
T = TypeVar("T")


def at_once(what: Callable[[int], T]) -> list[T | No]:
    """Let eight threads go at the same moment; return what each did, or its refusal."""
    gate = Barrier(CROWD)

    def one(number: int) -> T | No:
        try:
            gate.wait()
            return what(number)
        except No as no:
            return no
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as pool:
        return list(pool.map(one, range(CROWD)))


CASES: list[tuple[Act, State, str]] = [
    (Act.DISPATCH, State.SUBMITTED, "desk"),
    (Act.ARCHIVE, State.SUBMITTED, "desk"),
    (Act.START, State.DISPATCHED, "liaison"),
    (Act.ACCEPT_TRANSFER, State.TRANSFER_PENDING, "other_liaison"),
    (Act.APPROVE, State.AWAITING_VALIDATION, "validator"),
    (Act.RATE, State.ANSWERED, "reporter"),
]


def _do_again(pk: int, act: Act, by: Actor, body: dict[str, int], now: datetime, number: int) -> Event:
    return do(act, Report.objects.get(pk=pk), by=by, now=now, **body)


def test_of_eight_the_same_acts_one_wins(cast: Cast, now: datetime) -> None:
    for act, state, who in CASES:
        made = make_report(now)
        report = bring(made, state, cast)
        by: Actor = made.reporter if who == "reporter" else getattr(cast, who)
        body = {"rating": 1} if act is Act.RATE else {}  # a good rating may be given again
        before = Deadline.objects.filter(report=report).count()
        got = at_once(partial(_do_again, report.pk, act, by, body, now + 9 * HOUR))
        assert sum(isinstance(one, Event) for one in got) == 1, act
        assert all(isinstance(one, (Event, WrongState, NotAllowed)) for one in got), act
        assert Event.objects.filter(report=report, act=act).count() == 1
        assert Deadline.objects.filter(report=report).count() - before <= 2
        assert fresh(report).reopen_count == (1 if act is Act.RATE else 0)
        assert fresh(report).hop_count == (1 if act is Act.ACCEPT_TRANSFER else 0)


@pytest.mark.parametrize("waited", [timedelta(seconds=5), HOUR])
def test_of_eight_who_take_back_the_same_dispatch_one_does(cast: Cast, now: datetime, waited: timedelta) -> None:
    report = make_report(now, email="sari@mail.example").report
    steps.dispatch(report, by=cast.desk, agency="dinas-pupr", now=now + HOUR)
    told = Notice.objects.filter(report=report).count()
    got = at_once(partial(_do_again, report.pk, Act.RECALL, cast.desk, {}, now + HOUR + waited))
    assert sum(isinstance(one, Event) for one in got) == 1
    assert sum(isinstance(one, WrongState) for one in got) == CROWD - 1
    assert [event.act for event in report.events.order_by("id")] == ["submit", "dispatch", "recall"]
    assert set(Deadline.objects.running().filter(report=report).values_list("promise", flat=True)) == {
        "answer",
        "verify",
    }
    # Undone, all but the receipt is gone; called back, the reporter and the liaison hear of it once.
    assert Notice.objects.filter(report=report).count() == (1 if waited < HOUR else told + 2)


@pytest.mark.parametrize("is_shared", [False, True])
def test_eight_who_keep_words_at_once_keep_one(cast: Cast, now: datetime, is_shared: bool) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)

    def keep(number: int) -> Unsent:
        fields = {"text": f"Kata {number}"}
        return steps.keep_unsent(
            report, by=cast.desk, form="propose_answer", fields=fields, is_shared=is_shared, now=now
        )

    got = at_once(keep)
    assert sum(isinstance(one, Unsent) for one in got) == (1 if is_shared else CROWD)
    assert all(isinstance(one, (Unsent, WrittenMeanwhile)) for one in got)
    assert Unsent.objects.get(report=report).version == (1 if is_shared else CROWD)


def test_of_eight_signs_of_one_person_one_is_kept(cast: Cast, now: datetime) -> None:
    report = make_report(now).report

    def look(_: int) -> None:
        steps.be_present(report, by=cast.desk, now=now)

    assert at_once(look) == [None] * CROWD
    assert Presence.objects.count() == 1


def test_of_eight_who_saw_the_same_one_is_first_and_the_others_are_shown_it(cast: Cast, now: datetime) -> None:
    report = make_report(now).report
    seen = last_event_of(report)
    by = [cast.desk, cast.actor(Role.ASSISTANT_ADMIN)]

    def send(number: int) -> Event:
        who = by[number % 2]
        do_it = partial(_do_again, report.pk, Act.INFORM, who, {}, now + HOUR, number)
        return steps.unless_changed(report, seen, do_it, by=who)

    got = at_once(send)
    done = [one for one in got if isinstance(one, Event)]
    assert len({event.by_id for event in done}) == 1, "only one of the two wrote, though perhaps several times"
    assert all(isinstance(one, (Event, Changed)) for one in got)


def test_of_eight_different_acts_each_finds_what_the_one_before_left(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    acts: list[tuple[Act, Actor]] = [
        (Act.DISPATCH, cast.desk),
        (Act.ARCHIVE, cast.desk),
        (Act.ASK, cast.desk),
        (Act.WITHDRAW, made.reporter),
        (Act.INFORM, cast.desk),
        (Act.NOTE, cast.desk),
        (Act.SET_PRIVACY, made.reporter),
        (Act.ESCALATE, cast.desk),
    ]

    def one(number: int) -> Event:
        act, by = acts[number]
        return do(act, Report.objects.get(pk=made.report.pk), by=by, now=now + HOUR)

    got = at_once(one)
    assert all(isinstance(result, (Event, WrongState)) for result in got)
    events = list(Event.objects.filter(report=made.report).order_by("id"))
    assert len(events) == 1 + sum(isinstance(result, Event) for result in got)
    for earlier, later in pairwise(events):
        assert later.frm == earlier.to
    assert events[-1].to == fresh(made.report).state


def test_a_photo_is_given_to_one_report_alone(city: None, now: datetime) -> None:
    file = photo(now)
    got = at_once(lambda n: steps.submit(Story(body=f"Laporan {n}", file_ids=[file]), by=STRANGER, now=now).report)
    (winner,) = [one for one in got if isinstance(one, Report)]
    assert all(isinstance(one, (Report, Invalid)) for one in got)
    assert File.objects.get(pk=file).report_id == winner.pk
    assert Report.objects.count() == 1, "those refused left nothing"


def test_eight_identical_requests_make_one_report_and_get_one_answer(city: None, now: datetime) -> None:
    def submit() -> Answer:
        receipt = steps.submit(Story(body="Lampu mati."), by=STRANGER, now=now)
        return Answer(201, json.dumps({"number": receipt.report.number, "code": receipt.code}).encode())

    def refuse(no: No) -> Answer:
        raise AssertionError(no)

    def one(_: int) -> Answer:
        return once("kunci", caller="1.2.3.4", path="/reports", body=b"{}", do=submit, refuse=refuse, now=now)

    got = at_once(one)
    assert len({(answer.status, answer.body) for answer in got if isinstance(answer, Answer)}) == 1
    assert all(isinstance(answer, Answer) for answer in got)
    assert (Report.objects.count(), Publication.objects.count(), Event.objects.count()) == (1, 1, 1)
    row = Repeat.objects.get()
    code = json.loads(one(0).body)["code"]
    assert code.encode() not in bytes(row.answer), "kept under a key made from the key itself"


def test_a_refusal_is_repeated_like_any_answer(city: None, now: datetime) -> None:
    tried = []

    def fail() -> Answer:
        tried.append(1)
        steps.submit(Story(body=" "), by=STRANGER, now=now)
        raise AssertionError("an empty report was taken")

    def one(_: int) -> Answer:
        return once(
            "kunci", caller="c", path="/reports", body=b"", do=fail, refuse=lambda no: Answer(422, b"kosong"), now=now
        )

    got = at_once(one)
    assert all(isinstance(answer, Answer) and answer == Answer(422, b"kosong") for answer in got)
    tries = len(tried)
    assert one(0) == Answer(422, b"kosong")
    assert len(tried) == tries
    assert (Report.objects.count(), Repeat.objects.count()) == (0, 1)


def test_one_key_is_for_one_body_one_caller_and_one_path(city: None, now: datetime) -> None:
    def ask(caller: str, path: str, body: bytes) -> Answer:
        return once(
            "kunci",
            caller=caller,
            path=path,
            body=body,
            do=lambda: Answer(200, f"{caller}{path}".encode()),
            refuse=lambda no: Answer(500, b""),
            now=now,
        )

    assert ask("a", "/x", b"1") == ask("a", "/x", b"1") == Answer(200, b"a/x")
    with pytest.raises(WrongState):
        ask("a", "/x", b"2")
    assert ask("b", "/x", b"2") == Answer(200, b"b/x")
    assert ask("a", "/y", b"2") == Answer(200, b"a/y")


def test_of_eight_who_follow_at_once_each_is_counted_and_one_address_once(city: None, now: datetime) -> None:
    report = make_report(now).report
    got = at_once(lambda n: steps.follow(report, by=STRANGER, email="ani@mail.example" if n % 2 else "", now=now))
    assert all(isinstance(one, Follower) for one in got), got
    assert Follower.objects.filter(report=report).count() == fresh(report).follower_count == 5
    assert Publication.objects.get(number=report.number).followers == 5
    token = follow_token(Follower.objects.exclude(email="").get().pk)
    stopped = at_once(lambda _: [steps.unfollow(token, now=now)])
    assert sorted(one == [True] for one in stopped) == [False] * 7 + [True]
    assert fresh(report).follower_count == 4


def test_eight_workers_at_the_same_news_write_to_nobody_twice(city: None, now: datetime) -> None:
    report = make_report(now).report
    Follower.objects.bulk_create(
        Follower(report=report, email=f"a{n}@mail.example", confirmed_at=now, created_at=now) for n in range(40)
    )
    got = at_once(lambda _: [steps.tell_followers(report.pk, 1, now=now)])
    assert sum(one[0] for one in got if isinstance(one, list)) == 40
    assert Notice.objects.filter(report=report).count() == 40


def test_numbers_are_never_given_twice(city: None, now: datetime) -> None:
    got = at_once(lambda n: [make_report(now).report.number for _ in range(5)])
    numbers = [number for one in got if isinstance(one, list) for number in one]
    assert len(numbers) == len(set(numbers)) == 5 * CROWD
