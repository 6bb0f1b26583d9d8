"""The sealed room by its pages: who finds it, what is told before a seal is opened, and what an opening gives."""

import json
from base64 import b64decode, b64encode
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.make import Made, make_report, make_restricted
from tests.office import at_work, sign_in
from tests.sealed_room import Reader, make_readers, read_by
from tuntas import steps
from tuntas.agencies.installation import forget_installation, installation
from tuntas.kit import age
from tuntas.kit.time import current_time, real_time
from tuntas.kit.totp import code_at, new_secret, step_at
from tuntas.people.models import Look, Session
from tuntas.rules.life import Act
from tuntas.rules.who import Role
from tuntas.sealed.models import Opening, Seal, WrappedKey
from tuntas.sealed.queries import live_opening

SECRET = new_secret()


@pytest.fixture
def readers(cast: Cast) -> dict[int, Reader]:
    return make_readers()


@pytest.fixture
def inspector(cast: Cast, readers: dict[int, Reader]) -> Client:
    person = cast.person(Role.INSPECTORATE, also=Role.SEALED_READER)
    steps.give_app(person.email, SECRET, name="uji", real_now=real_time())
    return sign_in(Client(), person)


@pytest.fixture
def made(readers: dict[int, Reader]) -> Made:
    return make_restricted(current_time())


def code() -> str:
    return code_at(SECRET, step_at(real_time()))


def opened(client: Client, made: Made, purpose: str = "telaah_awal") -> str:
    """Open the seal and return the address of the page."""
    here = f"/brankas/{made.report.ref}"
    response = client.post(f"{here}/buka", {"tujuan": purpose, "kode": code()})
    assert (response.status_code, response.get("Location")) == (303, here)
    return here


def test_only_those_appointed_find_the_room(cast: Cast, made: Made) -> None:
    addresses = ["/brankas", f"/brankas/{made.report.ref}", "/brankas/kunci", "/brankas/pembaca"]
    for role in (Role.AGENCY_ADMIN, Role.INSPECTORATE, Role.LEADER, Role.LIAISON):
        client = at_work(cast, role)
        assert {client.get(address).status_code for address in addresses} == {404}, role
        assert 'href="/brankas"' not in client.get("/akun").content.decode()
    for address in addresses:
        assert Client().get(address)["Location"].startswith("/masuk?lanjut=")


def test_an_ordinary_report_is_not_in_the_room(inspector: Client) -> None:
    assert inspector.get(f"/brankas/{make_report(current_time()).report.number}").status_code == 404


def test_the_list_tells_reference_stage_and_clock_alone(inspector: Client, made: Made) -> None:
    page = inspector.get("/brankas")
    text = page.content.decode()
    assert str(made.report.ref) in text
    assert page["Cache-Control"] == "no-store"
    assert "rokok" not in text
    assert 'role="search"' not in text


def test_who_was_left_out_finds_nothing(inspector: Client, readers: dict[int, Reader], cast: Cast, made: Made) -> None:
    key = readers[cast.person(Role.INSPECTORATE, also=Role.SEALED_READER).pk].key_id
    Seal.objects.filter(pk=made.report.pk).update(excluded=[key])
    assert str(made.report.ref) not in inspector.get("/brankas").content.decode()
    assert inspector.get(f"/brankas/{made.report.ref}").status_code == 404
    assert inspector.get(f"/brankas/{made.report.ref}/isi").status_code == 404


def test_the_list_costs_the_same_with_one_and_with_three_rows(inspector: Client, made: Made) -> None:
    counted = []
    for _ in range(2):
        inspector.get("/brankas")
        forget_installation()
        installation()
        with CaptureQueriesContext(connection) as asked:
            inspector.get("/brankas")
        counted.append(len(asked))
        make_restricted(current_time())
        make_restricted(current_time())
    assert counted[0] == counted[1]
    assert counted[0] <= 10


def test_before_a_seal_is_opened_nothing_can_be_read(inspector: Client, made: Made) -> None:
    here = f"/brankas/{made.report.ref}"
    page = inspector.get(here).content.decode()
    assert "Buka segel" in page
    assert "Yang boleh membuka" in page
    assert "Belum ada yang membuka." in page
    for address in ("/isi", "/berkas/00000000-0000-4000-8000-000000000000"):
        assert inspector.get(here + address).status_code == 403
    assert inspector.post(f"{here}/berkas.zip").status_code == 403
    assert inspector.post(f"{here}/lihat", {"apa": "bagian", "alasan": "x"}).status_code == 403


def test_a_seal_opens_with_a_purpose_and_a_second_factor(inspector: Client, cast: Cast, made: Made) -> None:
    here = f"/brankas/{made.report.ref}"
    for given, field in (
        ({"tujuan": "telaah_awal", "kode": "000000"}, "kode-e"),
        ({"tujuan": "iseng", "kode": code()}, "tujuan-e"),
    ):
        response = inspector.post(f"{here}/buka", given)
        assert response.status_code == 422
        assert field in response.content.decode() or 'id="tujuan"' in response.content.decode()
        assert not Opening.objects.exists()
    response = inspector.post(f"{here}/buka", {"tujuan": "telaah_awal"})  # the factor was shown just now
    assert response["Location"] == here
    opening = Opening.objects.get()
    assert opening.ends_at - opening.at == timedelta(minutes=15)
    assert Look.objects.filter(report_id=made.report.pk, what="sealed", why="telaah awal").count() == 1
    page = inspector.get(here)
    assert "blob:" in page["Content-Security-Policy"]
    assert "telaah awal" in page.content.decode()
    assert "Tutup layar" in page.content.decode()
    person = cast.person(Role.INSPECTORATE, also=Role.SEALED_READER)
    assert f'data-tanda="{person.name} ·' in page.content.decode()


def test_a_factor_shown_long_ago_is_asked_for_again(inspector: Client, made: Made) -> None:
    opened(inspector, made)
    Session.objects.update(second_at=real_time() - timedelta(minutes=6))
    response = inspector.post(f"/brankas/{made.report.ref}/buka", {"tujuan": "hasil"})
    assert response.status_code == 422
    assert Opening.objects.count() == 1


def test_an_opening_gives_ciphertext_that_only_the_reader_opens(
    inspector: Client, readers: dict[int, Reader], cast: Cast, made: Made
) -> None:
    here = opened(inspector, made)
    response = inspector.get(f"{here}/isi")
    assert response["Cache-Control"] == "no-store"
    assert b"rokok" not in response.content
    told = json.loads(response.content)
    me = readers[cast.person(Role.INSPECTORATE, also=Role.SEALED_READER).pk]
    identity = age.opened(b64decode(told["wrapped"][0]), me.identity).decode()
    story = age.words_in(b64decode(told["envelopes"][0]["data"]), identity)
    assert story["body"] == "Petugas loket meminta uang rokok."
    assert 0 < told["ends_in"] <= 900
    Opening.objects.update(ends_at=current_time() - timedelta(seconds=1))
    assert inspector.get(f"{here}/isi").status_code == 403


def test_every_part_uncovered_and_every_file_saved_is_recorded(inspector: Client, made: Made) -> None:
    here = opened(inspector, made)
    for words in ("", "memanggil Budi"):
        assert inspector.post(f"{here}/lihat", {"apa": "bagian", "alasan": words}).status_code == 422
    for _ in range(2):
        assert inspector.post(f"{here}/lihat", {"apa": "bagian", "alasan": "klarifikasi"}).status_code == 204
    assert Look.objects.filter(report_id=made.report.pk, what="sealed_part", why="klarifikasi").count() == 2
    assert "klarifikasi" in inspector.get(here).content.decode()


def test_the_age_files_open_without_this_software(
    inspector: Client, readers: dict[int, Reader], cast: Cast, made: Made
) -> None:
    here = opened(inspector, made)
    response = inspector.post(f"{here}/berkas.zip")
    with ZipFile(BytesIO(response.content)) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    me = readers[cast.person(Role.INSPECTORATE, also=Role.SEALED_READER).pk]
    identity = age.opened(files["kunci-laporan-1.age"], me.identity).decode()
    assert age.words_in(files["001-story.age"], identity)["body"].startswith("Petugas loket")
    assert Look.objects.filter(report_id=made.report.pk, what="sealed_export").count() == 1


def test_words_closed_in_the_browser_go_through_unread(
    inspector: Client, readers: dict[int, Reader], cast: Cast, made: Made
) -> None:
    recipient = Seal.objects.get(pk=made.report.pk).recipient
    envelope = age.enveloped({"text": "Jam berapa kejadiannya?"}, [recipient])
    from_browser = {"amplop": b64encode(envelope).decode(), "kunci": "k1"}
    for _ in range(2):
        response = inspector.post(f"/brankas/{made.report.ref}/minta-data", from_browser)
        assert response.status_code == 303
    event = made.report.events.get(act=Act.ASK)
    assert (event.text, event.is_sealed) == ("", True)
    me = readers[cast.person(Role.INSPECTORATE, also=Role.SEALED_READER).pk]
    words = [words["text"] for kind, words in read_by(me, made.report.pk) if kind == "words"]
    assert words == ["Jam berapa kejadiannya?"]


def test_words_typed_without_scripts_are_closed_by_the_server(inspector: Client, made: Made) -> None:
    response = inspector.post(f"/brankas/{made.report.ref}/catatan", {"teks": "Saya kenal loket itu."})
    assert response.status_code == 303
    assert made.report.events.get(act=Act.NOTE).text == ""


def test_nothing_typed_is_lost(inspector: Client, made: Made) -> None:
    response = inspector.post(f"/brankas/{made.report.ref}/tidak-diproses", {"teks": "Bukan wewenang kami, maaf."})
    assert response.status_code == 422
    assert "Bukan wewenang kami, maaf." in response.content.decode()
    assert 'id="alasan-e"' in response.content.decode()


def test_a_report_is_handed_to_the_inspectorate_and_examined(inspector: Client, made: Made) -> None:
    here = f"/brankas/{made.report.ref}"
    examiner = next(a.slug for a in installation().agencies.values() if a.examines)
    for slug, given in (("teruskan", {"instansi": examiner}), ("mulai", {"teks": "Kami mulai memeriksa."})):
        assert inspector.post(f"{here}/{slug}", given).status_code == 303, slug
    page = inspector.get(here).content.decode()
    assert f'href="{here}?lakukan=hasil#tulis"' in page
    made.report.refresh_from_db()
    assert made.report.state == "under_examination"


def test_a_newcomer_is_given_a_key_by_a_reader(
    inspector: Client, readers: dict[int, Reader], cast: Cast, made: Made
) -> None:
    other = next(r for person, r in readers.items() if person != cast.appointed_inspector.person_id)
    WrappedKey.objects.filter(report_id=made.report.pk, reader_id=other.key_id).delete()
    here = opened(inspector, made)
    assert "belum punya kunci laporan ini" in inspector.get(here).content.decode()
    data = age.close(b"AGE-SECRET-KEY-1", [age.recipient_of(other.identity)])
    text = b64encode(data).decode()
    strange = inspector.post(f"{here}/kunci-baru", {"kunci_baru": json.dumps({"999999": text})})
    assert strange.status_code == 422
    given = inspector.post(f"{here}/kunci-baru", {"kunci_baru": json.dumps({str(other.key_id): text})})
    assert given.status_code == 303
    assert bytes(WrappedKey.objects.get(report_id=made.report.pk, reader_id=other.key_id).data) == data
    assert "belum punya kunci laporan ini" not in inspector.get(here).content.decode()


def test_an_open_seal_is_open_to_one_person_alone(inspector: Client, cast: Cast, made: Made) -> None:
    here = opened(inspector, made)
    other = sign_in(Client(), cast.person(Role.AGENCY_ADMIN, also=Role.SEALED_READER))
    assert other.get(f"{here}/isi").status_code == 403
    assert live_opening(made.report.pk, cast.appointed_inspector.person_id or 0, now=current_time()) is not None
