"""An anonymous name over pages and API: asked for, decided by another, read by who asked, told to the reporter."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.doors.page_words import address as address_of
from tests.doors.page_words import words_of
from tests.make import Made, make_report, make_restricted
from tests.office import at_work
from tests.steps.seen import fresh
from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.people.models import Look
from tuntas.reports.desk_queries import last_event_of
from tuntas.rules.who import Role

WHY = "Saksi harus ditemui sebelum buktinya hilang."
MAIL = "sari@mail.example"


@pytest.fixture
def made(cast: Cast) -> Made:
    return make_report(current_time(), email=MAIL)


@pytest.fixture
def desk(cast: Cast) -> Client:
    return at_work(cast, Role.AGENCY_ADMIN)


@pytest.fixture
def second(cast: Cast) -> Client:
    return at_work(cast, Role.AGENCY_ADMIN, also=Role.SEALED_READER)


def address(made: Made, slug: str = "") -> str:
    return f"/meja/kasus/{made.report.number}{slug and '/' + slug}"


def send(client: Client, made: Made, slug: str, **fields: str) -> Any:
    seen = str(last_event_of(made.report))
    return client.post(address(made, slug), {"kunci": f"kunci-{slug}", "dilihat": seen, **fields})


def seen_by(client: Client, made: Made, slug: str = "") -> str:
    response = client.get(address(made, slug))
    assert response.status_code == 200
    return response.content.decode()


def test_two_persons_open_a_name_and_the_reporter_reads_who_and_why(
    client: Client, made: Made, desk: Client, second: Client
) -> None:
    assert "/minta-nama" in seen_by(desk, made)
    assert "Sari" not in seen_by(desk, made)
    assert desk.get(address(made, "nama")).status_code == 403
    assert send(desk, made, "minta-nama", teks=WHY).status_code == 303
    assert "/putuskan-nama" not in seen_by(desk, made)
    assert desk.get(address(made, "putuskan-nama")).status_code == 403
    page = seen_by(second, made)
    assert "/putuskan-nama" in page
    assert WHY in page
    assert seen_by(second, made, "putuskan-nama")
    assert send(second, made, "putuskan-nama", keputusan="setuju").status_code == 303
    assert second.get(address(made, "nama")).status_code == 403
    assert "/nama" in seen_by(desk, made)
    opened = seen_by(desk, made, "nama")
    assert "Sari" in opened
    assert MAIL in opened
    told = words_of(client.get(address_of(made.code)))
    assert "Nama Anda dibuka untuk Admin meja aduan" in told
    assert "Siapa yang pernah membuka identitas saya" in told
    assert f"Alasan: {WHY}" in told
    assert "Belum ada yang membuka" not in told


def test_a_form_that_says_too_little_comes_back_with_what_was_typed(made: Made, desk: Client, second: Client) -> None:
    response = send(desk, made, "minta-nama", teks="Perlu tahu.")
    assert response.status_code == 422
    assert "Perlu tahu." in response.content.decode()
    assert "20 huruf" in words_of(response)
    send(desk, made, "minta-nama", teks=WHY)
    response = send(second, made, "putuskan-nama", teks="Saya ragu.")
    assert response.status_code == 422
    assert "Saya ragu." in response.content.decode()
    assert "Pilih setujui atau tolak" in words_of(response)
    assert send(second, made, "putuskan-nama", keputusan="tolak", teks="Saya ragu.").status_code == 303
    assert fresh(made.report).identity_asked_by_id is None


def test_nobody_has_opened_anything_yet(client: Client, made: Made) -> None:
    told = words_of(client.get(address_of(made.code)))
    assert "Siapa yang pernah membuka identitas saya" in told
    assert "Belum ada yang membuka." in told


def test_the_api_refuses_in_the_contracts_order(client: Client, cast: Cast, made: Made) -> None:
    here = f"/api/v1/reports/{made.report.number}/identity"
    desk = cast.bearer(Role.AGENCY_ADMIN)
    sealed = make_restricted(current_time()).report
    assert client.get(f"/api/v1/reports/{sealed.ref}/identity").status_code == 404
    assert client.get("/api/v1/reports/26-99999999/identity", headers=desk).status_code == 404
    assert client.get(here).status_code == 401
    assert client.get(here, headers={"Authorization": "Bearer nobody"}).status_code == 401
    for headers in (made.header, desk, cast.bearer(Role.LEADER), cast.bearer(Role.LIAISON, "dinas-pupr")):
        assert client.get(here, headers=headers).status_code == 403
    act = f"/api/v1/reports/{made.report.number}/acts"
    body = {"content_type": "application/json"}
    assert client.post(f"{act}/ask_identity", {"text": "Perlu."}, headers=desk, **body).status_code == 422  # type: ignore[arg-type]
    answer = client.post(f"{act}/ask_identity", {"text": WHY}, headers=desk, **body)  # type: ignore[arg-type]
    assert answer.status_code == 200
    assert "ask_identity" not in answer.json()["acts"]
    assert client.post(f"{act}/decide_identity", {"is_granted": True}, headers=desk, **body).status_code == 403  # type: ignore[arg-type]
    second = cast.bearer(Role.INSPECTORATE)
    answer = client.post(f"{act}/decide_identity", {"is_granted": True}, headers=second, **body)  # type: ignore[arg-type]
    assert answer.status_code == 200
    answer = client.get(here, headers=desk)
    assert (answer.status_code, answer.json()) == (200, {"name": "Sari", "phone": "", "email": MAIL})
    looks = client.get("/api/v1/track", headers=made.header).json()["looks"]
    assert [(look["role"], look["what"], look["why"]) for look in looks] == [("agency_admin", "identity", WHY)]


def test_a_name_that_is_not_hidden_is_read_by_who_knows_it_and_kept(client: Client, cast: Cast) -> None:
    open_one = make_report(current_time(), is_anonymous=False, email=MAIL)
    here = f"/api/v1/reports/{open_one.report.number}/identity"
    assert client.get(here, headers=cast.bearer(Role.AGENCY_ADMIN)).json()["name"] == "Sari"
    assert client.get(here, headers=cast.bearer(Role.LEADER)).status_code == 403
    assert Look.objects.filter(report_id=open_one.report.pk, what="identity").count() == 1


def test_who_reads_a_secret_report_is_kept_once_an_hour_and_told(client: Client, cast: Cast, desk: Client) -> None:
    secret = make_report(current_time(), is_secret=True)
    for _ in range(2):
        seen_by(desk, secret)
    steps.dispatch(secret.report, by=cast.desk, agency="dinas-pupr", now=current_time())
    headers = cast.bearer(Role.LIAISON, "dinas-pupr")
    assert client.get(f"/api/v1/reports/{secret.report.number}", headers=headers).status_code == 200
    looks = client.get("/api/v1/track", headers=secret.header).json()["looks"]
    assert [(look["role"], look["agency"], look["what"]) for look in looks] == [
        ("agency_admin", "", "secret"),
        ("liaison", "dinas-pupr", "secret"),
    ]
    told = words_of(client.get(address_of(secret.code)))
    assert "Siapa yang pernah membuka laporan ini" in told
    assert "membaca laporan rahasia ini" in told
    assert "Belum ada yang membuka." in told, "their name nobody has seen"
