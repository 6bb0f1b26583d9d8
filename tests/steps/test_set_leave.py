"""Being away: who stands in, with which posts, from when until when, and what is never lent."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.make import T0, bring, make_report, make_restricted
from tests.steps.seen import HOUR, fresh, last
from tuntas import steps
from tuntas.kit.errors import Invalid, NotAllowed, NotFound
from tuntas.kit.time import real_time
from tuntas.people.colleagues import deputies_for, first_day, last_day
from tuntas.people.models import Leave, Person
from tuntas.people.queries import actor_of, holder_of, nearest_with, people_with
from tuntas.people.sessions import signed_in_with
from tuntas.reports.models import Notice, Report
from tuntas.rules.life import State
from tuntas.rules.who import Actor, Role, may_read

pytestmark = pytest.mark.usefixtures("city")
TODAY = date(2026, 3, 6)
DAY = timedelta(days=1)


@pytest.fixture
def rudi(cast: Cast) -> Person:
    return cast.person(Role.LIAISON, "dinas-pupr")


@pytest.fixture
def asep(cast: Cast) -> Person:
    return cast.person(Role.UNIT_HANDLER, "dinas-pupr")


def away(person: Person, deputy: Person, *, by: Actor | None = None, now: datetime = T0, **given: Any) -> Leave:
    said: dict[str, Any] = {"first": TODAY, "last": TODAY + 2 * DAY, "why": "leave", **given}
    return steps.set_leave(person.pk, deputy_id=deputy.pk, by=by or actor_of(person), now=now, **said)


def test_a_deputy_has_the_posts_until_the_last_day_is_over(rudi: Person, asep: Person) -> None:
    leave = away(rudi, asep)
    assert (first_day(leave), last_day(leave)) == (TODAY, TODAY + 2 * DAY)
    reach = actor_of(rudi).reach[Role.LIAISON]
    midnight = datetime.fromisoformat("2026-03-09T00:00+07:00")
    for now, is_lent in ((T0, True), (midnight - timedelta(seconds=1), True), (midnight, False)):
        deputy = actor_of(asep, now=now)
        assert (deputy.reach.get(Role.LIAISON) == reach) is is_lent, now
        assert Role.UNIT_HANDLER in deputy.reach
    assert Role.LIAISON not in actor_of(asep).reach


def test_a_leave_that_comes_lends_nothing_yet(rudi: Person, asep: Person) -> None:
    away(rudi, asep, first=TODAY + DAY)
    assert Role.LIAISON not in actor_of(asep, now=T0).reach
    assert Role.LIAISON in actor_of(asep, now=T0 + DAY).reach


def test_tokens_and_sessions_say_the_same_in_one_query_each(
    cast: Cast, client: Client, rudi: Person, asep: Person, django_assert_num_queries: Any
) -> None:
    token = cast.token(Role.UNIT_HANDLER, "dinas-pupr")
    steps.set_password([asep.email], "sandi-contoh-123")
    key = steps.sign_in(asep.email, "sandi-contoh-123", device="", address="", real_now=real_time()).key
    leave = away(rudi, asep)
    wanted = actor_of(asep, now=T0)
    assert wanted.parts[1][0] == rudi.pk
    with django_assert_num_queries(1):
        holder = holder_of(token, now=T0, real_now=real_time())
    assert holder is not None
    assert holder.actor == wanted
    with django_assert_num_queries(1):
        signed = signed_in_with(key, now=T0, real_now=real_time())
    assert signed is not None
    assert signed.actor == wanted
    assert signed.stands_for == ((rudi.name, leave.ends_at),)
    assert signed.posts == (("unit_handler", signed.posts[0][1]),), "the posts of their own"
    later = signed_in_with(key, now=leave.ends_at, real_now=real_time())
    assert later is not None
    assert later.actor.parts == ()


def test_what_a_deputy_does_names_both(cast: Cast, rudi: Person, asep: Person) -> None:
    made = make_report()
    report = bring(made, State.DISPATCHED, cast)
    because: dict[str, Any] = {"reason_code": "not_authority", "text": "Urusan DLH.", "agency": "dlh"}
    with pytest.raises(NotAllowed):
        steps.transfer(report, by=actor_of(asep, now=T0), now=T0 + 2 * HOUR, **because)
    away(rudi, asep)
    deputy = actor_of(asep, now=T0)
    steps.start(report, by=deputy, text="Besok kami ukur.", now=T0 + 2 * HOUR)
    assert (last(report).by, last(report).instead_of) == (asep, None), "a handler may by their own post"
    steps.transfer(report, by=deputy, now=T0 + 3 * HOUR, **because)
    assert (last(report).by, last(report).instead_of) == (asep, rudi)


def test_taking_over_is_told_by_what_was_before_it(cast: Cast, asep: Person) -> None:
    lina = cast.person(Role.LIAISON, "dlh")
    report = bring(make_report(), State.TRANSFER_PENDING, cast)
    tatang = cast.person(Role.UNIT_HANDLER, "dlh")
    away(lina, tatang)
    steps.accept_transfer(report, by=actor_of(tatang, now=T0), now=T0 + 3 * HOUR)
    assert last(report).instead_of == lina


def test_nobody_approves_their_own_answer_as_somebody_elses_deputy(cast: Cast, asep: Person) -> None:
    ratna, report = cast.person(Role.RESPONSE_VALIDATOR), bring(make_report(), State.IN_PROGRESS, cast)
    yuni = cast.person(Role.ASSISTANT_ADMIN)
    away(ratna, yuni)
    rudi = cast.person(Role.LIAISON, "dinas-pupr")
    away(rudi, yuni)
    deputy = actor_of(yuni, now=T0)
    steps.propose_answer(report, by=deputy, text="Sudah ditambal.", outcome="answered", now=T0 + 3 * HOUR)
    assert last(report).instead_of == rudi
    with pytest.raises(NotAllowed):
        steps.approve(fresh(report), by=deputy, now=T0 + 4 * HOUR)
    steps.approve(fresh(report), by=cast.validator, now=T0 + 4 * HOUR)


def test_nothing_that_opens_a_sealed_report_is_lent(cast: Cast) -> None:
    report = make_restricted().report
    hendra, dewi = cast.person(Role.AGENCY_ADMIN, also=Role.SEALED_READER), cast.person(Role.AGENCY_ADMIN)
    nurul = cast.person(Role.INSPECTORATE, also=Role.SEALED_READER)
    away(hendra, dewi)
    away(nurul, dewi, by=actor_of(nurul))
    deputy = actor_of(dewi, now=T0)
    assert set(deputy.reach) == {Role.AGENCY_ADMIN}
    assert not may_read(deputy, report)
    assert not Report.objects.visible_to(deputy).filter(pk=report.pk).exists()


def test_a_deputys_own_deputy_has_nothing_of_it(cast: Cast, rudi: Person, asep: Person) -> None:
    other = cast.person(Role.ASSISTANT_ADMIN)
    away(rudi, asep)
    away(asep, other)
    chained = actor_of(other, now=T0)
    assert Role.UNIT_HANDLER in chained.reach
    assert Role.LIAISON not in chained.reach


def test_notices_go_to_the_deputy_too(cast: Cast, rudi: Person, asep: Person) -> None:
    away(rudi, asep)
    agency = rudi.posts.get().agency_id
    assert nearest_with(Role.LIAISON, agency) == [rudi]
    assert nearest_with(Role.LIAISON, agency, now=T0) == sorted([rudi, asep], key=lambda p: p.pk)
    assert asep in people_with({Role.LIAISON}, agency, now=T0)
    report = bring(make_report(), State.DISPATCHED, cast)
    told = set(Notice.objects.filter(report=report, template="work").values_list("email", flat=True))
    assert {rudi.email, asep.email} <= told


def test_somebody_who_is_gone_lends_nothing(rudi: Person, asep: Person) -> None:
    away(rudi, asep)
    Person.objects.filter(pk=rudi.pk).update(is_active=False)
    assert Role.LIAISON not in actor_of(asep, now=T0).reach
    assert people_with({Role.LIAISON}, rudi.posts.get().agency_id, now=T0) == []


def test_a_deputy_is_of_the_same_agency_or_above(cast: Cast, rudi: Person) -> None:
    able = deputies_for(rudi.pk)
    assert cast.person(Role.UNIT_HANDLER, "dinas-pupr") in able
    assert cast.person(Role.ASSISTANT_ADMIN) in able
    assert not {cast.person(Role.LIAISON, "dlh"), rudi, cast.person(Role.SYSADMIN)} & set(able)
    with pytest.raises(Invalid) as no:
        away(rudi, cast.person(Role.LIAISON, "dlh"))
    assert [mistake.pointer for mistake in no.value.mistakes] == ["/deputy"]


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"why": "bored"}, "/why"),
        ({"first": None}, "/first"),
        ({"last": None}, "/last"),
        ({"first": TODAY - DAY}, "/first"),
        ({"first": date.max, "last": date.max}, "/first"),
        ({"last": TODAY - DAY}, "/last"),
        ({"last": TODAY + 366 * DAY}, "/last"),
    ],
)
def test_what_is_wrong_is_named(rudi: Person, asep: Person, given: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Invalid) as no:
        away(rudi, asep, **given)
    assert [mistake.pointer for mistake in no.value.mistakes] == [pointer]
    assert not Leave.objects.exists()


def test_nobody_is_away_twice_or_stands_in_while_away(cast: Cast, rudi: Person, asep: Person) -> None:
    away(rudi, asep)
    with pytest.raises(Invalid):
        away(rudi, cast.person(Role.ASSISTANT_ADMIN), first=TODAY + 2 * DAY, last=TODAY + 3 * DAY)
    with pytest.raises(Invalid):
        away(asep, rudi)
    away(asep, rudi, first=TODAY + 3 * DAY, last=TODAY + 3 * DAY)


def test_who_looks_after_somebody_notes_it_for_them_but_not_for_themselves(
    cast: Cast, rudi: Person, asep: Person
) -> None:
    yuni = cast.person(Role.ASSISTANT_ADMIN)
    away(asep, yuni, by=actor_of(rudi))
    away(rudi, yuni, by=cast.desk)
    for by in (cast.other_liaison, cast.validator, actor_of(asep)):
        with pytest.raises(NotFound):
            away(rudi, yuni, by=by, first=TODAY + 9 * DAY, last=TODAY + 9 * DAY)
    dewi = cast.person(Role.AGENCY_ADMIN)
    with pytest.raises(Invalid) as no:
        away(rudi, dewi, by=actor_of(dewi), first=TODAY + 9 * DAY, last=TODAY + 9 * DAY)
    assert "diri sendiri" in no.value.say.id


def test_a_leave_ends_at_once_and_one_to_come_is_taken_back(cast: Cast, rudi: Person, asep: Person) -> None:
    running, coming = away(rudi, asep), away(rudi, asep, first=TODAY + 9 * DAY, last=TODAY + 9 * DAY)
    with pytest.raises(NotFound):
        steps.end_leave(running.pk, by=cast.other_liaison, now=T0)
    for _ in range(2):
        steps.end_leave(running.pk, by=actor_of(rudi), now=T0 + HOUR)
    assert Leave.objects.get(pk=running.pk).ended_by == rudi
    assert Role.LIAISON in actor_of(asep, now=T0).reach, "what was, stays"
    assert Role.LIAISON not in actor_of(asep, now=T0 + HOUR).reach
    steps.end_leave(coming.pk, by=actor_of(asep), now=T0)
    assert not Leave.objects.filter(pk=coming.pk).exists()
