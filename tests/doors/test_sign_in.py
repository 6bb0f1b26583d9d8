"""Signing in and out: right and wrong passwords, limits, where somebody was going, what they had typed there."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import Cast
from tests.office import PASSWORD, PHONE, at_work, sign_in
from tuntas import steps
from tuntas.kit.time import real_time
from tuntas.people.models import Person, Session
from tuntas.people.sessions import IDLE, LONGEST, signed_in_with
from tuntas.rules.who import Role
from tuntas.web.office.signed import COOKIE


@pytest.fixture
def dewi(cast: Cast) -> Person:
    person = cast.person(Role.AGENCY_ADMIN)
    steps.set_password([person.email], PASSWORD)
    return person


def send(client: Client, email: str, password: str = PASSWORD, **more: str):  # type: ignore[no-untyped-def]
    return client.post("/masuk", {"email": email, "password": password, **more})


def test_who_knows_the_password_comes_to_their_work(client: Client, dewi: Person) -> None:
    response = send(client, f" {dewi.email.upper()} ")
    assert (response.status_code, response["Location"]) == (303, "/masuk")
    assert client.get("/masuk")["Location"] == "/meja"
    cookie = response.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie.value not in str(list(Session.objects.values_list("hash", flat=True)))
    assert client.get("/akun").status_code == 200


@pytest.mark.parametrize(
    ("role", "agency", "home"),
    [
        (Role.ASSISTANT_ADMIN, "", "/meja"),
        (Role.LIAISON, "dlh", "/instansi"),
        (Role.UNIT_HANDLER, "dlh", "/instansi"),
        (Role.RESPONSE_VALIDATOR, "", "/instansi"),
        (Role.CALL_OPERATOR, "", "/meja/baru"),
        (Role.LEADER, "", "/akun"),
    ],
)
def test_everybody_has_a_page_their_work_begins_on(cast: Cast, role: Role, agency: str, home: str) -> None:
    assert at_work(cast, role, agency).get("/masuk")["Location"] == home


@pytest.mark.parametrize(
    ("email", "password"), [("", "x"), ("dewi@kota-cempaka.example", "keliru-99"), ("ani@x.example", "x")]
)
def test_a_wrong_try_says_nothing_about_who_works_here(client: Client, dewi: Person, email: str, password: str) -> None:
    response = send(client, email, password)
    assert response.status_code == 422
    assert COOKIE not in response.cookies
    page = response.content.decode()
    assert ('value="' + email + '"') in page
    assert "keliru-99" not in page


def test_a_person_who_left_cannot_sign_in_nor_stay(client: Client, dewi: Person) -> None:
    sign_in(client, dewi)
    Person.objects.filter(pk=dewi.pk).update(is_active=False)
    assert client.get("/akun").status_code == 303
    assert send(Client(), dewi.email).status_code == 422


def test_ten_tries_for_one_account_then_it_is_slowed_and_its_colleague_is_not(cast: Cast, dewi: Person) -> None:
    client = Client()
    for _ in range(10):
        assert send(client, dewi.email, "salah").status_code == 422
    assert "Terlalu banyak percobaan" in send(client, dewi.email).content.decode()
    other = cast.person(Role.LIAISON, "dlh")
    steps.set_password([other.email], PASSWORD)
    assert send(client, other.email).status_code == 303


@pytest.mark.parametrize("back", ["//jahat.example/", "https://jahat.example/", "/\\jahat.example", "jahat"])
def test_nobody_is_led_to_another_site(client: Client, dewi: Person, back: str) -> None:
    assert send(client, dewi.email, lanjut=back)["Location"] == "/masuk"


def test_a_page_without_a_session_asks_to_sign_in_and_comes_back(client: Client, dewi: Person) -> None:
    asked = client.get("/akun?x=1")
    assert asked["Location"] == "/masuk?lanjut=%2Fakun%3Fx%3D1"
    assert 'name="lanjut" value="/akun?x=1"' in client.get(asked["Location"]).content.decode()
    assert send(client, dewi.email, lanjut="/akun?x=1")["Location"] == "/akun?x=1"


def test_what_was_typed_when_the_session_ended_is_kept_and_sent_after_signing_in(client: Client, dewi: Person) -> None:
    typed = {"bahasa-akun": "en", "zona": "Asia/Makassar"}
    asked = client.post("/akun", typed)
    assert asked.status_code == 401
    assert "Isian Anda tersimpan" in asked.content.decode()
    wrong = send(client, dewi.email, "salah", lanjut="/akun", isian="1", **typed)
    assert 'name="zona" value="Asia/Makassar"' in wrong.content.decode()
    again = send(client, dewi.email, lanjut="/akun", isian="1", **typed)
    page = again.content.decode()
    assert again.status_code == 200
    assert 'action="/akun"' in page
    assert 'name="zona" value="Asia/Makassar"' in page
    assert PASSWORD not in page
    assert client.post("/akun", typed).status_code == 303
    dewi.refresh_from_db()
    assert (dewi.language, dewi.zone) == ("en", "Asia/Makassar")


def test_a_form_of_another_site_does_nothing(client: Client, dewi: Person) -> None:
    sign_in(client, dewi)
    for header in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://jahat.example"},
    ):
        assert client.post("/akun", {"bahasa-akun": "en", "zona": ""}, headers=header).status_code == 403
    dewi.refresh_from_db()
    assert dewi.language == "id"


def test_a_session_ends_by_rest_and_by_length(dewi: Person) -> None:
    start = real_time()
    key = steps.sign_in(dewi.email, PASSWORD, device="", address="", real_now=start).key
    assert signed_in_with(key, now=start, real_now=start + IDLE - timedelta(seconds=1)) is not None
    assert signed_in_with(key, now=start, real_now=start + IDLE) is None
    at = start
    while at < start + LONGEST - timedelta(hours=1):
        at += timedelta(hours=1)
        signed = signed_in_with(key, now=at, real_now=at)
        assert signed is not None
        steps.stay_signed_in(signed, real_now=at)
    assert signed_in_with(key, now=start, real_now=start + LONGEST) is None


def test_sessions_are_listed_and_ended_by_their_owner_alone(cast: Cast, client: Client, dewi: Person) -> None:
    phone = sign_in(Client(), dewi)
    sign_in(client, dewi, device="Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")
    page = client.get("/akun").content.decode()
    assert "Chrome di Android" in page
    assert "Firefox di Linux" in page
    of_phone = Session.objects.get(device=PHONE)
    stranger = at_work(cast, Role.LIAISON, "dlh")
    stranger.post("/akun", {"akhiri": of_phone.pk})
    assert phone.get("/akun").status_code == 200
    assert client.post("/akun", {"akhiri": of_phone.pk}).status_code == 303
    assert phone.get("/akun").status_code == 303
    assert client.get("/akun").status_code == 200


@pytest.mark.parametrize(("role", "agency", "forgets"), [(Role.LIAISON, "dlh", True), (Role.AGENCY_ADMIN, "", False)])
def test_who_signs_out_is_out_and_a_phone_that_kept_tasks_forgets(
    cast: Cast, role: Role, agency: str, forgets: bool
) -> None:
    response = at_work(cast, role, agency).post("/keluar")
    assert response["Location"] == "/masuk"
    assert ("storage" in response["Clear-Site-Data"]) is forgets
    assert not Session.objects.exists()


def test_a_choice_that_does_not_exist_is_refused(client: Client, dewi: Person) -> None:
    sign_in(client, dewi)
    response = client.post("/akun", {"bahasa-akun": "id", "zona": "Asia/Bogor"})
    assert response.status_code == 422
    assert "Pilih salah satu dari daftar." in response.content.decode()


def test_pages_show_the_clock_and_language_somebody_chose(client: Client, dewi: Person) -> None:
    steps.choose(dewi.pk, language="en", zone="Asia/Jayapura")
    sign_in(client, dewi)
    page = client.get("/akun").content.decode()
    assert '<html lang="en"' in page
    session = Session.objects.get()
    assert f"{session.started_at + timedelta(hours=9):%H:%M}" in page


def test_a_page_of_the_staff_costs_one_look_at_the_session(
    client: Client, dewi: Person, django_assert_num_queries: object
) -> None:
    sign_in(client, dewi)
    client.get("/akun")
    with django_assert_num_queries(2):  # type: ignore[operator]  # who, and where else
        client.get("/akun")
