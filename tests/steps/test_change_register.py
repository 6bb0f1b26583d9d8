"""Changing what a government says about itself: what is written and kept, and what is refused because of it."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast
from tests.make import T0, bring, make_report
from tests.steps.registers import DECREE, TODAY, change, refused
from tests.steps.seen import HOUR
from tests.steps.test_set_leave import away
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.agencies.models import Agency, Calendar, Category, Holiday, Target, Template
from tuntas.kit.errors import NotFound
from tuntas.people.models import Change, Person, Post, Session, Token
from tuntas.people.queries import actor_of
from tuntas.rules.clock import Length, Unit
from tuntas.rules.life import Promise, State
from tuntas.rules.registers import Register, mark_of
from tuntas.rules.who import APPOINTED_ROLES, Actor, Role
from tuntas.steps.change_register import Stale
from tuntas.steps.registers import all_changes, book_of, shown_register

pytestmark = pytest.mark.usefixtures("city", "changed_profile")
FRIDAY = date(2026, 3, 13)
AGENCIES, PEOPLE, TOPICS = Register.AGENCIES, Register.PEOPLE, Register.TOPICS
PROMISES, CALENDARS, DAYS = Register.PROMISES, Register.CALENDARS, Register.DAYS


def key_of(person: Person) -> str:
    return str(person.pk)


def admin_of(slug: str) -> Actor:
    """An admin whose post reaches a part of the tree alone."""
    person = Person.objects.create(name="Wulan", email="wulan@kota.example", password="!")
    Post.objects.create(person=person, role=Role.AGENCY_ADMIN, agency=Agency.objects.get(slug=slug))
    return actor_of(person)


# What is kept


def test_a_change_is_written_and_kept_with_before_after_who_when_and_why(cast: Cast) -> None:
    done = change(cast, AGENCIES, "dlh", name="Dinas Taman")
    assert Agency.objects.get(slug="dlh").name == "Dinas Taman"
    assert installation().agency_by_slug["dlh"].name == "Dinas Taman"
    assert done.before is not None
    assert {**done.before, "name": "Dinas Taman"} == done.after
    assert (done.by_id, done.at, done.applied_at, done.decree) == (cast.desk.person_id, T0, T0, DECREE)
    assert (done.valid_from, done.name) == (TODAY, "Dinas Taman")


@pytest.mark.parametrize("register", [r for r in Register if r not in (Register.BRAND, Register.AREAS)])
def test_what_is_written_is_what_is_read(cast: Cast, register: Register) -> None:
    """Every row, written again as it is, stays as it is: only the name of one of its fields is changed back."""
    book = book_of(register)
    rows = book.rows(TODAY)
    assert rows
    key, row = next(iter(rows.items()))
    assert book.key_of(row) == key
    assert book.name_of(row)


def test_what_was_not_typed_stays_and_what_is_fixed_cannot_change(cast: Cast) -> None:
    done = change(cast, AGENCIES, "dlh", name="Dinas Taman", slug="lain")
    assert (done.key, done.after["slug"], done.after["tier"]) == ("dlh", "dlh", Agency.objects.get(slug="dlh").tier)


def test_a_form_that_shows_an_older_row_is_refused_with_the_row_as_it_is(cast: Cast) -> None:
    seen = mark_of(book_of(AGENCIES).rows(TODAY)["dlh"])
    change(cast, AGENCIES, "dlh", short="LH")
    with pytest.raises(Stale) as no:
        steps.change_register(AGENCIES, "dlh", {"name": "X"}, by=cast.desk, now=T0, decree=DECREE, seen=seen)
    assert no.value.row is not None
    assert no.value.row["short"] == "LH"


@pytest.mark.parametrize(
    ("typed", "on", "pointer"),
    [
        ({"name": ""}, None, "/name"),
        ({"tier": "planet"}, None, "/tier"),
        ({"parent": "gone"}, None, "/parent"),
        ({"parent": ""}, None, "/parent"),
        ({"parent": "dlh"}, None, "/parent"),
        ({"name": "X"}, TODAY - timedelta(days=1), "/valid_from"),
        ({"name": "X"}, TODAY + timedelta(days=800), "/valid_from"),
        ({}, None, "/name"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    cast: Cast, typed: dict[str, str], on: date | None, pointer: str
) -> None:
    assert pointer in refused(cast, AGENCIES, "dlh", on, **typed)


def test_a_change_says_by_which_decree(cast: Cast) -> None:
    for decree in ("", "  ", "x" * 201):
        with pytest.raises(Exception, match="decree"):
            steps.change_register(AGENCIES, "dlh", {"name": "X"}, by=cast.desk, now=T0, decree=decree)


def test_a_row_that_is_there_is_not_added_again(cast: Cast) -> None:
    calendar = Calendar.objects.get(agency__slug="dlh").name
    new = {"name": "Baru", "tier": "office", "parent": "kota-cempaka", "calendar": calendar, "is_active": "ya"}
    assert refused(cast, AGENCIES, "", slug="dlh", **new) == ["/slug"]
    assert change(cast, AGENCIES, "", slug="dinas-baru", **new).before is None
    with pytest.raises(NotFound):
        change(cast, AGENCIES, "entah", name="X")


# Agencies and topics


def test_an_agency_cannot_stand_below_itself(cast: Cast) -> None:
    assert refused(cast, AGENCIES, "tirta-cempaka", parent="tirta-distribusi") == ["/parent"]
    assert refused(cast, AGENCIES, "kota-cempaka", parent="dlh") == ["/parent"]


def test_an_agency_with_work_stays(cast: Cast) -> None:
    bring(make_report(), State.DISPATCHED, cast, agency="dlh")
    assert refused(cast, AGENCIES, "dlh", is_active="tidak") == ["/is_active"]
    Category.objects.filter(owner__slug="bpbd").update(owner=Agency.objects.get(slug="dlh"))
    change(cast, AGENCIES, "bpbd", is_active="tidak")
    assert not Agency.objects.get(slug="bpbd").is_active
    for slug in ("kota-cempaka", "diskominfo", "tirta-cempaka"):
        assert refused(cast, AGENCIES, slug, is_active="tidak") == ["/is_active"]


def test_an_agency_that_is_asked_for_a_part_stays(cast: Cast) -> None:
    Category.objects.filter(owner__slug="bpbd").update(owner=Agency.objects.get(slug="dlh"))
    report = make_report().report
    type(report).objects.filter(pk=report.pk).update(helper_ids=[Agency.objects.get(slug="bpbd").pk])
    assert refused(cast, AGENCIES, "bpbd", is_active="tidak") == ["/is_active"]


def test_a_topic_keeps_an_owner_that_is_in_use(cast: Cast) -> None:
    Agency.objects.filter(slug="bpbd").update(is_active=False)
    assert refused(cast, TOPICS, "road_bridge", owner="bpbd") == ["/owner"]
    assert refused(cast, TOPICS, "road_bridge", parent="road_bridge") == ["/parent"]
    assert refused(cast, TOPICS, "bribery_corruption", owner="dlh") == ["/owner"]
    change(cast, TOPICS, "road_bridge", owner="dlh", words="Lubang, aspal")
    topic = Category.objects.get(code="road_bridge")
    assert (topic.owner.slug, topic.words) == ("dlh", ["lubang", "aspal"])


# People


def test_a_new_person_gets_posts_and_no_password(cast: Cast) -> None:
    done = change(cast, PEOPLE, "", email="Budi@Kota.Example", name="Budi", posts="liaison@bpbd", is_active="ya")
    person = Person.objects.get(pk=int(done.key))
    assert (person.email, person.password) == ("budi@kota.example", "!")
    assert [(p.role, p.agency.slug) for p in person.posts.all()] == [("liaison", "bpbd")]
    assert refused(cast, PEOPLE, "", email="budi@kota.example", name="B", posts="", is_active="ya") == ["/email"]


def test_the_last_liaison_of_an_agency_with_work_stays(cast: Cast) -> None:
    rudi = cast.person(Role.LIAISON, "dinas-pupr")
    assert refused(cast, PEOPLE, key_of(rudi), posts="") == ["/posts"]
    assert refused(cast, PEOPLE, key_of(rudi), is_active="tidak") == ["/is_active"]
    change(cast, PEOPLE, "", email="b@kota.example", name="Budi", posts="liaison@dinas-pupr", is_active="ya")
    change(cast, PEOPLE, key_of(rudi), posts="")
    assert not rudi.posts.exists()


def test_the_last_admin_of_the_desk_stays_and_nobody_changes_themselves(cast: Cast) -> None:
    admins = Person.objects.filter(posts__role=Role.AGENCY_ADMIN)
    assert refused(cast, PEOPLE, str(cast.desk.person_id), name="Saya") == ["/posts"]
    for person in admins.exclude(pk=cast.desk.person_id or 0).exclude(posts__role__in=APPOINTED_ROLES):
        change(cast, PEOPLE, key_of(person), posts="")
    sealed = admins.exclude(pk=cast.desk.person_id or 0).first()
    if sealed is not None:
        Post.objects.filter(person=sealed, role=Role.AGENCY_ADMIN).delete()
    other = Actor(person_id=0, reach=cast.desk.reach)
    assert "/posts" in refused(cast, PEOPLE, str(cast.desk.person_id), posts="", by=other)


@pytest.mark.parametrize("role", sorted(APPOINTED_ROLES))
def test_nobody_is_appointed_to_the_sealed_room_or_taken_out_of_it_here(cast: Cast, role: Role) -> None:
    rudi = cast.person(Role.LIAISON, "dinas-pupr")
    posts = f"liaison@dinas-pupr, {role}@inspektorat"
    assert refused(cast, PEOPLE, key_of(rudi), posts=posts) == ["/posts"]
    appointed = Person.objects.filter(posts__role=role).exclude(pk=cast.desk.person_id or 0)[0]
    assert "/posts" in refused(cast, PEOPLE, key_of(appointed), posts="")


def test_who_is_switched_off_is_signed_out_and_loses_tokens(cast: Cast) -> None:
    asep = cast.person(Role.UNIT_HANDLER, "dinas-pupr")
    cast.token(Role.UNIT_HANDLER, "dinas-pupr")
    Session.objects.create(person=asep, hash="h", started_at=T0, seen_at=T0)
    change(cast, PEOPLE, key_of(asep), is_active="tidak")
    assert not Session.objects.filter(person=asep).exists()
    assert not Token.objects.filter(person=asep, revoked_at=None).exists()
    assert not Person.objects.get(pk=asep.pk).is_active


def test_who_stands_in_for_somebody_stays(cast: Cast) -> None:
    rudi, asep = cast.person(Role.LIAISON, "dinas-pupr"), cast.person(Role.UNIT_HANDLER, "dinas-pupr")
    away(rudi, asep)
    assert refused(cast, PEOPLE, key_of(asep), posts="") == ["/posts"]


def test_an_admin_lower_in_the_tree_changes_what_is_below_their_post_alone(cast: Cast) -> None:
    by = admin_of("tirta-cempaka")
    change(cast, AGENCIES, "tirta-distribusi", by=by, short="TD")
    for slug in ("tirta-cempaka", "dlh", "kota-cempaka"):
        with pytest.raises(NotFound):
            change(cast, AGENCIES, slug, by=by, short="X")
    with pytest.raises(NotFound):
        change(cast, AGENCIES, "tirta-distribusi", by=by, parent="dlh")
    for register in (TOPICS, PROMISES, CALENDARS, Register.TEMPLATES):
        with pytest.raises(NotFound):
            shown_register(register, by=by, now=T0)
    new = {"name": "Budi", "is_active": "ya"}
    change(cast, PEOPLE, "", by=by, email="a@kota.example", posts="liaison@tirta-distribusi", **new)
    for posts in ("liaison@dlh", "leader@tirta-distribusi", "", "sysadmin@tirta-cempaka"):
        with pytest.raises(NotFound):
            change(cast, PEOPLE, "", by=by, email="b@kota.example", posts=posts, **new)
    assert {each.register for each in all_changes(by=by)} == {AGENCIES, PEOPLE}
    change(cast, AGENCIES, "dlh", short="LH")
    assert len(all_changes(by=by)) == 2


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.AGENCY_ADMIN])
def test_nobody_but_an_admin_changes_anything(cast: Cast, role: Role) -> None:
    reach = {role: cast.desk.reach[Role.AGENCY_ADMIN]}
    for register, key in ((AGENCIES, "dlh"), (TOPICS, "road_bridge")):
        with pytest.raises(NotFound):
            steps.change_register(register, key, {"name": "X"}, by=Actor(1, reach=reach), now=T0, decree=DECREE)
    assert not Change.objects.exists()


# Promises, calendars, days, templates


def length(on: date) -> Length | None:
    return installation().length_of(Promise.ANSWER, T0 + (on - TODAY), agency_id=installation().desk_id)


def test_a_promise_changes_from_its_day_on_and_what_runs_stays(cast: Cast) -> None:
    report = make_report().report
    due = report.deadlines.get(promise=Promise.ANSWER).due_at
    done = change(cast, PROMISES, "answer", amount="24", since=str(FRIDAY), decree="Perwal 9/2026")
    assert (done.valid_from, done.applied_at, done.decree) == (FRIDAY, None, "Perwal 9/2026")
    assert length(FRIDAY - timedelta(days=1)) == Length(48, Unit.HOURS)
    assert length(FRIDAY) == Length(24, Unit.HOURS)
    assert report.deadlines.get(promise=Promise.ANSWER).due_at == due
    assert Target.objects.filter(promise="answer", is_active=True, agency=None, category=None).count() == 2
    assert steps.apply_changes(now=T0 + timedelta(days=7)) == 1


def test_a_promise_that_waits_is_withdrawn(cast: Cast) -> None:
    done = change(cast, PROMISES, "answer", amount="24", since=str(FRIDAY), decree="Perwal 9/2026")
    steps.withdraw_change(done.pk, by=cast.desk, now=T0 + HOUR)
    assert length(FRIDAY) == Length(48, Unit.HOURS)
    again = change(cast, PROMISES, "answer", amount="36", since=str(FRIDAY), decree="Perwal 10/2026")
    assert length(FRIDAY) == Length(36, Unit.HOURS)
    assert again.before is not None
    assert again.before["amount"] == 48


@pytest.mark.parametrize(
    ("typed", "pointer"),
    [
        ({"amount": "0"}, "/amount"),
        ({"amount": "24", "since": ""}, "/since"),
        ({"amount": "24", "since": "2026-03-01"}, "/since"),
        ({"amount": "24", "decree": ""}, "/decree"),
    ],
)
def test_a_promise_needs_a_length_a_day_and_a_decree(cast: Cast, typed: dict[str, str], pointer: str) -> None:
    said = {"since": str(FRIDAY), "decree": "Perwal 9/2026", **typed}
    assert refused(cast, PROMISES, "answer", **said) == [pointer]


def test_a_limit_of_its_own_is_for_an_agency_or_a_tier(cast: Cast) -> None:
    said = {"promise": "respond", "amount": "1", "unit": "working_days", "since": str(FRIDAY), "decree": "P 1/2026"}
    assert refused(cast, PROMISES, "", agency="dlh", tier="office", **said) == ["/tier"]
    done = change(cast, PROMISES, "", agency="dlh", category="road_bridge", **said)
    assert done.key == "respond:road_bridge::dlh"


def test_a_calendar_keeps_working_hours(cast: Cast) -> None:
    name = Calendar.objects.order_by("id")[0].name
    assert refused(cast, CALENDARS, name, weekdays="") == ["/weekdays"]
    assert refused(cast, CALENDARS, name, opens="16:00", closes="08:00") == ["/closes"]
    change(cast, CALENDARS, name, opens="07:30", weekdays="senin, selasa")
    calendar = Calendar.objects.get(name=name)
    assert (f"{calendar.opens:%H:%M}", calendar.weekdays) == ("07:30", [0, 1])


def test_a_day_is_closed_by_a_decree_and_opened_again(cast: Cast) -> None:
    name = Calendar.objects.order_by("id")[0].name
    said = {"calendar": name, "on": "2026-03-10", "name": "Cuti bersama", "decree": "SKB 3 Menteri"}
    done = change(cast, DAYS, "", is_closed="ya", **said)
    assert Holiday.objects.get(on="2026-03-10", calendar__name=name).decree == "SKB 3 Menteri"
    change(cast, DAYS, done.key, is_closed="tidak", decree="SKB perubahan")
    assert not Holiday.objects.filter(on="2026-03-10", calendar__name=name).exists()
    assert Change.objects.filter(register=DAYS).count() == 2
    assert refused(cast, DAYS, "", is_closed="ya", **{**said, "on": "2026-03-01"}) == ["/on"]
    assert refused(cast, DAYS, "", is_closed="tidak", **said) == ["/is_closed"]


def test_a_template_is_added_and_switched_off(cast: Cast) -> None:
    said = {"act": "inform", "name_id": "Baru", "name_en": "New", "text": "Kami …", "position": "9", "is_active": "ya"}
    done = change(cast, Register.TEMPLATES, "", code="baru", **said)
    assert "baru" in {template.code for template in installation().templates}
    change(cast, Register.TEMPLATES, done.key, is_active="tidak")
    assert not Template.objects.get(code="baru").is_active
    assert refused(cast, Register.TEMPLATES, "", code="lain", **{**said, "act": "merge"}) == ["/act"]
