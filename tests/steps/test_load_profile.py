"""Loading a government: again without a trace, whole or not at all, nothing ever deleted."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import models

from tests.cast import Cast
from tests.conftest import PROFILE
from tests.make import bring, make_report
from tests.steps.seen import HOUR, clock, fresh, published
from tuntas import steps
from tuntas.agencies.installation import forget_installation, installation
from tuntas.agencies.models import Agency, Area, Calendar, Category, Government, Holiday, Target, Template
from tuntas.agencies.profile import BadProfile, Profile, read_profile
from tuntas.kit.errors import Invalid
from tuntas.kit.words import Language
from tuntas.people.models import Person, Post
from tuntas.people.queries import actor_of
from tuntas.reports.told import staff_view, track_view
from tuntas.rules.life import Promise, State
from tuntas.rules.manners import Manners

OWN = ("tirta-cempaka", "tirta-distribusi", "dinas-pupr")  # the unit follows its company
KEPT = (Calendar, Agency, Area, Category, Person, Post, Template)


def at(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("Asia/Jakarta"))


FRIDAY = at("2026-03-13 16:00")


@pytest.fixture(autouse=True)
def _as_it_was(city: None) -> Iterator[None]:
    """What a test loads is rolled back; no process may remember it."""
    yield
    forget_installation()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(PROFILE, tmp_path / "kota")


def change(folder: Path, file: str, old: str, new: str, times: int = 1) -> None:
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, times))


def load(folder: Path) -> None:
    steps.load_profile(read_profile(folder))


def rows(table: type[models.Model]) -> list[dict[str, Any]]:
    return list(table._default_manager.order_by("pk").values())


def without(folder: Path, file: str, kind: str, key: str) -> None:
    """Take a block out of a file of a profile."""
    head, *blocks = (folder / file).read_text().split(f"[[{kind}]]")
    kept = [block for block in blocks if f'= "{key}"' not in block.split("\n\n")[0]]
    assert len(kept) == len(blocks) - 1
    (folder / file).write_text(f"[[{kind}]]".join([head, *kept]))


def test_loading_it_twice_changes_nothing_and_keeps_every_id(profile: Profile) -> None:
    before = {table: rows(table) for table in KEPT}
    targets = rows(Target)
    days = set(Holiday.objects.values_list("calendar_id", "on", "name"))
    steps.load_profile(profile)
    assert {table: rows(table) for table in KEPT} == before
    assert rows(Target) == targets
    assert set(Holiday.objects.values_list("calendar_id", "on", "name")) == days
    assert Government.objects.count() == 1


def test_every_load_tells_other_processes_to_read_again(profile: Profile) -> None:
    before = Government.objects.get().version
    steps.load_profile(profile)
    assert Government.objects.get().version == before + 1


def test_it_says_what_the_files_say(profile: Profile) -> None:
    assert {a.slug for a in Agency.objects.filter(is_active=True)} == {row.slug for row in profile.agencies}
    assert {c.code for c in Category.objects.filter(is_active=True)} == {row.code for row in profile.categories}
    assert {a.code for a in Area.objects.filter(is_active=True)} == {row.code for row in profile.areas}
    held = {(p.person.email, p.role, p.agency.slug) for p in Post.objects.select_related("person", "agency")}
    assert held == {(row.email, post.role.value, post.agency) for row in profile.people for post in row.posts}
    here = Government.objects.select_related("root", "desk").get()
    assert (here.root.slug, here.desk.slug, here.desk.is_desk) == ("kota-cempaka", profile.government.desk, True)
    assert Category.objects.get(code="bribery_corruption").is_restricted
    assert Category.objects.get(code="road_bridge").proof


def test_a_renamed_agency_keeps_its_id(folder: Path) -> None:
    before = Agency.objects.get(slug="dlh").pk
    change(folder, "agencies.toml", "Dinas Lingkungan Hidup", "Dinas Lingkungan Hidup dan Kebersihan")
    load(folder)
    assert (Agency.objects.get(slug="dlh").pk, Agency.objects.get(slug="dlh").name) == (
        before,
        "Dinas Lingkungan Hidup dan Kebersihan",
    )
    assert installation().agency_by_slug["dlh"].name == "Dinas Lingkungan Hidup dan Kebersihan"


def test_a_removed_agency_is_switched_off_and_not_deleted(cast: Cast, now: datetime, folder: Path) -> None:
    made = make_report(now)
    report = bring(made, State.DISPATCHED, cast, agency="dlh-pertamanan")
    without(folder, "agencies.toml", "agency", "dlh-pertamanan")
    load(folder)
    gone = Agency.objects.get(slug="dlh-pertamanan")
    assert not gone.is_active
    assert fresh(report).holder_id == gone.pk
    steps.inform(report, by=cast.desk, text="Bidang ini dilebur.", now=now + 2 * HOUR)
    assert track_view(fresh(report), language=Language.ID, now=now)["agency"] == "dlh-pertamanan"
    other = make_report(now).report
    with pytest.raises(Invalid):
        steps.dispatch(other, by=cast.desk, agency="dlh-pertamanan", now=now + HOUR)


def test_a_removed_category_is_switched_off_for_new_reports_alone(cast: Cast, now: datetime, folder: Path) -> None:
    made = make_report(now, category="proposal")
    report = bring(made, State.DISPATCHED, cast)
    without(folder, "categories.toml", "category", "proposal")
    load(folder)
    assert not Category.objects.get(code="proposal").is_active
    steps.inform(report, by=cast.desk, text="Kabar.", now=now + 2 * HOUR)
    publication = published(report)
    assert publication is not None
    assert publication.category == "proposal"
    assert staff_view(fresh(report), cast.desk, language=Language.ID, now=now)["category"] == "proposal"
    with pytest.raises(Invalid):
        make_report(now, category="proposal")


def test_a_removed_area_breaks_no_report_that_lies_in_it(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    area = Area.objects.exclude(outline=None).order_by("pk")[0]
    type(made.report).objects.filter(pk=made.report.pk).update(area=area)
    Area.objects.filter(pk=area.pk).update(is_active=False)  # as a load without it does
    Government.objects.update(version=models.F("version") + 1)
    forget_installation()
    steps.inform(fresh(made.report), by=cast.desk, text="Kabar.", now=now + HOUR)
    view = staff_view(fresh(made.report), cast.desk, language=Language.ID, now=now)
    assert view["area"] == area.code


def test_templates_and_manners_are_read_again_and_gone_ones_are_no_longer_offered(folder: Path) -> None:
    assert [each.code for each in installation().templates][:2] == ["being_checked", "sent_on"]
    assert "bodoh" in installation().manners.insults
    without(folder, "answers.toml", "template", "sent_on")
    change(folder, "answers.toml", '"Sedang dicek"', '"Masih dicek"')
    change(folder, "answers.toml", '"bodoh", ', "")
    load(folder)
    assert [each.code for each in installation().templates][:2] == ["being_checked", "late"]
    assert installation().templates[0].name.id == "Masih dicek"
    assert "bodoh" not in installation().manners.insults
    assert not Template.objects.get(code="sent_on").is_active


def test_a_profile_without_answers_has_no_templates_and_asks_nothing_of_manners(folder: Path) -> None:
    (folder / "answers.toml").unlink()
    load(folder)
    assert installation().templates == ()
    assert installation().manners == Manners()


def test_an_agency_may_ask_for_its_liaisons_signature() -> None:
    here = installation()
    assert [agency.slug for agency in here.agencies.values() if agency.liaison_signs] == ["tirta-cempaka"]


def test_what_comes_back_is_switched_on_again(folder: Path, profile: Profile) -> None:
    before = Agency.objects.get(slug="dlh-pertamanan").pk
    without(folder, "agencies.toml", "agency", "dlh-pertamanan")
    load(folder)
    steps.load_profile(profile)
    again = Agency.objects.get(slug="dlh-pertamanan")
    assert (again.pk, again.is_active) == (before, True)


def test_new_times_count_for_new_clocks_only(cast: Cast, now: datetime, folder: Path) -> None:
    old = make_report(now).report
    change(folder, "promises.toml", "length = 48", "length = 3")
    load(folder)
    assert clock(old, Promise.ANSWER).due_at == now + 48 * HOUR
    assert clock(make_report(now).report, Promise.ANSWER).due_at == now + 3 * HOUR
    steps.ask(old, by=cast.desk, text="Di mana?", now=now + 10 * HOUR)
    assert clock(old, Promise.ANSWER).left == 38 * HOUR
    (answer,) = [
        told
        for told in track_view(fresh(old), language=Language.ID, now=now)["promises"]
        if told["promise"] == Promise.ANSWER
    ]
    assert answer["length"] == [48, "hours"]  # the reporter is shown what was promised, not what is promised today


def test_an_agency_may_promise_its_own_time(cast: Cast, now: datetime) -> None:
    respond = [clock(bring(make_report(now), State.DISPATCHED, cast, now, agency), Promise.RESPOND) for agency in OWN]
    assert [(c.amount, c.due_at) for c in respond] == [
        (2, at("2026-03-10 16:00")),
        (2, at("2026-03-10 16:00")),
        (5, FRIDAY),
    ]


def test_a_decree_counts_from_its_day(cast: Cast, now: datetime, folder: Path) -> None:
    with (folder / "promises.toml").open("a") as file:
        file.write(
            '[[promise]]\nname = "answer"\nlength = 24\nunit = "hours"\nsince = 2026-03-09\ndecree = "Perwali 9"\n'
        )
    load(folder)
    assert clock(make_report(now).report, Promise.ANSWER).due_at == now + 48 * HOUR
    midnight = at("2026-03-09 00:00")
    assert clock(make_report(midnight - HOUR / 60).report, Promise.ANSWER).amount == 48
    assert clock(make_report(midnight).report, Promise.ANSWER).amount == 24
    assert Target.objects.get(decree="Perwali 9").is_active


def test_a_limit_that_changed_is_kept_beside_the_new_one(folder: Path, profile: Profile) -> None:
    (old,) = Target.objects.filter(promise="answer", is_active=True)
    change(folder, "promises.toml", "length = 48", "length = 3")
    load(folder)
    old.refresh_from_db()
    assert (old.amount, old.is_active) == (48, False)
    assert Target.objects.get(promise="answer", is_active=True).amount == 3
    steps.load_profile(profile)  # and back again
    assert Target.objects.get(promise="answer", is_active=True).amount == 48


def test_joint_leave_declared_yesterday_moves_no_instant_that_was_told(cast: Cast, now: datetime, folder: Path) -> None:
    old = bring(make_report(now), State.DISPATCHED, cast, now)
    with (folder / "calendar.toml").open("a") as file:
        file.write('[[calendar.extra]]\ndate = 2026-03-09\nname = "Cuti bersama"\ndecree = "SKB 3 Menteri"\n')
    text = (folder / "calendar.toml").read_text()
    own, clinics = text.split('[[calendar]]\nname = "puskesmas"')
    leave = clinics[clinics.index("[[calendar.extra]]") :]
    (folder / "calendar.toml").write_text(
        own + leave + '[[calendar]]\nname = "puskesmas"' + clinics.removesuffix(leave)
    )
    load(folder)
    assert clock(old, Promise.RESPOND).due_at == FRIDAY
    fresh_one = bring(make_report(now), State.DISPATCHED, cast, now)
    assert clock(fresh_one, Promise.RESPOND).due_at == at("2026-03-16 16:00")  # a working day later
    clinic = bring(make_report(now), State.DISPATCHED, cast, now, "puskesmas-tegalsari")
    assert clock(clinic, Promise.RESPOND).due_at == at("2026-03-12 14:00")  # another calendar: Saturdays too


def test_people_gain_and_lose_posts_with_the_file(folder: Path) -> None:
    person = Person.objects.get(email="rudi@kota-cempaka.example")
    change(
        folder,
        "people.toml",
        'role = "liaison", agency = "dinas-pupr"',
        'role = "liaison", agency = "dlh"',
    )
    load(folder)
    assert [(p.role, p.agency.slug) for p in person.posts.select_related("agency")] == [("liaison", "dlh")]


def test_a_person_the_file_no_longer_names_loses_the_posts_and_not_the_account(folder: Path) -> None:
    person = Person.objects.get(email="endang@kota-cempaka.example")
    without(folder, "people.toml", "person", "Endang Lestari")
    load(folder)
    person.refresh_from_db()
    assert person.is_active
    assert not actor_of(person).reach


def test_passwords_survive_a_load(profile: Profile) -> None:
    Person.objects.filter(email="dewi@kota-cempaka.example").update(password="argon2$kept")
    steps.load_profile(profile)
    assert Person.objects.get(email="dewi@kota-cempaka.example").password == "argon2$kept"


def test_nothing_is_loaded_when_one_line_is_bad(folder: Path) -> None:
    before = {table: rows(table) for table in (*KEPT, Target, Holiday, Government)}
    change(folder, "agencies.toml", "Dinas Lingkungan Hidup", "Dinas Lain")
    change(folder, "categories.toml", 'owner = "dishub"', 'owner = "tidak-ada"')
    with pytest.raises(BadProfile):
        load(folder)
    assert {table: rows(table) for table in (*KEPT, Target, Holiday, Government)} == before


def test_a_load_that_breaks_half_way_leaves_nothing(profile: Profile) -> None:
    """The database refuses the last row: all rows before it are taken back."""
    broken = replace(
        profile,
        agencies=tuple(replace(row, name="Nama baru") for row in profile.agencies),
        people=(*profile.people[:-1], replace(profile.people[-1], name="x" * 201, email="x@kota-cempaka.example")),
    )
    before = {table: rows(table) for table in (*KEPT, Target, Holiday, Government)}
    with pytest.raises(Exception, match="too long"):
        steps.load_profile(broken)
    assert {table: rows(table) for table in (*KEPT, Target, Holiday, Government)} == before
