"""Alarms: told once, and weekly while they last; cleared when somebody is there again."""

from datetime import time

import pytest

from tests.cast import Cast
from tests.make import T0, bring, make_report
from tests.steps.seen import DAY, HOUR
from tests.steps.test_set_leave import away
from tuntas import steps
from tuntas.agencies.installation import forget_installation
from tuntas.agencies.models import Agency
from tuntas.kit.words import Language
from tuntas.people.models import Alarm, Person, Post
from tuntas.reports.models import Notice
from tuntas.reports.notices import letter_of
from tuntas.rules.alarms import Alert
from tuntas.rules.life import State
from tuntas.rules.who import Role

pytestmark = pytest.mark.usefixtures("changed_profile")


def standing(kind: Alert) -> set[str]:
    return set(Alarm.objects.filter(kind=kind, cleared_at=None).values_list("agency__slug", flat=True))


def told() -> list[str]:
    return sorted(Notice.objects.filter(template="alarms").values_list("email", flat=True))


@pytest.fixture
def quiet(cast: Cast) -> None:
    """Nothing is missing: every agency with topics has a liaison."""
    many = Person.objects.create(name="Narahubung", email="banyak@kota.example", language="id")
    steps.watch_posts(now=T0 - 30 * DAY)
    Post.objects.bulk_create(Post(person=many, role="liaison", agency=alarm.agency) for alarm in Alarm.objects.all())
    assert steps.watch_posts(now=T0 - DAY) == 0
    Notice.objects.all().delete()


def test_the_demo_city_names_agencies_with_topics_and_no_liaison(cast: Cast) -> None:
    assert steps.watch_posts(now=T0) > 0
    missing = standing(Alert.NO_LIAISON)
    assert "bpbd" in missing
    assert not {"dinas-pupr", "dlh", "inspektorat", "kota-cempaka"} & missing
    assert standing(Alert.NO_ADMIN) | standing(Alert.NO_VALIDATOR) | standing(Alert.NO_SHIFT) == set()


@pytest.mark.usefixtures("quiet")
def test_an_alarm_is_told_once_and_again_after_a_week(cast: Cast) -> None:
    Post.objects.filter(role="liaison", agency__slug="dlh").delete()
    admins = sorted(post.person.email for post in Post.objects.filter(role="agency_admin").select_related("person"))
    for now in (T0, T0, T0 + 6 * DAY):
        assert steps.watch_posts(now=now) == 1
    assert standing(Alert.NO_LIAISON) == {"dlh"}
    assert told() == admins
    steps.watch_posts(now=T0 + 7 * DAY)
    assert told() == sorted(admins * 2)
    alarm = Alarm.objects.get(cleared_at=None)
    assert (alarm.first_seen, alarm.told_at) == (T0, T0 + 7 * DAY)


@pytest.mark.usefixtures("quiet")
def test_an_alarm_is_cleared_and_its_like_is_another(cast: Cast) -> None:
    lost = Post.objects.get(role="response_validator")
    lost.delete()
    steps.watch_posts(now=T0)
    assert standing(Alert.NO_VALIDATOR) == {"diskominfo"}
    Post.objects.create(person=lost.person, role=lost.role, agency=lost.agency)
    steps.watch_posts(now=T0 + HOUR)
    assert Alarm.objects.get(kind=Alert.NO_VALIDATOR).cleared_at == T0 + HOUR
    Post.objects.filter(role="response_validator").delete()
    steps.watch_posts(now=T0 + DAY)
    assert Alarm.objects.filter(kind=Alert.NO_VALIDATOR).count() == 2
    assert len(told()) == 2 * len({*told()})


@pytest.mark.usefixtures("quiet")
def test_a_deputy_stands_in_unless_they_are_away_too(cast: Cast) -> None:
    lina, tatang = cast.person(Role.LIAISON, "dlh"), cast.person(Role.UNIT_HANDLER, "dlh")
    away(lina, tatang)
    assert steps.watch_posts(now=T0) == 0
    away(tatang, cast.person(Role.ASSISTANT_ADMIN))
    steps.watch_posts(now=T0)
    assert standing(Alert.NO_LIAISON) == {"dlh"}
    assert steps.watch_posts(now=T0 + 10 * DAY) == 0, "both are back"


@pytest.mark.usefixtures("quiet")
def test_an_agency_that_is_gone_but_holds_open_reports_or_owns_topics_is_named(cast: Cast) -> None:
    bring(make_report(), State.DISPATCHED, cast, agency="dlh")
    Agency.objects.filter(slug="dlh").update(is_active=False)
    Person.objects.filter(posts__role="liaison", posts__agency__slug="dlh").update(is_active=False)
    forget_installation()
    steps.watch_posts(now=T0)
    assert standing(Alert.NO_LIAISON) == {"dlh"}
    assert standing(Alert.NO_OWNER) == {"dlh"}


@pytest.mark.usefixtures("quiet")
def test_without_an_admin_the_leader_hears(cast: Cast) -> None:
    Person.objects.filter(posts__role="agency_admin").update(is_active=False)
    steps.watch_posts(now=T0)
    assert standing(Alert.NO_ADMIN) == {"diskominfo"}
    assert cast.person(Role.LEADER).email in told()


@pytest.mark.usefixtures("quiet")
def test_a_desk_that_plans_shifts_must_fill_the_next_day(cast: Cast) -> None:
    desk_id = make_report().report.desk_id
    yuni = cast.person(Role.ASSISTANT_ADMIN)
    shift = steps.plan_shift(desk_id, yuni.pk, on=T0.date(), starts=time(8), ends=time(20), by=cast.desk)
    steps.watch_posts(now=T0)
    assert standing(Alert.NO_SHIFT) == {"diskominfo"}
    steps.drop_shift(shift.pk, by=cast.desk)
    assert steps.watch_posts(now=T0) == 0


@pytest.mark.usefixtures("quiet")
def test_the_letter_says_how_many_and_where(cast: Cast) -> None:
    Post.objects.filter(role="liaison", agency__slug="dlh").delete()
    steps.watch_posts(now=T0)
    letter = letter_of(
        Notice.objects.filter(template="alarms")[0], code="", base_url="https://l.example", language=Language.ID
    )
    assert letter.subject == "1 hal tanpa penanggung jawab"
    assert "https://l.example/meja/peringatan" in letter.text
