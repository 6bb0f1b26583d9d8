"""Not taking a report that was offered."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import DESK_ADMINS, HOUR, clock, fresh, last, published, refused, told, who_may
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid, NotAllowed
from tuntas.rules.life import Act, Promise, State


@pytest.mark.parametrize("state", [State.DISPATCHED, State.IN_PROGRESS])
@pytest.mark.parametrize("agency", ["dlh", None])
def test_it_returns_to_where_it_was(cast: Cast, now: datetime, state: State, agency: str | None) -> None:
    report = bring(make_report(now, email="sari@mail.example"), state, cast)
    owed = {c.promise: (c.pk, c.due_at) for c in report.deadlines.running()}
    by = cast.other_liaison if agency else cast.desk
    steps.transfer(
        report, by=cast.liaison, agency=agency, reason_code="wrong_agency", text="Salah.", now=now + 3 * HOUR
    )
    steps.decline_transfer(report, by=by, reason_code="not_authority", text="Bukan kami.", now=now + 4 * HOUR)
    report, event = fresh(report), last(report)
    assert (report.state, report.offered_to_id, report.transferred_from, report.hop_count) == (state, None, "", 0)
    assert installation().slug_of(report.holder_id) == "dinas-pupr"
    assert {c.promise: (c.pk, c.due_at) for c in report.deadlines.running()} == owed
    assert clock(report, Promise.TRANSFER).kept_at == now + 4 * HOUR
    assert event.data == {"reason_code": "not_authority", "refusals": 1}
    assert installation().slug_of(event.agency_id) == (agency or "diskominfo"), "the refuser is named"
    names = {name for _, name in told(report, now + 4 * HOUR)}
    assert names == {"rudi", "dewi", "hendra", "yuni", "bagas"} - ({"dewi"} if agency is None else set())
    publication = published(report)
    assert publication is not None
    assert publication.thread["timeline"][-1]["by"] == (agency or "diskominfo")
    assert "Bukan kami" not in str(publication.thread)


def test_the_refuser_reads_it_no_longer(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.TRANSFER_PENDING, cast)
    steps.decline_transfer(report, by=cast.other_liaison, reason_code="other", text="Bukan.", now=now + 3 * HOUR)
    assert not type(report).objects.visible_to(cast.other_liaison).filter(pk=report.pk).exists()


def test_it_can_be_offered_again(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.TRANSFER_PENDING, cast)
    steps.decline_transfer(report, by=cast.other_liaison, reason_code="other", text="Bukan.", now=now + 3 * HOUR)
    steps.transfer(report, by=cast.liaison, agency="dishub", reason_code="other", text="Lalu.", now=now + 4 * HOUR)
    assert [c.started_at for c in report.deadlines.filter(promise=Promise.TRANSFER).order_by("id")] == [
        now + 2 * HOUR,
        now + 4 * HOUR,
    ]


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.TRANSFER_PENDING, cast)
    assert who_may(Act.DECLINE_TRANSFER, report, cast, made, now + 9 * HOUR) == {"other_liaison", "system"}


def test_who_may_at_the_desk(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.DISPATCHED, cast)
    steps.transfer(report, by=cast.liaison, agency=None, reason_code="other", text="Salah.", now=now + 2 * HOUR)
    able = who_may(Act.DECLINE_TRANSFER, report, cast, made, now + 9 * HOUR)
    assert able == DESK_ADMINS | {"assistant", "system"}


def test_not_what_was_never_offered(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.DISPATCHED, cast)
    with refused(NotAllowed, report):
        steps.decline_transfer(report, by=cast.other_liaison, reason_code="other", text="Bukan.", now=now + 3 * HOUR)
    with refused(NotAllowed, report):
        steps.decline_transfer(report, by=cast.desk, reason_code="other", text="Bukan.", now=now + 3 * HOUR)


def test_it_says_why(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.TRANSFER_PENDING, cast)
    with refused(Invalid, report, "/text"):
        steps.decline_transfer(report, by=cast.other_liaison, reason_code="other", text="", now=now + 3 * HOUR)
