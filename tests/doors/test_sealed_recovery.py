"""The pages of the room's keys: the recovery key added and used, and a reader who leaves with two persons' consent."""

import json
from base64 import b64decode

import pytest
from django.test import Client

from tests.cast import Cast
from tests.doors.test_sealed_room import SECRET, opened
from tests.make import Made, make_restricted
from tests.office import sign_in
from tests.sealed_room import Reader, make_readers, make_recovery, third_reader
from tuntas import steps
from tuntas.kit import age
from tuntas.kit.time import current_time, real_time
from tuntas.people.models import Look, Person, Session
from tuntas.rules.sealed_purposes import RoomLook
from tuntas.rules.who import Role
from tuntas.sealed.models import ReaderKey
from tuntas.sealed.recovery import recovery_key

HERE, READERS, NAME = "/brankas/pemulihan", "/brankas/pembaca", "Pemulihan Inspektorat"
WHY = "Frasa sandi dan kertas kunci saya hilang."


@pytest.fixture
def readers(cast: Cast) -> dict[int, Reader]:
    return make_readers()


@pytest.fixture
def inspector(cast: Cast, readers: dict[int, Reader]) -> Client:
    person = cast.person(Role.INSPECTORATE, also=Role.SEALED_READER)
    steps.give_app(person.email, SECRET, name="uji", real_now=real_time())
    return sure(sign_in(Client(), person))


@pytest.fixture
def third(inspector: Client, cast: Cast) -> Client:
    return sure(sign_in(Client(), Person.objects.get(pk=third_reader(cast.liaison).person_id or 0)))


def sure(client: Client) -> Client:
    Session.objects.update(sure_at=real_time())
    return client


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_only_those_appointed_find_it(cast: Cast, readers: dict[int, Reader]) -> None:
    client = sure(sign_in(Client(), cast.person(Role.INSPECTORATE)))
    key_id = next(iter(readers.values())).key_id
    assert client.get(HERE).status_code == 404
    for address in (HERE, f"{HERE}/pakai", *(f"{READERS}/{what}/{key_id}" for what in ("minta-keluar", "tetap"))):
        assert client.post(address, {"alasan": WHY}).status_code == 404


def test_its_public_half_is_added_once_and_stands_on_the_next_list(inspector: Client) -> None:
    public = age.recipient_of(age.new_identity())
    given = {"nama": NAME, "publik": f"# {NAME}\n{public}\n", "kunci": "k1"}
    for _ in range(2):
        assert inspector.post(HERE, given)["Location"] == f"{HERE}?tersimpan=1"
    key = recovery_key()
    assert key is not None
    assert (key.name, key.recipient, Look.objects.filter(what=RoomLook.RECOVERY_KEPT).count()) == (NAME, public, 1)
    page = text_of(inspector, HERE)
    assert public in page
    assert "Belum ada di daftar yang berlaku." in page
    document = json.loads(text_of(inspector, f"{READERS}/berikut.json"))
    assert document["readers"][-1] | {"from": ""} == {
        "id": str(key.pk),
        "name": NAME,
        "role": "recovery",
        "recipient": public,
        "from": "",
    }
    assert NAME in text_of(inspector, READERS)


def test_what_is_dangerous_asks_again_who_it_is(inspector: Client, readers: dict[int, Reader]) -> None:
    make_recovery()
    Session.objects.update(sure_at=None)
    key_id = next(iter(readers.values())).key_id
    for address, given in (
        (HERE, {"nama": NAME, "publik": age.recipient_of(age.new_identity())}),
        (f"{HERE}/pakai", {"alasan": WHY}),
        (f"{READERS}/minta-keluar/{key_id}", {"alasan": WHY}),
        (f"{READERS}/keluar/{key_id}", {}),
        (f"{READERS}/tetap/{key_id}", {}),
    ):
        assert inspector.post(address, given)["Location"].startswith("/akun/pastikan?lanjut=/brankas/")
    assert not Look.objects.exists()


def test_a_private_half_is_refused_and_not_shown_again(inspector: Client) -> None:
    identity = age.new_identity()
    response = inspector.post(HERE, {"nama": NAME, "publik": identity})
    assert response.status_code == 422
    assert identity not in response.content.decode()
    assert "server sudah melihatnya" in response.content.decode()


@pytest.mark.parametrize(("given", "field"), [({"publik": "age1x", "nama": NAME}, "publik"), ({"nama": ""}, "publik")])
def test_what_is_wrong_comes_back_with_what_was_typed(inspector: Client, given: dict[str, str], field: str) -> None:
    response = inspector.post(HERE, given)
    assert response.status_code == 422
    assert f'id="{field}-e"' in response.content.decode()
    assert given["nama"] in response.content.decode()


def test_used_with_a_reason_it_is_offered_for_an_hour_and_all_readers_see_it(
    inspector: Client, cast: Cast, readers: dict[int, Reader]
) -> None:
    recovery = make_recovery()
    here = opened(inspector, make_restricted(current_time()))
    assert json.loads(inspector.get(f"{here}/isi").content)["recovery"] == []
    assert 'id="pulih"' not in text_of(inspector, here)
    short = inspector.post(f"{HERE}/pakai", {"alasan": "hilang"})
    assert (short.status_code, 'id="alasan-e"' in short.content.decode()) == (422, True)
    assert inspector.post(f"{HERE}/pakai", {"alasan": WHY})["Location"] == HERE
    assert 'id="pulih"' in text_of(inspector, here)
    (data,) = json.loads(inspector.get(f"{here}/isi").content)["recovery"]
    identity = age.opened(b64decode(data), recovery.identity).decode()
    assert identity.startswith("AGE-SECRET-KEY-1")
    other = sign_in(Client(), cast.person(Role.AGENCY_ADMIN, also=Role.SEALED_READER))
    for address in (HERE, READERS):
        assert WHY in text_of(other, address)


def test_a_reader_leaves_when_one_asks_and_another_agrees(
    inspector: Client, third: Client, cast: Cast, readers: dict[int, Reader]
) -> None:
    key_id = readers[cast.appointed_admin.person_id or 0].key_id
    alone = inspector.post(f"{READERS}/keluar/{key_id}")
    assert (alone.status_code, "perlu dua orang" in alone.content.decode()) == (409, True)
    short = inspector.post(f"{READERS}/minta-keluar/{key_id}", {"alasan": "pindah"})
    assert short.status_code == 422
    assert f'id="alasan-{key_id}"' in short.content.decode()
    asked = inspector.post(f"{READERS}/minta-keluar/{key_id}", {"alasan": WHY})
    assert asked["Location"] == f"{READERS}?keluar=diminta"
    assert "Tarik permintaan saya" in text_of(inspector, READERS)
    page = text_of(third, READERS)
    assert WHY in page
    assert "Setuju, keluarkan" in page
    assert third.post(f"{READERS}/keluar/{key_id}")["Location"] == f"{READERS}?keluar=1"
    assert ReaderKey.objects.get(pk=key_id).retired_at is not None


def test_a_reader_stays_when_another_refuses_and_leaves_alone_if_they_wish(
    inspector: Client, third: Client, cast: Cast, readers: dict[int, Reader]
) -> None:
    theirs, mine = (readers[a.person_id or 0].key_id for a in (cast.appointed_admin, cast.appointed_inspector))
    inspector.post(f"{READERS}/minta-keluar/{theirs}", {"alasan": WHY})
    assert third.post(f"{READERS}/tetap/{theirs}")["Location"] == f"{READERS}?keluar=ditolak"
    assert ReaderKey.objects.get(pk=theirs).leaving_asked_at is None
    assert "Saya keluar dari ruang ini" in text_of(inspector, READERS)
    assert inspector.post(f"{READERS}/keluar/{mine}").status_code == 303
    assert ReaderKey.objects.get(pk=mine).retired_at is not None


def test_the_form_tells_of_it_and_offers_no_way_to_leave_it_out(client: Client, readers: dict[int, Reader]) -> None:
    assert NAME not in text_of(client, "/lapor/tersegel")
    recovery = make_recovery()
    page = text_of(client, "/lapor/tersegel")
    assert f"{NAME} membukanya" in page
    assert f'value="{recovery.key_id}"' not in page
    assert [f'value="{reader.key_id}"' in page for reader in readers.values()] == [True, True]


def test_the_room_names_it_beside_the_people(inspector: Client, readers: dict[int, Reader]) -> None:
    made: Made = make_restricted(current_time())
    make_recovery()
    page = text_of(inspector, f"/brankas/{made.report.ref}")
    assert NAME in page
    assert "<small>2 orang</small>" in page
