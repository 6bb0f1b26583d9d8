"""An invitation: who sends it, what the link opens, and when it is dead."""

import re
from argparse import Namespace

import pytest
from django.test import Client

from tests.cast import Cast
from tests.doors.page_words import words_of
from tests.office import PASSWORD, at_work, sign_in
from tuntas import steps
from tuntas.kit.errors import NotFound
from tuntas.kit.words import Language
from tuntas.ops.cli import sentence_of
from tuntas.ops.invite import run as print_link
from tuntas.ops.static_files import collect_static
from tuntas.people.invitations import invitation_of, person_invited
from tuntas.people.models import Person, Session
from tuntas.reports.models import Notice
from tuntas.reports.notices import letter_of
from tuntas.rules.who import Role

pytestmark = pytest.mark.usefixtures("city")
NEW = "empat kata acak sekali"


@pytest.fixture(autouse=True)
def styles() -> None:
    collect_static()


@pytest.fixture
def asep(cast: Cast) -> Person:
    return cast.person(Role.UNIT_HANDLER, "dinas-pupr")


def link_of(person: Person) -> str:
    return f"/masuk/undangan/{invitation_of(person)}"


def test_the_link_lets_somebody_choose_a_password_and_is_dead_then(client: Client, asep: Person) -> None:
    link = link_of(asep)
    assert "Selamat bergabung" in words_of(client.get(link))
    done = client.post(link, {"sandi-baru": NEW})
    assert (done.status_code, done["Location"]) == (303, "/masuk")
    assert client.post("/masuk", {"email": asep.email, "password": NEW}).status_code == 303
    for again in (client.get(link), client.post(link, {"sandi-baru": "lain lagi dan panjang"})):
        assert again.status_code == 404
        assert "Minta undangan baru" in words_of(again)


def test_where_somebody_was_signed_in_ends_with_the_new_password(client: Client, asep: Person) -> None:
    sign_in(Client(), asep)
    asep.refresh_from_db()
    client.post(link_of(asep), {"sandi-baru": NEW})
    assert not Session.objects.filter(person=asep).exists()


@pytest.mark.parametrize(("password", "says"), [("pendek", "12 huruf"), ("passwordpassword", "mudah ditebak")])
def test_a_poor_password_is_refused_and_the_link_stays_good(
    client: Client, asep: Person, password: str, says: str
) -> None:
    link = link_of(asep)
    refused = client.post(link, {"sandi-baru": password})
    assert refused.status_code == 422
    assert says in words_of(refused)
    assert client.get(link).status_code == 200


@pytest.mark.parametrize("token", ["x", "1-x", "999999-abc-def", "-", "²-abc", "9" * 40 + "-a-b"])
def test_a_link_that_never_was_opens_nothing(client: Client, asep: Person, token: str) -> None:
    assert client.get(f"/masuk/undangan/{token}").status_code == 404


def test_the_link_of_one_opens_nobody_elses_account(cast: Cast, asep: Person) -> None:
    other = cast.person(Role.LIAISON, "dlh")
    with pytest.raises(NotFound):
        person_invited(f"{other.pk}-{invitation_of(asep).partition('-')[2]}")


def test_somebody_switched_off_has_no_link(client: Client, asep: Person) -> None:
    link = link_of(asep)
    Person.objects.filter(pk=asep.pk).update(is_active=False)
    assert client.get(link).status_code == 404


def test_a_week_later_the_link_is_dead(asep: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    token = invitation_of(asep)
    monkeypatch.setattr("django.conf.settings.PASSWORD_RESET_TIMEOUT", -1)
    with pytest.raises(NotFound):
        person_invited(token)


def test_a_form_of_another_site_is_not_heard(client: Client, asep: Person) -> None:
    answer = client.post(link_of(asep), {"sandi-baru": NEW}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert client.get(link_of(asep)).status_code == 200


def test_who_looks_after_somebody_sends_a_letter_once_and_the_link_is_in_no_table(cast: Cast, asep: Person) -> None:
    admin = at_work(cast, Role.AGENCY_ADMIN)
    for _ in range(2):
        sent = admin.post(f"/meja/orang/{asep.pk}", {"kunci": "undang-1", "undang": "1"})
        assert sent["Location"] == f"/meja/orang/{asep.pk}?diundang=1"
    (notice,) = Notice.objects.filter(template="invitation")
    assert (notice.email, notice.about, notice.secret) == (asep.email, {}, None)
    letter = letter_of(notice, code="", base_url="https://lapor.kota.example", language=Language.ID)
    found = re.search(r"https://lapor.kota.example(/masuk/undangan/\S+)", letter.text)
    assert found is not None
    assert Client().get(found[1]).status_code == 200


def test_nobody_invites_whom_they_do_not_look_after(cast: Cast, asep: Person) -> None:
    other = at_work(cast, Role.LIAISON, "dlh")
    assert other.post(f"/meja/orang/{asep.pk}", {"kunci": "undang-1", "undang": "1"}).status_code == 404
    assert not Notice.objects.exists()


def test_the_command_prints_a_link_that_opens(client: Client, asep: Person, capsys: pytest.CaptureFixture[str]) -> None:
    assert print_link(Namespace(email=asep.email.upper())) == 0
    link = capsys.readouterr().out.strip()
    assert client.get(link[link.index("/masuk") :]).status_code == 200
    with pytest.raises(NotFound) as no:
        print_link(Namespace(email="nobody@kota.example"))
    assert sentence_of(no.value)


def test_the_password_of_before_stays_until_another_is_chosen(client: Client, cast: Cast, asep: Person) -> None:
    steps.set_password([asep.email], PASSWORD)
    asep.refresh_from_db()
    client.get(link_of(asep))
    assert client.post("/masuk", {"email": asep.email, "password": PASSWORD}).status_code == 303
