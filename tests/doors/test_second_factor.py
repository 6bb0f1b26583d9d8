"""Second factors: who must show one, setting up, showing, losing and removing them, and being asked again."""

import json
import re
from base64 import b32decode
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.doors.page_words import words_of
from tests.office import PASSWORD, sign_in
from tests.soft_passkey import SoftPasskey
from tuntas import steps
from tuntas.kit.env import env
from tuntas.kit.errors import Invalid, NotFound
from tuntas.kit.problems import TooOften
from tuntas.kit.time import real_time
from tuntas.kit.totp import code_at, step_at
from tuntas.people.models import Challenge, Factor, FactorKind, Person, RecoveryCode, Session
from tuntas.people.sessions import signed_in_with
from tuntas.rules.who import Role
from tuntas.steps.challenges import LASTS
from tuntas.web.office.signed import COOKIE

SECRET = b"12345678901234567890"


@pytest.fixture
def dewi(cast: Cast) -> Person:
    person = cast.person(Role.AGENCY_ADMIN)
    steps.set_password([person.email], PASSWORD)
    return person


@pytest.fixture
def real_installation(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a government runs: a database of its own is named, so everybody needs a second factor."""
    monkeypatch.setenv("TUNTAS_DATABASE_URL", "postgresql://tuntas@db.example/tuntas")
    env.cache_clear()
    yield
    monkeypatch.undo()
    env.cache_clear()


def code(ahead: int = 0) -> str:
    """The app's code; *ahead* steps later, for a second one within the same half minute."""
    return code_at(SECRET, step_at(real_time()) + ahead)


def give_app(person: Person) -> None:
    steps.give_app(person.email, SECRET, name="HP Dewi", real_now=real_time())


def give_passkey(person: Person) -> SoftPasskey:
    passkey, now = SoftPasskey(), real_time()
    session = Session.objects.create(person=person, hash="x", started_at=now, seen_at=now)
    asked = steps.ask_new_passkey(person.pk, real_now=now)
    answer = passkey.make(asked.options)
    steps.add_passkey(person.pk, asked.token, answer, name="Laptop", session_id=session.pk, real_now=now)
    session.delete()
    return passkey


def password(client: Client, person: Person, **more: str) -> Any:
    return client.post("/masuk", {"email": person.email, "password": PASSWORD, **more})


def second(client: Client, **given: str) -> Any:
    return client.post("/masuk/kedua", given)


def asked_at(client: Client, address: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client.post(address).content)
    return found


def long_ago(client: Client, person: Person) -> None:
    """Let the last proof of *person* be too old."""
    Session.objects.filter(person=person).update(sure_at=real_time() - timedelta(minutes=5, seconds=1))


# Who must


def test_in_the_demo_a_password_is_enough_also_for_who_has_a_factor(client: Client, dewi: Person) -> None:
    give_app(dewi)
    assert password(client, dewi)["Location"] == "/masuk"
    assert client.get("/meja").status_code == 200
    assert Session.objects.get().second_at is None


@pytest.mark.usefixtures("real_installation")
class TestARealInstallation:
    def test_a_password_alone_opens_nothing_but_the_second_page(self, client: Client, dewi: Person) -> None:
        give_app(dewi)
        response = password(client, dewi, lanjut="/akun")
        assert response["Location"] == "/masuk/kedua?lanjut=%2Fakun"
        assert COOKIE not in response.cookies
        assert not Session.objects.exists()
        assert client.get("/meja")["Location"].startswith("/masuk?")
        page = client.get(response["Location"])
        assert "Kode enam angka" in words_of(page)
        assert 'name="lanjut" value="/akun"' in page.content.decode()
        assert second(client, otp=code(), lanjut="/akun")["Location"] == "/akun"
        assert client.get("/meja").status_code == 200
        assert Session.objects.get().second_at is not None
        assert second(client, otp=code(1)).status_code == 422  # answered once

    def test_who_has_none_comes_no_further_than_setting_one_up(self, client: Client, dewi: Person) -> None:
        assert password(client, dewi).status_code == 303
        for address in ("/meja", "/akun", "/akun/token", "/akun/sandi", "/latihan", "/meja/baru"):
            assert client.get(address)["Location"] == "/akun/faktor", address
            assert client.post(address).status_code in (303, 405), address
        assert client.get("/masuk")["Location"] == "/akun/faktor"
        assert "Satu langkah lagi" in words_of(client.get("/akun/faktor"))
        before = client.cookies[COOKIE].value
        token, secret = app_asked(client)
        done = client.post("/akun/faktor/aplikasi", {"tantangan": token, "nama": "HP", "otp": now_code(secret)})
        assert done["Location"] == "/akun/faktor?tersimpan=1"
        assert client.cookies[COOKIE].value != before
        assert signed_in_with(before, now=real_time(), real_now=real_time()) is None
        assert client.get("/meja").status_code == 200

    def test_five_wrong_codes_then_the_password_again(self, client: Client, dewi: Person) -> None:
        give_app(dewi)
        password(client, dewi)
        for _ in range(5):
            response = second(client, otp="000000", lanjut="/akun", isian="1", zona="Asia/Makassar")
            assert response.status_code == 422
            assert "Pastikan ini Anda" in words_of(response)
        again = second(client, otp=code(), lanjut="/akun", isian="1", zona="Asia/Makassar")
        assert again.status_code == 422
        assert "Mulai lagi dari awal" in words_of(again)
        assert 'name="zona" value="Asia/Makassar"' in again.content.decode()
        assert client.get("/masuk/kedua")["Location"] == "/masuk"

    def test_a_half_is_over_after_ten_minutes(self, dewi: Person) -> None:
        give_app(dewi)
        start = real_time()
        half = steps.sign_in(dewi.email, PASSWORD, device="", address="", real_now=start).half
        late = start + LASTS
        with pytest.raises(NotFound):
            steps.sign_in_second(half, code=code_at(SECRET, step_at(late)), real_now=late)
        soon = late - timedelta(seconds=1)
        assert steps.sign_in_second(half, code=code_at(SECRET, step_at(soon)), real_now=soon)

    def test_what_was_typed_survives_both_pages(self, client: Client, dewi: Person) -> None:
        give_app(dewi)
        typed = {"bahasa-akun": "en", "zona": "Asia/Makassar"}
        at_second = password(client, dewi, lanjut="/akun", isian="1", **typed)
        assert (at_second.status_code, COOKIE in at_second.cookies) == (200, False)
        assert 'action="/masuk/kedua"' in at_second.content.decode()
        assert 'name="zona" value="Asia/Makassar"' in at_second.content.decode()
        wrong = second(client, otp="", lanjut="/akun", isian="1", **typed)
        assert 'name="zona" value="Asia/Makassar"' in wrong.content.decode()
        done = second(client, otp=code(), lanjut="/akun", isian="1", **typed)
        assert done.status_code == 200
        assert 'name="zona" value="Asia/Makassar"' in done.content.decode()
        assert client.post("/akun", typed).status_code == 303

    def test_a_recovery_code_stands_in_once(self, dewi: Person) -> None:
        give_app(dewi)
        first, other = steps.new_recovery_codes(dewi.pk)[:2]
        for given, is_right in ((first, True), (first.lower(), False), (other.lower().replace("-", " "), True)):
            client = Client()
            password(client, dewi)
            assert (second(client, otp=given).status_code == 303) is is_right

    def test_a_passkey_is_shown_on_the_second_page(self, client: Client, dewi: Person) -> None:
        passkey = give_passkey(dewi)
        password(client, dewi)
        assert "data-passkey" in client.get("/masuk/kedua").content.decode()
        asked = asked_at(client, "/masuk/tanya")
        assert len(asked["publicKey"]["allowCredentials"]) == 1
        answer = {"kunci-sandi": passkey.show(asked), "tantangan": asked["tantangan"]}
        assert second(client, **answer)["Location"] == "/masuk"
        assert client.get("/meja").status_code == 200

    def test_the_last_factor_stays(self, client: Client, dewi: Person) -> None:
        give_app(dewi)
        password(client, dewi)
        second(client, otp=code())
        factor = Factor.objects.get()
        response = client.post("/akun/faktor", {"hapus": factor.pk})
        assert response.status_code == 422
        assert "satu-satunya" in words_of(response)
        assert Factor.objects.exists()
        give_passkey(dewi)
        assert client.post("/akun/faktor", {"hapus": factor.pk}).status_code == 303
        assert Factor.objects.get().kind == FactorKind.PASSKEY

    def test_who_left_does_not_come_in_with_half_a_sign_in(self, client: Client, dewi: Person) -> None:
        give_app(dewi)
        password(client, dewi)
        Person.objects.filter(pk=dewi.pk).update(is_active=False)
        assert second(client, otp=code()).status_code == 422
        assert not Session.objects.exists()


# Codes


def test_a_code_opens_once_and_a_wrong_one_never(client: Client, dewi: Person) -> None:
    give_app(dewi)
    sign_in(client, dewi)
    session, now = Session.objects.get(), real_time()
    given = {"session_id": session.pk, "address": "", "real_now": now}
    right = code_at(SECRET, step_at(now))
    steps.check_second(dewi.pk, f" {right[:3]} {right[3:]} ", **given)  # type: ignore[arg-type]
    session.refresh_from_db()
    assert (session.second_at, session.sure_at) == (now, now)
    for again in (right, code_at(SECRET, step_at(now) - 1), "", "1234567", "٣٤٥٦٧٨"):
        with pytest.raises(Invalid) as refused:
            steps.check_second(dewi.pk, again, **given)  # type: ignore[arg-type]
        assert [mistake.pointer for mistake in refused.value.mistakes] == ["/code"]


def test_the_code_of_somebody_else_opens_nothing(cast: Cast, dewi: Person) -> None:
    other = cast.person(Role.LIAISON, "dlh")
    give_app(other)
    mine = steps.new_recovery_codes(other.pk)[0]
    for given in (code(), mine):
        with pytest.raises(Invalid):
            steps.check_second(dewi.pk, given, session_id=0, address="", real_now=real_time())


def test_wrong_codes_are_slowed_wherever_they_come_from_and_right_ones_never(dewi: Person) -> None:
    give_app(dewi)
    start = real_time()

    def at(n: int) -> datetime:
        return start + timedelta(seconds=n * 30)

    for n in range(30):  # right ones
        right = code_at(SECRET, step_at(at(n)))
        steps.check_second(dewi.pk, right, session_id=0, address="", real_now=at(n))
    for n in range(20):
        with pytest.raises(Invalid):
            steps.check_second(dewi.pk, "000000", session_id=0, address=f"10.0.{n}.1", real_now=at(30))
    with pytest.raises(TooOften):
        steps.check_second(dewi.pk, code_at(SECRET, step_at(at(30))), session_id=0, address="", real_now=at(30))


def test_neither_secret_nor_recovery_codes_can_be_read_from_the_database(dewi: Person) -> None:
    give_app(dewi)
    codes = steps.new_recovery_codes(dewi.pk)
    assert SECRET not in bytes(Factor.objects.get().secret)
    kept = str(list(RecoveryCode.objects.values()))
    assert not any(one in kept or one.replace("-", "") in kept for one in codes)


# Setting up


def app_asked(client: Client) -> tuple[str, str]:
    """The token and the secret of the page that adds an authenticator app."""
    text = client.get("/akun/faktor/aplikasi").content.decode()
    token = re.search(r'name="tantangan" value="([^"]+)"', text)
    secret = re.search(r'c-code" data-panjang>([A-Z2-7 ]+)<', text)
    assert token
    assert secret
    return token[1], secret[1]


def now_code(secret_text: str) -> str:
    return code_at(b32decode(secret_text.replace(" ", "")), step_at(real_time()))


def test_an_app_is_kept_once_it_shows_a_code(client: Client, dewi: Person) -> None:
    sign_in(client, dewi)
    token, secret = app_asked(client)
    wrong = client.post("/akun/faktor/aplikasi", {"tantangan": token, "nama": "HP Dewi", "otp": "000000"})
    assert wrong.status_code == 422
    assert 'value="HP Dewi"' in wrong.content.decode()
    assert secret in wrong.content.decode()  # the same picture: it is scanned already
    assert (
        client.post("/akun/faktor/aplikasi", {"tantangan": token, "nama": " ", "otp": now_code(secret)}).status_code
        == 422
    )
    right = {"tantangan": token, "nama": "HP Dewi", "otp": now_code(secret)}
    assert client.post("/akun/faktor/aplikasi", right).status_code == 303
    assert client.post("/akun/faktor/aplikasi", right).status_code == 422  # twice makes no second
    assert [factor.name for factor in Factor.objects.all()] == ["HP Dewi"]
    assert "HP Dewi" in words_of(client.get("/akun/faktor"))
    assert not Challenge.objects.filter(state__secret=secret).exists()


def test_a_passkey_is_kept_and_signs_in_alone(client: Client, dewi: Person) -> None:
    sign_in(client, dewi)
    passkey, asked = SoftPasskey(), asked_at(client, "/akun/faktor/kunci-sandi/tanya")
    form = {"nama": "Laptop", "tantangan": asked["tantangan"], "kunci-sandi": passkey.make(asked)}
    assert client.post("/akun/faktor/kunci-sandi", form | {"kunci-sandi": "{}"}).status_code == 422
    assert client.post("/akun/faktor/kunci-sandi", form).status_code == 303
    assert client.post("/akun/faktor/kunci-sandi", form).status_code == 422
    phone = Client()
    asked = asked_at(phone, "/masuk/tanya")
    assert not asked["publicKey"].get("allowCredentials")
    shown = {"kunci-sandi": passkey.show(asked), "tantangan": asked["tantangan"], "lanjut": "/akun"}
    assert phone.post("/masuk", shown)["Location"] == "/akun"
    assert phone.get("/akun").status_code == 200
    assert phone.post("/masuk", shown).status_code == 422  # each question is answered once


def test_a_copied_passkey_whose_counter_goes_back_is_refused(client: Client, dewi: Person) -> None:
    passkey = give_passkey(dewi)
    for counter, is_taken in ((10, True), (9, False), (10, False), (30, True), (0, False)):
        passkey.counter = counter - 1
        asked = asked_at(client, "/masuk/tanya")
        answer = {"kunci-sandi": passkey.show(asked), "tantangan": asked["tantangan"]}
        assert (client.post("/masuk", answer).status_code == 303) is is_taken, counter


def test_a_passkey_that_never_counts_is_taken(client: Client, dewi: Person) -> None:
    passkey = give_passkey(dewi)
    Factor.objects.update(counter=0)
    for _ in range(2):
        passkey.counter = -1
        asked = asked_at(client, "/masuk/tanya")
        answer = {"kunci-sandi": passkey.show(asked), "tantangan": asked["tantangan"]}
        assert client.post("/masuk", answer).status_code == 303


def test_a_passkey_of_somebody_else_does_not_prove_who_i_am(cast: Cast, client: Client, dewi: Person) -> None:
    theirs = give_passkey(cast.person(Role.LIAISON, "dlh"))
    give_passkey(dewi)
    sign_in(client, dewi)
    asked = asked_at(client, "/akun/tanya")
    response = client.post("/akun/pastikan", {"kunci-sandi": theirs.show(asked), "tantangan": asked["tantangan"]})
    assert response.status_code == 422
    assert Session.objects.get(person=dewi).sure_at is None


def test_ten_codes_are_shown_once_and_replace_those_before(client: Client, dewi: Person) -> None:
    sign_in(client, dewi)
    assert client.post("/akun/faktor/kode", {"kunci": "a"}).status_code == 422  # nothing they could stand in for
    give_app(dewi)
    first = client.post("/akun/faktor/kode", {"kunci": "b"})
    assert first["Location"] == client.post("/akun/faktor/kode", {"kunci": "b"})["Location"]  # twice makes one
    shown = re.findall(r'c-code">([0-9A-Z-]{12})<', client.get(first["Location"]).content.decode())
    assert len(set(shown)) == 10
    assert shown[0] not in client.get("/akun/faktor/kode").content.decode()
    stranger = sign_in(Client(), dewi)  # another session of the same person
    assert shown[0] not in stranger.get(first["Location"]).content.decode()
    client.post("/akun/faktor/kode", {"kunci": "c"})
    with pytest.raises(Invalid):
        steps.check_second(dewi.pk, shown[0], session_id=0, address="", real_now=real_time())


# Being asked again


DANGEROUS = [
    ("/akun/faktor", {"hapus": "1"}),
    ("/akun/faktor/kode", {"kunci": "x"}),
    ("/akun/token", {"nama": "x", "boleh": "read", "hari": "9"}),
    ("/akun/token", {"cabut": "1"}),
    ("/akun", {"akhiri": "1"}),
]


@pytest.mark.parametrize(("address", "form"), DANGEROUS)
def test_what_is_dangerous_asks_again_and_keeps_what_was_typed(
    client: Client, dewi: Person, address: str, form: dict[str, str]
) -> None:
    give_app(dewi)
    sign_in(client, dewi)  # by password alone: what they have is still to be shown
    asked = client.post(address, form)
    assert asked.status_code == 401
    assert "Pastikan ini Anda" in words_of(asked)
    name, value = next(iter(form.items()))
    assert f'name="{name}" value="{value}"' in asked.content.decode()
    done = client.post("/akun/pastikan", {"otp": code(), "lanjut": address, "isian": "1", **form})
    assert done.status_code == 200
    assert f'action="{address}"' in done.content.decode()
    assert client.post(address, form).status_code in (303, 422)
    long_ago(client, dewi)
    assert client.post(address, form).status_code == 401


@pytest.mark.parametrize("address", ["/akun/faktor/aplikasi", "/akun/faktor/kunci-sandi", "/akun/sandi"])
def test_a_dangerous_page_asks_before_it_opens(client: Client, dewi: Person, address: str) -> None:
    give_app(dewi)
    sign_in(client, dewi)
    assert client.get(address)["Location"].startswith("/akun/pastikan?lanjut=")
    assert client.post("/akun/faktor/kunci-sandi/tanya").status_code == 401
    assert client.post("/akun/pastikan", {"otp": code(), "lanjut": address})["Location"] == address
    assert client.get(address).status_code == 200


def test_a_password_proves_it_only_where_there_is_nothing_better(client: Client, dewi: Person) -> None:
    sign_in(client, dewi)
    long_ago(client, dewi)
    assert client.post("/akun/pastikan", {"password": "salah"}).status_code == 422
    assert client.post("/akun/pastikan", {"password": ""}).status_code == 422
    assert client.post("/akun/pastikan", {"password": PASSWORD})["Location"] == "/akun"
    assert Session.objects.get().second_at is None
    give_app(dewi)
    assert client.post("/akun/pastikan", {"password": PASSWORD}).status_code == 422


# The password


def test_a_new_password_ends_every_other_session(client: Client, dewi: Person) -> None:
    elsewhere = sign_in(Client(), dewi)
    sign_in(client, dewi)
    for old, new in (("salah", "kopi tubruk pagi"), (PASSWORD, "pendek"), (PASSWORD, "password2026")):
        response = client.post("/akun/sandi", {"sandi-lama": old, "sandi-baru": new})
        assert response.status_code == 422
        assert new not in response.content.decode()
    assert elsewhere.get("/akun").status_code == 200
    done = client.post("/akun/sandi", {"sandi-lama": PASSWORD, "sandi-baru": "kopi tubruk pagi"})
    assert done["Location"] == "/akun/sandi?tersimpan=1"
    assert elsewhere.get("/akun").status_code == 303
    assert client.get("/akun").status_code == 200
    assert password(Client(), dewi).status_code == 422


def test_pages_of_factors_cost_the_same_with_one_and_with_three(
    client: Client, dewi: Person, django_assert_num_queries: Any
) -> None:
    sign_in(client, dewi)
    for n in (1, 3):
        while Factor.objects.count() < n:
            give_passkey(dewi)
        client.get("/akun/faktor")  # what is asked once for all is asked now
        with django_assert_num_queries(3):  # who, the factors, how many codes are left
            client.get("/akun/faktor")


@pytest.mark.parametrize("address", ["/masuk/tanya", "/masuk/kedua", "/akun/tanya", "/akun/pastikan"])
def test_a_form_of_another_site_is_refused(client: Client, dewi: Person, address: str) -> None:
    sign_in(client, dewi)
    assert client.post(address, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
