"""All open work goes to somebody else in one act."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.make import T0, bring, make_report, make_restricted
from tests.office import sign_in
from tests.steps.seen import DAY, HOUR
from tests.steps.test_set_leave import away
from tuntas import steps
from tuntas.kit.errors import Invalid, NotFound
from tuntas.kit.time import real_time
from tuntas.people.models import Handover, Leave, Person, Post, Session, Shift, Token
from tuntas.people.queries import actor_of, holder_of
from tuntas.reports.models import Report, Unsent
from tuntas.reports.queries import DeskFilter, desk_page
from tuntas.rules.life import State
from tuntas.rules.who import Actor, Role

pytestmark = pytest.mark.usefixtures("city")


@pytest.fixture
def rudi(cast: Cast) -> Person:
    return cast.person(Role.LIAISON, "dinas-pupr")


@pytest.fixture
def budi(db: None) -> Person:
    """Somebody new, without a post."""
    return Person.objects.create(name="Budi", email="budi@kota.example", language="id")


def hand_over(frm: Person, to: Person | None, by: Actor) -> Handover:
    return steps.hand_over_work(frm.pk, to.pk if to else None, by=by, now=T0 + DAY, real_now=real_time())


def mine(person: Person) -> set[int]:
    actor = actor_of(Person.objects.get(pk=person.pk))
    return {report.pk for report in desk_page(actor, DeskFilter(queue="milik-saya"), now=T0 + DAY).items}


def posts(person: Person) -> set[tuple[str, str]]:
    return set(Post.objects.filter(person=person).values_list("role", "agency__slug"))


def unsent(report: Report, person: Person, **fields: str) -> Unsent:
    return Unsent.objects.create(
        report=report, person=person, last_by=person, form="propose_answer", fields=fields, saved_at=T0
    )


def test_posts_work_words_shifts_and_what_was_lent_move(cast: Cast, client: Client, rudi: Person, budi: Person) -> None:
    report = bring(make_report(), State.IN_PROGRESS, cast)
    other = bring(make_report(), State.DISPATCHED, cast)
    unsent(report, rudi, teks="Sudah kami ukur.")
    token, asep = cast.token(Role.LIAISON, "dinas-pupr"), cast.person(Role.UNIT_HANDLER, "dinas-pupr")
    sign_in(client, rudi)
    away(asep, rudi)
    away(rudi, cast.person(Role.ASSISTANT_ADMIN), first=T0.date() + 20 * DAY, last=T0.date() + 21 * DAY)
    Shift.objects.create(desk_id=report.desk_id, person=rudi, starts_at=T0 + 2 * DAY, ends_at=T0 + 2 * DAY + 8 * HOUR)
    assert mine(rudi) == {report.pk}
    done = hand_over(rudi, budi, cast.desk)
    assert (done.frm, done.to, done.posts) == (rudi, budi, [["liaison", "dinas-pupr"]])
    assert (posts(rudi), posts(budi)) == (set(), {("liaison", "dinas-pupr")})
    assert mine(budi) == {report.pk}, "what the predecessor worked on; the other one nobody touched"
    assert other.pk not in mine(budi)
    assert mine(rudi) == set()
    moved = Unsent.objects.get(report=report)
    assert (moved.person, moved.fields) == (budi, {"teks": "Sudah kami ukur."})
    assert Leave.objects.get(person=asep).deputy == budi
    assert not Leave.objects.filter(person=rudi).exists(), "it had not begun"
    assert Shift.objects.get().person == budi
    assert not Session.objects.filter(person=rudi).exists()
    assert Token.objects.filter(person=rudi, revoked_at=None).count() == 0
    assert holder_of(token, now=T0 + DAY, real_now=real_time()) is None
    steps.transfer(report, by=actor_of(budi), agency="dlh", reason_code="not_authority", text="Bukan.", now=T0 + DAY)


def test_sent_twice_it_is_done_once(cast: Cast, rudi: Person, budi: Person) -> None:
    first = hand_over(rudi, budi, cast.desk)
    assert hand_over(rudi, budi, cast.desk) == first
    assert Handover.objects.count() == 1
    with pytest.raises(Invalid) as no:
        hand_over(rudi, cast.person(Role.UNIT_HANDLER, "dlh"), cast.desk)
    assert "tidak punya tugas" in no.value.say.id


def test_what_came_from_before_goes_on(cast: Cast, rudi: Person, budi: Person) -> None:
    report = bring(make_report(), State.IN_PROGRESS, cast)
    tono = Person.objects.create(name="Tono", email="tono@kota.example", language="id")
    hand_over(rudi, budi, cast.desk)
    hand_over(budi, tono, cast.desk)
    assert mine(tono) == {report.pk}
    assert Person.objects.get(pk=tono.pk).took_over == [budi.pk, rudi.pk]


def test_appointments_stay_and_so_does_who_holds_them(cast: Cast, client: Client, budi: Person) -> None:
    hendra = cast.person(Role.AGENCY_ADMIN, also=Role.SEALED_READER)
    sealed = make_restricted().report
    unsent(sealed, hendra, teks="Isi tersegel.")
    sign_in(client, hendra)
    hand_over(hendra, budi, cast.desk)
    assert posts(budi) == {("agency_admin", "kota-cempaka")}
    assert posts(hendra) == {("sealed_reader", "kota-cempaka")}
    assert Session.objects.filter(person=hendra).exists()
    assert Unsent.objects.get(report=sealed).person == hendra
    nurul = cast.person(Role.INSPECTORATE, also=Role.SEALED_READER)
    with pytest.raises(Invalid):
        hand_over(nurul, budi, cast.desk)


def test_words_of_both_are_kept(cast: Cast, rudi: Person, budi: Person) -> None:
    report = bring(make_report(), State.IN_PROGRESS, cast)
    unsent(report, rudi, teks="Dari Rudi.", hasil="fixed")
    unsent(report, budi, teks="Dari Budi.", hasil="answered")
    hand_over(rudi, budi, cast.desk)
    kept = Unsent.objects.get(report=report)
    assert kept.fields == {"teks": "Dari Budi.\n\nDari Rudi.", "hasil": "answered"}


def test_a_post_both_have_is_kept_once(cast: Cast, rudi: Person, budi: Person) -> None:
    Post.objects.create(person=budi, role="liaison", agency_id=rudi.posts.get().agency_id)
    hand_over(rudi, budi, cast.desk)
    assert posts(budi) == {("liaison", "dinas-pupr")}
    assert posts(rudi) == set()


def test_a_liaison_hands_over_what_handlers_do_in_their_own_office(cast: Cast, rudi: Person, budi: Person) -> None:
    asep, tatang = cast.person(Role.UNIT_HANDLER, "dinas-pupr"), cast.person(Role.UNIT_HANDLER, "dlh")
    Post.objects.create(person=budi, role="unit_handler", agency_id=asep.posts.get().agency_id)
    for frm in (tatang, rudi, cast.person(Role.RESPONSE_VALIDATOR)):
        with pytest.raises(NotFound):
            hand_over(frm, budi, cast.liaison)
    with pytest.raises(Invalid):
        hand_over(asep, tatang, cast.liaison)
    with pytest.raises(Invalid, match="you hand over"):
        hand_over(asep, rudi, cast.liaison)
    hand_over(asep, budi, cast.liaison)
    assert posts(asep) == set()


@pytest.mark.parametrize("role", [Role.ASSISTANT_ADMIN, Role.LEADER, Role.SYSADMIN, Role.INSPECTORATE, Role.ARBITER])
def test_others_hand_nothing_over(cast: Cast, rudi: Person, budi: Person, role: Role) -> None:
    with pytest.raises(NotFound):
        hand_over(rudi, budi, cast.actor(role))


def test_nobody_is_given_what_they_must_not_have(cast: Cast, rudi: Person, budi: Person) -> None:
    away(budi_with_post := _at_roads(budi, rudi), rudi)
    for to in (None, rudi, budi_with_post):
        with pytest.raises(Invalid):
            hand_over(rudi, to, cast.desk)
    Person.objects.filter(pk=budi.pk).update(is_active=False)
    with pytest.raises(Invalid):
        hand_over(rudi, budi, cast.desk)
    assert posts(rudi) == {("liaison", "dinas-pupr")}


def _at_roads(person: Person, near: Person) -> Person:
    Post.objects.create(person=person, role="unit_handler", agency_id=near.posts.get().agency_id)
    return person


def test_it_takes_as_many_statements_with_fifty_as_with_five(
    cast: Cast, rudi: Person, budi: Person, django_assert_max_num_queries: Any
) -> None:
    report = bring(make_report(), State.IN_PROGRESS, cast)
    for n in range(50):
        Unsent.objects.create(report=report, person=rudi, last_by=rudi, form=f"f{n}", fields={}, saved_at=T0)
    with django_assert_max_num_queries(35):
        hand_over(rudi, budi, cast.desk)
    assert Unsent.objects.filter(person=budi).count() == 50
