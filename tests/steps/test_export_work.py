"""What people did in a month, counted by hand beside the query; and that a file of it was taken."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.make import Made, bring, make_report
from tests.steps.seen import DAY, HOUR, fresh
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.errors import NotAllowed
from tuntas.people.models import Look, Person
from tuntas.reports.models import Report
from tuntas.rules.life import State
from tuntas.rules.who import SYSTEM, Actor, Role
from tuntas.rules.work_figures import Work
from tuntas.statistics.work import first_received, work_of

MARCH = datetime(2026, 2, 28, 17, tzinfo=UTC), datetime(2026, 3, 31, 17, tzinfo=UTC)  # by the clock of Jakarta
APRIL = MARCH[1], datetime(2026, 4, 30, 17, tzinfo=UTC)
WORDS: dict[str, Any] = {"text": "Sudah ditambal.", "outcome": "answered"}


def all_of(month: tuple[datetime, datetime] = MARCH) -> dict[tuple[str, int], Work]:
    """Return everybody's work, by agency and person."""
    here = installation()
    told = work_of(*month, agencies=here.agencies, person_id=None)
    return {(here.slug_of(each.agency_id), one.person_id): one.work for each in told for one in each.workers}


def at(actor: Actor, agency: str = "dinas-pupr") -> tuple[str, int]:
    assert actor.person_id is not None
    return agency, actor.person_id


def answer(made: Made, cast: Cast, now: datetime, *, by: Actor | None = None) -> None:
    """Give the next answer to a report in work; an hour later it is approved."""
    steps.propose_answer(made.report, by=by or cast.liaison, late_cause="volume", now=now, **WORDS)
    steps.approve(fresh(made.report), by=cast.validator, now=now + HOUR)


def test_an_answer_counts_for_who_wrote_it_and_its_check_for_who_checked(cast: Cast, now: datetime) -> None:
    bring(make_report(now), State.CLOSED, cast, now)
    assert all_of() == {
        at(cast.liaison): Work(handled=1, answered=1, in_time=1, acknowledged=1, ratings=1, rating_sum=3),
        at(cast.validator): Work(checked=1),
    }


def test_what_waits_to_be_checked_is_not_counted_yet(cast: Cast, now: datetime) -> None:
    bring(make_report(now), State.AWAITING_VALIDATION, cast, now)
    assert all_of() == {}


def test_an_answer_sent_back_counts_as_returned_and_once_it_is_approved_as_answered(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    bring(made, State.AWAITING_VALIDATION, cast, now)
    steps.return_answer(fresh(made.report), by=cast.validator, text="Mana fotonya?", now=now + 4 * HOUR)
    answer(made, cast, now + 5 * HOUR, by=cast.handler)
    assert all_of() == {
        at(cast.liaison): Work(returned=1),
        at(cast.handler): Work(handled=1, answered=1, in_time=1),
        at(cast.validator): Work(checked=2),
    }


def test_reopened_counts_for_the_last_answer_and_the_next_answer_is_not_handled_again(
    cast: Cast, now: datetime
) -> None:
    made = make_report(now)
    bring(made, State.ANSWERED, cast, now)
    steps.rate(fresh(made.report), by=made.reporter, rating=1, text="Masih rusak.", now=now + DAY)
    answer(made, cast, now + 2 * DAY, by=cast.handler)
    steps.rate(fresh(made.report), by=made.reporter, rating=4, now=now + 3 * DAY)
    assert all_of() == {
        at(cast.liaison): Work(handled=1, answered=1, in_time=1, reopened=1, ratings=1, rating_sum=1),
        at(cast.handler): Work(answered=1, in_time=1, acknowledged=1, ratings=1, rating_sum=4),
        at(cast.validator): Work(checked=2),
    }


def test_opened_again_by_the_desk_without_a_rating_counts_too(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    bring(made, State.CLOSED, cast, now)
    steps.reopen(fresh(made.report), by=cast.desk, text="Warga menelepon.", now=now + DAY)
    work = all_of()[at(cast.liaison)]
    assert (work.reopened, work.acknowledged, work.ratings) == (1, 1, 1)


def test_a_rating_that_was_changed_counts_once_and_as_the_last(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    bring(made, State.CLOSED, cast, now)
    steps.rate(fresh(made.report), by=made.reporter, rating=4, now=now + DAY)
    work = all_of()[at(cast.liaison)]
    assert (work.ratings, work.rating_sum, work.acknowledged) == (1, 4, 1)


def test_what_the_system_closed_is_counted_apart_and_as_nothing_else(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    bring(made, State.ANSWERED, cast, now)
    close: dict[str, Any] = {"outcome": "no_reply_from_reporter", "text": "Tidak ada kabar."}
    steps.close(fresh(made.report), by=SYSTEM, now=now + 15 * DAY, **close)
    other = make_report(now)
    bring(other, State.ANSWERED, cast, now)
    steps.close(fresh(other.report), by=cast.desk, outcome="answered", text="Selesai.", now=now + DAY)
    assert all_of()[at(cast.liaison)] == Work(handled=2, answered=2, in_time=2, closed_by_system=1)


def test_an_answer_after_its_promise_ran_out_is_late_whether_marked_before_or_not(cast: Cast, now: datetime) -> None:
    for is_marked in (False, True):
        made = make_report(now)
        bring(made, State.IN_PROGRESS, cast, now)
        while is_marked and steps.miss_next(now=now + 40 * DAY):
            pass
        answer(made, cast, now + 40 * DAY)
    assert all_of(APRIL)[at(cast.liaison)] == Work(handled=2, answered=2, late=2)


def test_an_answer_to_a_reply_has_no_time_running_and_is_neither_in_time_nor_late(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    bring(made, State.REPORTER_REPLIED, cast, now)
    answer(made, cast, now + DAY)
    assert all_of()[at(cast.liaison)] == Work(handled=1, answered=2, in_time=1)


def test_a_signed_answer_is_its_handlers_and_the_signature_a_check(cast: Cast, now: datetime) -> None:
    tirta = "tirta-cempaka"
    handler, liaison = cast.actor(Role.UNIT_HANDLER, tirta), cast.actor(Role.LIAISON, tirta)
    made = make_report(now)
    bring(made, State.DISPATCHED, cast, now, tirta)
    steps.start(fresh(made.report), by=handler, text="Besok kami cek.", now=now + 2 * HOUR)
    steps.propose_answer(fresh(made.report), by=handler, now=now + 3 * HOUR, **WORDS)
    steps.sign(fresh(made.report), by=liaison, text="Pipa sudah diganti.", now=now + 4 * HOUR)
    steps.approve(fresh(made.report), by=cast.validator, now=now + 5 * HOUR)
    assert all_of() == {
        at(handler, tirta): Work(handled=1, answered=1, in_time=1),
        at(liaison, tirta): Work(checked=1),
        at(cast.validator, tirta): Work(checked=1),
    }


def test_a_transfer_counts_for_who_asked_whatever_becomes_of_it(cast: Cast, now: datetime) -> None:
    for decline in (False, True):
        made = make_report(now)
        bring(made, State.TRANSFER_PENDING, cast, now)
        if decline:
            given = {"reason_code": "not_authority", "text": "Bukan kami."}
            steps.decline_transfer(fresh(made.report), by=cast.other_liaison, now=now + 3 * HOUR, **given)
    assert all_of() == {at(cast.liaison): Work(transfers=2)}


def test_an_agency_that_gave_it_away_keeps_what_it_answered_before(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    bring(made, State.ANSWERED, cast, now)
    steps.rate(fresh(made.report), by=made.reporter, rating=1, now=now + DAY)
    given: dict[str, Any] = {"agency": "dlh", "reason_code": "not_authority", "text": "Urusan DLH."}
    steps.transfer(fresh(made.report), by=cast.liaison, now=now + DAY + HOUR, **given)
    steps.accept_transfer(fresh(made.report), by=cast.other_liaison, now=now + DAY + 2 * HOUR)
    steps.start(fresh(made.report), by=cast.other_liaison, text="Kami lihat.", now=now + DAY + 3 * HOUR)
    answer(made, cast, now + 2 * DAY, by=cast.other_liaison)
    told = all_of()
    assert told[at(cast.liaison)].answered == 1
    assert told[at(cast.liaison)].reopened == 1
    assert told[at(cast.other_liaison, "dlh")] == Work(answered=1, in_time=1)


def test_everything_counts_in_the_month_it_happened_by_the_governments_clock(cast: Cast) -> None:
    end = MARCH[1]
    made = make_report(end - 10 * HOUR)
    bring(made, State.IN_PROGRESS, cast, end - 10 * HOUR)
    answer(made, cast, end - HOUR - HOUR / 2)  # approved at half past eleven in the evening of 31 March
    steps.rate(fresh(made.report), by=made.reporter, rating=2, now=end)  # and rated at midnight
    assert all_of()[at(cast.liaison)] == Work(handled=1, answered=1, in_time=1)
    assert all_of(APRIL) == {at(cast.liaison): Work(acknowledged=1, ratings=1, rating_sum=2)}


def test_sealed_suspected_and_practice_reports_are_left_out(cast: Cast, now: datetime) -> None:
    made = [make_report(now) for _ in range(4)]
    for each in made:
        bring(each, State.ANSWERED, cast, now)
    assert all_of()[at(cast.liaison)].answered == 4
    steps.seal(fresh(made[0].report), by=cast.desk, text="Menyebut petugas.", now=now + DAY)
    Report.objects.filter(pk=made[1].report.pk).update(is_suspected=True)
    Report.objects.filter(pk=made[2].report.pk).update(channel="latihan:jawab")
    assert all_of() == {
        at(cast.liaison): Work(handled=1, answered=1, in_time=1),
        at(cast.validator): Work(checked=1),
    }


def test_confidential_reports_count(cast: Cast, now: datetime) -> None:
    bring(make_report(now, is_secret=True), State.ANSWERED, cast, now)
    assert all_of()[at(cast.liaison)].answered == 1


def test_only_those_asked_for_are_told_and_the_whole_only_where_everyone_is(cast: Cast, now: datetime) -> None:
    bring(make_report(now), State.ANSWERED, cast, now)
    made = make_report(now)
    bring(made, State.DISPATCHED, cast, now, "dlh")
    steps.start(fresh(made.report), by=cast.other_liaison, text="Kami lihat.", now=now + 2 * HOUR)
    answer(made, cast, now + 3 * HOUR, by=cast.other_liaison)
    pupr = installation().agency_by_slug["dinas-pupr"].id
    (agency,) = work_of(*MARCH, agencies={pupr}, person_id=cast.liaison.person_id)
    assert {worker.person_id for worker in agency.workers} == {cast.liaison.person_id, cast.validator.person_id}
    assert agency.whole == Work(handled=1, answered=1, in_time=1, checked=1)
    (own,) = work_of(*MARCH, agencies=(), person_id=cast.liaison.person_id)
    assert [worker.person_id for worker in own.workers] == [cast.liaison.person_id]
    assert own.whole is None
    assert work_of(*MARCH, agencies=(), person_id=None) == ()
    checks = work_of(*MARCH, agencies=(), person_id=cast.validator.person_id)
    dlh = installation().agency_by_slug["dlh"].id
    assert {each.agency_id: each.workers[0].work.checked for each in checks} == {pupr: 1, dlh: 1}


def test_it_takes_one_query_however_much_was_done(cast: Cast, now: datetime) -> None:
    for _ in range(3):
        bring(make_report(now), State.CLOSED, cast, now)
    with CaptureQueriesContext(connection) as asked:
        all_of()
    assert len([query for query in asked.captured_queries if "reports_" in query["sql"]]) == 1
    assert first_received() == now


def test_that_a_file_was_taken_is_kept_with_who_which_and_when(cast: Cast, now: datetime) -> None:
    steps.export_work(by=cast.liaison, month="2026-02", form="xlsx", now=now)
    look = Look.objects.get(what="work_figures")
    assert (look.person_id, look.role, look.report_id) == (cast.liaison.person_id, "liaison", None)
    assert (look.why, look.at) == ("2026-02 xlsx", now)


@pytest.mark.parametrize("role", [Role.INSPECTORATE, Role.CALL_OPERATOR, Role.ASSISTANT_ADMIN])
def test_who_sees_no_figures_takes_none(cast: Cast, now: datetime, role: Role) -> None:
    assert Person.objects.exists()
    with pytest.raises(NotAllowed):
        steps.export_work(by=cast.actor(role), month="2026-02", form="csv", now=now)
    assert not Look.objects.exists()
