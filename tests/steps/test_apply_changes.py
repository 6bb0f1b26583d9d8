"""Changes that wait for their day: put into force at its midnight, once; what no longer fits stays and says why."""

from datetime import date, datetime

import pytest

from tests.cast import Cast
from tests.make import T0, bring, make_report
from tests.steps.registers import change
from tuntas import steps
from tuntas.agencies.models import Agency, Category
from tuntas.kit.errors import NotFound, WrongState
from tuntas.people.models import Change
from tuntas.rules.life import State
from tuntas.rules.registers import Register
from tuntas.rules.who import Role

pytestmark = pytest.mark.usefixtures("city", "changed_profile")
FRIDAY = date(2026, 3, 13)
MIDNIGHT = datetime.fromisoformat("2026-03-13T00:00+07:00")
BEFORE = datetime.fromisoformat("2026-03-12T23:59+07:00")


def waiting(cast: Cast, **typed: str) -> Change:
    return change(cast, Register.AGENCIES, "bpbd", FRIDAY, **typed)


def test_it_begins_at_midnight_of_its_day_and_once(cast: Cast) -> None:
    done = waiting(cast, name="Badan Baru")
    assert steps.apply_changes(now=BEFORE) == 0
    assert Agency.objects.get(slug="bpbd").name != "Badan Baru"
    assert steps.apply_changes(now=MIDNIGHT) == 1
    assert Agency.objects.get(slug="bpbd").name == "Badan Baru"
    assert steps.apply_changes(now=MIDNIGHT) == 0
    done.refresh_from_db()
    assert done.applied_at == MIDNIGHT


def test_what_was_changed_meanwhile_is_kept(cast: Cast) -> None:
    waiting(cast, name="Badan Baru")
    change(cast, Register.AGENCIES, "bpbd", short="BB")
    steps.apply_changes(now=MIDNIGHT)
    row = Agency.objects.get(slug="bpbd")
    assert (row.name, row.short) == ("Badan Baru", "BB")


def test_what_no_longer_fits_stays_with_a_sentence_and_is_tried_again(cast: Cast) -> None:
    Category.objects.filter(owner__slug="bpbd").update(owner=Agency.objects.get(slug="dlh"))
    done = waiting(cast, is_active="tidak")
    report = bring(make_report(), State.DISPATCHED, cast, agency="bpbd")
    assert steps.apply_changes(now=MIDNIGHT) == 0
    done.refresh_from_db()
    assert done.applied_at is None
    assert done.trouble is not None
    assert "1 laporan" in done.trouble["id"]
    assert Agency.objects.get(slug="bpbd").is_active
    type(report).objects.filter(pk=report.pk).update(holder=Agency.objects.get(slug="dlh"))
    assert steps.apply_changes(now=MIDNIGHT) == 1
    done.refresh_from_db()
    assert (done.trouble, Agency.objects.get(slug="bpbd").is_active) == (None, False)


def test_a_row_that_was_added_meanwhile_is_not_added_again(cast: Cast) -> None:
    row = Agency.objects.get(slug="bpbd")
    new = {"name": "Baru", "tier": row.tier, "parent": "kota-cempaka", "calendar": row.calendar.name, "is_active": "ya"}
    change(cast, Register.AGENCIES, "", FRIDAY, slug="baru", **new)
    change(cast, Register.AGENCIES, "", slug="baru", **{**new, "name": "Lebih dulu"})
    assert steps.apply_changes(now=MIDNIGHT) == 0
    assert Agency.objects.get(slug="baru").name == "Lebih dulu"


def test_only_what_waits_is_withdrawn_and_only_by_an_admin(cast: Cast) -> None:
    done = waiting(cast, name="Badan Baru")
    for by in (cast.liaison, cast.actor(Role.SYSADMIN)):
        with pytest.raises(NotFound):
            steps.withdraw_change(done.pk, by=by, now=T0)
    for _ in range(2):
        steps.withdraw_change(done.pk, by=cast.desk, now=T0)
    assert steps.apply_changes(now=MIDNIGHT) == 0
    done.refresh_from_db()
    assert (done.withdrawn_by_id, done.applied_at) == (cast.desk.person_id, None)
    now_done = change(cast, Register.AGENCIES, "bpbd", name="Badan Lain")
    with pytest.raises(WrongState):
        steps.withdraw_change(now_done.pk, by=cast.desk, now=T0)
