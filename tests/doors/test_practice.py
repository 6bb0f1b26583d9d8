"""The practice city: made beside the real one, worked in through the same pages, thrown away; the real one unmoved."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from tests.cast import Cast
from tests.doors.page_words import words_of
from tests.office import at_work
from tuntas import steps
from tuntas.agencies.installation import forget_installation
from tuntas.kit import practice
from tuntas.kit.time import current_time
from tuntas.people.models import Person
from tuntas.people.practice import is_ready
from tuntas.people.queries import actor_of
from tuntas.reports.models import Notice, Report
from tuntas.rules.exercises import Course, exercises_of
from tuntas.rules.life import Act, acts_of
from tuntas.rules.who import Actor, Role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("practice"), pytest.mark.slow]


@pytest.fixture(scope="module")
def prepared(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The practice city is made once, which takes seconds, and thrown away at the end."""
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        practice.throw_away()
        forget_installation()


@pytest.fixture
def practice_city(prepared: None, cast: Cast) -> None:
    """The practice city without anybody's exercises."""
    if not is_ready():
        steps.prepare_practice()
    with practice.practising(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE reports_report, people_repeat CASCADE")


def begin(cast: Cast, role: Role, agency: str = "", course: Course = Course.OPERATOR) -> Client:
    client = at_work(cast, role, agency)
    assert client.post("/latihan/mulai", {"kursus": course})["Location"] == "/latihan"
    return client


def in_practice(code: str) -> Report:
    return Report.objects.get(channel=f"latihan:{code}")


def test_a_course_is_a_press_away_and_the_real_city_stays_as_it_was(cast: Cast, practice_city: None) -> None:
    client = begin(cast, Role.ASSISTANT_ADMIN)
    page = words_of(client.get("/latihan"))
    for exercise in exercises_of(Course.OPERATOR):
        assert exercise.task.id in page
    assert f"Tinggal {len(exercises_of(Course.OPERATOR))} lagi." in page
    assert not Report.objects.exists()
    with practice.practising():
        assert Report.objects.count() == len(exercises_of(Course.OPERATOR))


def test_the_pages_of_practice_are_marked_and_lead_nowhere_else(cast: Cast, practice_city: None) -> None:
    client = begin(cast, Role.AGENCY_ADMIN)
    page = client.get("/latihan/meja/baru").content.decode()
    assert "Kota ini rekaan" in page
    assert 'action="/latihan/meja/baru"' in page
    assert 'action="/meja' not in page
    assert 'href="/meja' not in page


def test_an_exercise_is_done_by_its_act_and_nothing_leaves_the_house(cast: Cast, practice_city: None) -> None:
    client = begin(cast, Role.AGENCY_ADMIN)
    email = cast.person(Role.AGENCY_ADMIN).email
    with practice.practising():
        learner = learner_with(email)
        steps.dispatch(in_practice("teruskan"), by=learner, agency="dlh", now=current_time())
    assert "Selesai: Teruskan laporan yang jelas" in words_of(client.get("/latihan"))
    assert not Notice.objects.exists()


def learner_with(email: str) -> Actor:
    return actor_of(Person.objects.get(email=email))


@pytest.mark.parametrize("course", list(Course))
def test_every_exercise_stands_where_its_act_can_be_done(cast: Cast, practice_city: None, course: Course) -> None:
    begin(cast, Role.LIAISON, "dlh", course)
    email = cast.person(Role.LIAISON, "dlh").email
    with practice.practising():
        learner = learner_with(email)
        for exercise in exercises_of(course):
            report = in_practice(exercise.code)
            assert report.state == exercise.stands
            if exercise.done_by is not Act.RECALL:  # that follows another
                assert exercise.done_by in acts_of(learner, report)


ADDRESS = re.compile(r'(?:href|action)="(/[^"]*)"')
OUTSIDE = re.compile(r"/(?:static|latihan|akun|keluar|tuntas\.webmanifest)\b")


@pytest.mark.parametrize("course", list(Course))
def test_every_page_of_a_course_opens_and_leads_nowhere_but_into_practice(
    cast: Cast, practice_city: None, course: Course
) -> None:
    client = begin(cast, Role.LIAISON, "dlh", course)
    pages = {
        Course.OPERATOR: ["/meja", "/meja/baru", "/meja/saringan", "/meja/pintasan", "/meja/kasus/{n}"],
        Course.LIAISON: ["/instansi", "/instansi/cek", "/instansi/kotak-keluar", "/instansi/tugas/{n}"],
        Course.VALIDATOR: ["/instansi/cek", "/instansi/cek/{n}"],
    }[course]
    with practice.practising():
        number = in_practice(exercises_of(course)[0].code).number
    for path in pages:
        response = client.get("/latihan" + path.format(n=number))
        assert response.status_code == 200, path
        page = response.content.decode()
        assert "Kota ini rekaan" in page
        assert [found for found in ADDRESS.findall(page) if not OUTSIDE.match(found)] == [], path


def test_an_exercise_is_done_through_its_page(cast: Cast, practice_city: None) -> None:
    client = begin(cast, Role.AGENCY_ADMIN)
    with practice.practising():
        number = in_practice("minta-data").number
    form = {"kunci": "kunci-1", "bentuk": "minta-data", "teks": "Terima kasih. Di sebelah mana tepatnya rusaknya?"}
    sent = client.post(f"/latihan/meja/kasus/{number}/minta-data", form)
    assert sent.status_code == 303
    assert sent["Location"].startswith("/latihan/meja")
    assert "Selesai: Minta keterangan yang kurang" in words_of(client.get("/latihan"))
    assert not Report.objects.exists()


def test_who_has_not_begun_is_sent_to_where_it_begins(cast: Cast, practice_city: None) -> None:
    client = at_work(cast, Role.LEADER)
    assert client.get("/latihan/meja/baru")["Location"] == "/latihan"


def test_without_a_practice_city_its_pages_lead_to_the_beginning(prepared: None, cast: Cast) -> None:
    practice.throw_away()
    client = at_work(cast, Role.AGENCY_ADMIN)
    assert client.get("/latihan/meja/baru")["Location"] == "/latihan"
    assert client.get("/latihan").status_code == 200
    assert client.post("/latihan/mulai")["Location"] == "/latihan/mulai"
    waiting = client.get("/latihan/mulai")
    assert waiting["Refresh"] == "2"


def test_the_city_is_thrown_away_after_a_day_without_anybody(cast: Cast, practice_city: None) -> None:
    begin(cast, Role.AGENCY_ADMIN)
    assert not steps.discard_practice(now=current_time() + timedelta(hours=23))
    assert steps.discard_practice(now=current_time() + timedelta(hours=25))
    assert not practice.is_there()
