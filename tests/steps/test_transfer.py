"""Offering a report to the agency it belongs to, or back to the desk."""

from datetime import datetime
from typing import Any

import pytest

from tests.cast import Cast
from tests.make import bring, make_report, make_restricted
from tests.steps.seen import DESK_ADMINS, HOUR, clock, fresh, last, published, refused, running, told, who_may
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid, NotAllowed, WrongState
from tuntas.rules.life import Act, Promise, State

OFFER: dict[str, Any] = {"reason_code": "not_authority", "text": "Urusan lain, telepon 0812-3456-7890."}


@pytest.mark.parametrize("state", [State.DISPATCHED, State.IN_PROGRESS])
def test_the_sender_keeps_it_until_it_is_accepted_and_no_clock_starts_anew(
    cast: Cast, now: datetime, state: State
) -> None:
    made = make_report(now, email="sari@mail.example")
    report = bring(made, state, cast)
    owed = {c.promise: c.due_at for c in report.deadlines.running()}
    steps.transfer(report, by=cast.liaison, agency="dlh", now=now + 3 * HOUR, **OFFER)
    report, event = fresh(report), last(report)
    assert (report.state, report.face, report.transferred_from) == ("transfer_pending", "diteruskan", state)
    here = installation()
    assert (here.slug_of(report.holder_id), here.slug_of(report.offered_to_id)) == ("dinas-pupr", "dlh")
    assert event.data == {"reason_code": "not_authority", "to_agency": "dlh"}
    assert {c.promise: c.due_at for c in report.deadlines.running()} == owed | {
        "transfer": clock(report, Promise.TRANSFER).due_at
    }
    assert report.hop_count == 0
    assert told(report, now + 3 * HOUR) == {("work", "lina"), ("news", "sari@mail.example")}
    publication = published(report)
    assert publication is not None
    assert (publication.agency, publication.holder) == ("dinas-pupr", "dinas-pupr")
    line = publication.thread["timeline"][-1]
    assert (line["act"], line["to_agency"], line["reason_code"]) == ("transfer", "dlh", "not_authority")
    assert "text" not in line
    assert "Urusan lain" not in str(report.thread["messages"])


def test_unknown_offers_it_to_the_desk(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.DISPATCHED, cast)
    steps.transfer(report, by=cast.liaison, agency=None, now=now + 3 * HOUR, **OFFER)
    report = fresh(report)
    assert (report.state, report.offered_to_id, installation().slug_of(report.holder_id)) == (
        "transfer_pending",
        None,
        "dinas-pupr",
    )
    assert told(report, now + 3 * HOUR) == {("work", name) for name in ("dewi", "hendra", "yuni", "bagas")}


def test_the_offered_agency_reads_it_now_and_the_sender_still_does(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.DISPATCHED, cast)
    reads = type(report).objects.visible_to
    assert not reads(cast.other_liaison).filter(pk=report.pk).exists()
    steps.transfer(report, by=cast.liaison, agency="dlh", now=now + 3 * HOUR, **OFFER)
    assert reads(cast.other_liaison).filter(pk=report.pk).exists()
    assert reads(cast.liaison).filter(pk=report.pk).exists()


def test_the_sender_does_not_work_on_it_meanwhile_but_may_speak(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.TRANSFER_PENDING, cast)
    with refused(WrongState, report):
        steps.start(report, by=cast.liaison, text="Mulai.", now=now + 3 * HOUR)
    steps.inform(report, by=cast.liaison, text="Kami alihkan.", now=now + 3 * HOUR)
    with refused(NotAllowed, report):
        steps.inform(report, by=cast.other_liaison, text="Belum kami terima.", now=now + 3 * HOUR)


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.IN_PROGRESS, cast)
    assert who_may(Act.TRANSFER, report, cast, made, now + 9 * HOUR) == DESK_ADMINS | {"assistant", "liaison"}


@pytest.mark.parametrize("state", [State.TRANSFER_PENDING, State.SCHEDULED, State.ANSWERED])
def test_not_now(cast: Cast, now: datetime, state: State) -> None:
    report = bring(make_report(now), state, cast)
    with refused(WrongState, report):
        steps.transfer(report, by=cast.liaison, agency="dlh", now=now + 9 * HOUR, **OFFER)


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"agency": "tidak-ada"}, "/agency"),
        ({"agency": "dinas-pupr"}, "/agency"),
        ({"text": ""}, "/text"),
    ],
)
def test_bad_input_names_its_field(cast: Cast, now: datetime, given: dict[str, Any], pointer: str) -> None:
    report = bring(make_report(now), State.DISPATCHED, cast)
    with refused(Invalid, report, pointer):
        steps.transfer(report, by=cast.liaison, now=now + 9 * HOUR, **({"agency": "dlh"} | OFFER | given))


def test_a_restricted_report_is_handed_on_by_nobody(cast: Cast, now: datetime) -> None:
    made = make_restricted(now)
    steps.dispatch(made.report, by=cast.appointed_admin, agency="inspektorat", now=now + HOUR)
    assert who_may(Act.TRANSFER, made.report, cast, made, now + 2 * HOUR) == set()
    assert running(made.report) == {"answer", "respond", "resolve"}
