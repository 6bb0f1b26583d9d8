"""Changing who may know the reporter and who may read the report."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report, make_restricted
from tests.steps.seen import HOUR, fresh, last, published, running, told, who_may
from tuntas import steps
from tuntas.reports.models import Contact, Notice
from tuntas.rules.life import Act, State
from tuntas.rules.who import is_public, may_know_name, may_read_original

EVERYWHERE = sorted(set(State) - {State.UNDER_EXAMINATION})


@pytest.mark.parametrize("state", EVERYWHERE)
def test_what_becomes_secret_leaves_the_public_at_once_and_can_come_back(
    cast: Cast, now: datetime, state: State
) -> None:
    made = make_report(now)
    report = bring(made, state, cast)
    before, owed = published(report), running(report)
    assert before is not None
    steps.set_privacy(report, by=made.reporter, is_secret=True, now=now + 9 * HOUR)
    assert published(report) is None
    assert not is_public(fresh(report))
    steps.note(report, by=cast.desk, text="Rahasia.", now=now + 10 * HOUR)
    assert published(report) is None, "no later act lets it out again"
    steps.set_privacy(report, by=made.reporter, is_secret=False, now=now + 11 * HOUR)
    after = published(report)
    assert after is not None
    assert (after.state, after.face, after.title, after.text) == (before.state, before.face, before.title, before.text)
    assert after.thread == before.thread, "everybody sees neither that nor when it was hidden"
    assert (fresh(report).state, running(report)) == (state, owed)


def test_the_reporter_sees_the_change_in_their_own_thread(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    steps.set_privacy(made.report, by=made.reporter, is_secret=True, is_anonymous=False, now=now + HOUR)
    report = fresh(made.report)
    assert (report.is_secret, report.is_anonymous) == (True, False)
    assert report.thread["timeline"][-1]["act"] == "set_privacy"
    assert last(report).data == {"is_anonymous": False, "is_secret": True, "forget_contact": False}
    assert told(report, now + HOUR) == set()


def test_what_is_not_said_stays(cast: Cast, now: datetime) -> None:
    made = make_report(now, is_secret=True, is_anonymous=False, email="sari@mail.example")
    steps.set_privacy(made.report, by=made.reporter, now=now + HOUR)
    report = fresh(made.report)
    assert (report.is_secret, report.is_anonymous, Contact.objects.filter(report=report).exists()) == (
        True,
        False,
        True,
    )


def test_becoming_anonymous_hides_name_and_words_from_the_agency_at_once(cast: Cast, now: datetime) -> None:
    made = make_report(now, is_anonymous=False, email="sari@mail.example")
    report = bring(made, State.IN_PROGRESS, cast)
    assert may_know_name(cast.liaison, report)
    assert may_read_original(cast.liaison, report)
    steps.set_privacy(report, by=made.reporter, is_anonymous=True, now=now + 9 * HOUR)
    report = fresh(report)
    assert not may_know_name(cast.liaison, report)
    assert not may_know_name(cast.desk, report)
    assert not may_read_original(cast.liaison, report)


def test_a_forgotten_contact_is_gone_for_good(cast: Cast, now: datetime) -> None:
    made = make_report(now, email="sari@mail.example")
    report = bring(made, State.IN_PROGRESS, cast)
    sent = Notice.objects.filter(report=report, email="sari@mail.example").order_by("pk")[0]
    Notice.objects.filter(pk=sent.pk).update(state="sent", sent_at=now, secret=None)
    steps.set_privacy(report, by=made.reporter, forget_contact=True, now=now + 9 * HOUR)
    assert not Contact.objects.filter(report=report).exists()
    assert not Notice.objects.filter(email="sari@mail.example").exists(), "no address stays behind, in no letter either"
    steps.inform(report, by=cast.desk, text="Kabar.", now=now + 10 * HOUR)
    assert told(report, now + 10 * HOUR) == set(), "news comes through the code alone"


def test_forgetting_the_reporter_forgets_no_letter_to_staff(cast: Cast, now: datetime) -> None:
    made = make_report(now, email="sari@mail.example")
    report = bring(made, State.DISPATCHED, cast)
    assert ("work", "rudi") in told(report, now)
    steps.set_privacy(report, by=made.reporter, forget_contact=True, now=now + 9 * HOUR)
    assert ("work", "rudi") in told(report, now)


def test_forgetting_twice_or_nobody_does_no_harm(now: datetime, cast: Cast) -> None:
    made = make_report(now)
    for _ in range(2):
        steps.set_privacy(made.report, by=made.reporter, forget_contact=True, now=now + HOUR)
    assert fresh(made.report).state == "submitted"


def test_a_restricted_report_is_published_by_no_switch(cast: Cast, now: datetime) -> None:
    made = make_restricted(now)
    steps.set_privacy(made.report, by=made.reporter, is_secret=False, is_anonymous=False, now=now + HOUR)
    assert published(made.report) is None
    assert not is_public(fresh(made.report))


@pytest.mark.parametrize("state", [State.SUBMITTED, State.IN_PROGRESS])
def test_who_may(cast: Cast, now: datetime, state: State) -> None:
    made = make_report(now)
    report = bring(made, state, cast)
    assert who_may(Act.SET_PRIVACY, report, cast, made, now + 9 * HOUR) == {"reporter"}
