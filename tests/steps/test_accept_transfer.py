"""Taking over a report that was offered."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import DESK_ADMINS, HOUR, clock, fresh, last, published, refused, running, told, who_may
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.errors import NotAllowed, WrongState
from tuntas.rules.life import Act, Promise, State


def test_the_new_agency_holds_it_and_owes_what_was_owed(cast: Cast, now: datetime) -> None:
    made = make_report(now, email="sari@mail.example")
    report = bring(made, State.TRANSFER_PENDING, cast)
    owed = {c.promise: (c.pk, c.due_at) for c in report.deadlines.running() if c.promise != Promise.TRANSFER}
    steps.accept_transfer(report, by=cast.other_liaison, now=now + 3 * HOUR)
    report, event = fresh(report), last(report)
    assert (report.state, installation().slug_of(report.holder_id), report.offered_to_id) == ("dispatched", "dlh", None)
    assert (report.hop_count, report.transferred_from) == (1, "")
    assert {c.promise: (c.pk, c.due_at) for c in report.deadlines.running()} == owed, "the clock is not restarted"
    assert clock(report, Promise.TRANSFER).kept_at == now + 3 * HOUR
    assert (event.voice, installation().slug_of(event.agency_id)) == ("agency", "dlh")
    assert told(report, now + 3 * HOUR) == {("news", "sari@mail.example")} | {
        ("work", name) for name in ("dewi", "hendra", "yuni", "bagas")
    }
    publication = published(report)
    assert publication is not None
    assert (publication.agency, publication.holder, publication.face) == ("dlh", "dlh", "diteruskan")


def test_the_sender_no_longer_has_it(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.TRANSFER_PENDING, cast)
    steps.accept_transfer(report, by=cast.other_liaison, now=now + 3 * HOUR)
    with refused(NotAllowed, report):
        steps.start(report, by=cast.liaison, text="Mulai.", now=now + 4 * HOUR)
    assert not type(report).objects.visible_to(cast.liaison).filter(pk=report.pk).exists()
    steps.start(report, by=cast.other_liaison, text="Mulai.", now=now + 4 * HOUR)


def test_back_at_the_desk_it_waits_to_be_sent_on_with_its_work_clock_running(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.DISPATCHED, cast)
    resolve = clock(report, Promise.RESOLVE)
    steps.transfer(report, by=cast.liaison, agency=None, reason_code="wrong_agency", text="Salah.", now=now + 2 * HOUR)
    steps.accept_transfer(report, by=cast.desk, now=now + 3 * HOUR)
    report = fresh(report)
    assert (report.state, report.holder_id, report.hop_count) == ("submitted", None, 1)
    assert running(report) == {Promise.ANSWER, Promise.RESOLVE, Promise.VERIFY}
    assert clock(report, Promise.RESOLVE).due_at == resolve.due_at
    assert clock(report, Promise.VERIFY).started_at == now + 3 * HOUR
    publication = published(report)
    assert publication is not None
    assert (publication.agency, publication.holder) == ("", "diskominfo")
    assert publication.text is not None, "what was let out stays out"


def test_each_hop_is_counted(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.TRANSFER_PENDING, cast)
    steps.accept_transfer(report, by=cast.other_liaison, now=now + 3 * HOUR)
    steps.transfer(
        report,
        by=cast.other_liaison,
        agency="dinas-pupr",
        reason_code="other",
        text="Kembali.",
        is_again=True,
        now=now + 4 * HOUR,
    )
    steps.accept_transfer(report, by=cast.liaison, now=now + 5 * HOUR)
    assert fresh(report).hop_count == 2


def test_who_may_when_offered_to_an_agency(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.TRANSFER_PENDING, cast)
    assert who_may(Act.ACCEPT_TRANSFER, report, cast, made, now + 9 * HOUR) == {"other_liaison"}


def test_who_may_when_offered_to_the_desk(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.DISPATCHED, cast)
    steps.transfer(report, by=cast.liaison, agency=None, reason_code="wrong_agency", text="Salah.", now=now + 2 * HOUR)
    assert who_may(Act.ACCEPT_TRANSFER, report, cast, made, now + 9 * HOUR) == DESK_ADMINS | {"assistant"}


@pytest.mark.parametrize("agency", ["dlh", None])
def test_not_twice(cast: Cast, now: datetime, agency: str | None) -> None:
    report = bring(make_report(now), State.DISPATCHED, cast)
    by = cast.other_liaison if agency else cast.desk
    steps.transfer(report, by=cast.liaison, agency=agency, reason_code="other", text="Salah.", now=now + 2 * HOUR)
    steps.accept_transfer(report, by=by, now=now + 3 * HOUR)
    with refused(NotAllowed, report):
        steps.accept_transfer(report, by=by, now=now + 4 * HOUR)


def test_not_while_the_reporter_is_asked(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.TRANSFER_PENDING, cast)
    steps.ask(report, by=cast.desk, text="Di mana?", now=now + 3 * HOUR)
    with refused(WrongState, report):
        steps.accept_transfer(report, by=cast.other_liaison, now=now + 4 * HOUR)
    steps.complete(report, by=made.reporter, text="Di sini.", now=now + 5 * HOUR)
    steps.accept_transfer(report, by=cast.other_liaison, now=now + 6 * HOUR)
    assert fresh(report).state == "dispatched"
