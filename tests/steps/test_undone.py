"""A profile loaded after people changed something at /kelola: it names what it would undo, and keeps what it did."""

from datetime import date

import pytest

from tests.cast import Cast
from tests.make import T0
from tests.steps.registers import change
from tuntas import steps
from tuntas.agencies.models import Agency, Holiday, Target
from tuntas.agencies.profile import Profile
from tuntas.people.models import Change, Person, Post
from tuntas.rules.registers import Register
from tuntas.steps.undone import WouldUndo

pytestmark = pytest.mark.usefixtures("city", "changed_profile")


def test_loading_the_same_again_keeps_no_change(profile: Profile) -> None:
    steps.load_profile(profile, now=T0)
    assert not Change.objects.exists()


def test_what_a_load_would_undo_is_named_and_nothing_is_loaded(cast: Cast, profile: Profile) -> None:
    change(cast, Register.AGENCIES, "dlh", name="Dinas Taman")
    made = change(cast, Register.PEOPLE, "", email="b@kota.example", name="Budi", posts="liaison@dlh", is_active="ya")
    with pytest.raises(WouldUndo) as no:
        steps.load_profile(profile, now=T0)
    assert "2 changes" in no.value.say.en
    assert "Dinas Taman" in no.value.say.en
    assert Agency.objects.get(slug="dlh").name == "Dinas Taman"
    assert Post.objects.filter(person_id=int(made.key)).exists()


def test_over_it_undoes_them_and_keeps_that_the_profile_did(cast: Cast, profile: Profile) -> None:
    change(cast, Register.AGENCIES, "dlh", name="Dinas Taman")
    steps.load_profile(profile, over=True, now=T0)
    assert Agency.objects.get(slug="dlh").name == "Dinas Lingkungan Hidup"
    kept = Change.objects.get(by=None)
    assert kept.before is not None
    assert (kept.key, kept.before["name"], kept.after["name"]) == ("dlh", "Dinas Taman", "Dinas Lingkungan Hidup")
    steps.load_profile(profile, now=T0)
    assert Change.objects.count() == 2


def test_what_the_profile_says_as_well_is_no_undoing(cast: Cast, profile: Profile) -> None:
    change(cast, Register.AGENCIES, "dlh", short="X")
    change(cast, Register.AGENCIES, "dlh", short=str(Change.objects.get().before["short"]))  # type: ignore[index]
    steps.load_profile(profile, now=T0)
    assert not Change.objects.filter(is_settled=False).exists()


def test_a_promise_and_a_day_to_come_are_seen_as_well(cast: Cast, profile: Profile) -> None:
    coming = {"since": "2026-03-13", "decree": "Perwal 9/2026"}
    promise = change(cast, Register.PROMISES, "answer", amount="24", **coming)
    with pytest.raises(WouldUndo, match="promises"):
        steps.load_profile(profile, now=T0)
    assert Target.objects.filter(since=date(2026, 3, 13), is_active=True).count() == 1
    steps.load_profile(profile, over=True, now=T0)
    promise.refresh_from_db()
    assert promise.withdrawn_at == T0
    name = Holiday.objects.select_related("calendar").order_by("id")[0].calendar.name
    said = {"calendar": name, "on": "2026-03-10", "name": "Cuti bersama", "decree": "SKB"}
    change(cast, Register.DAYS, "", is_closed="ya", **said)
    with pytest.raises(WouldUndo, match="days"):
        steps.load_profile(profile, now=T0)


def test_people_keep_their_accounts(cast: Cast, profile: Profile) -> None:
    change(cast, Register.PEOPLE, "", email="b@kota.example", name="Budi", posts="liaison@dlh", is_active="ya")
    steps.load_profile(profile, over=True, now=T0)
    assert Person.objects.filter(email="b@kota.example", posts=None).exists()
