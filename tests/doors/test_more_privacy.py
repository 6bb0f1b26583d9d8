"""A reporter who chooses more privacy has it at once: on every page, list and search, in the API and in letters."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.doors.page_words import hours_ago
from tests.make import Made, make_report
from tests.office import at_work
from tests.steps.seen import published
from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.reports.models import Notice
from tuntas.rules.who import Role

MARK, MAIL = "zebrakuning", "sari@mail.example"
FOR_ALL = (
    "/",
    "/laporan",
    f"/laporan?q={MARK}",
    "/laporan.atom",
    "/peta",
    "/data/laporan.csv",
    "/data/laporan.json",
    "/statistik",
)
API = ("/api/v1/reports", f"/api/v1/reports?q={MARK}", "/api/v1/statistics")


@pytest.fixture
def made(cast: Cast) -> Made:
    made = make_report(hours_ago(5), body=f"Ada {MARK} di jalan.", is_anonymous=False, email=MAIL)
    words = {"title": f"Lubang {MARK}", "public_text": f"Ada {MARK} di jalan."}
    steps.dispatch(made.report, by=cast.desk, agency="dinas-pupr", now=hours_ago(4), **words)
    return made


def change(client: Client, made: Made, **choice: bool) -> None:
    answer = client.post("/api/v1/track/acts/set_privacy", choice, content_type="application/json", headers=made.header)
    assert answer.status_code == 200


def found_by(client: Client, address: str) -> bool:
    response: Any = client.get(address)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return MARK in content.decode().replace(f"q={MARK}", "").replace(f'value="{MARK}"', "")


def test_what_becomes_secret_is_found_by_nobody(client: Client, cast: Cast, made: Made) -> None:
    number = made.report.number
    assert found_by(client, "/laporan")
    assert found_by(client, "/api/v1/reports")
    assert found_by(client, f"/laporan/{number}")
    change(client, made, is_secret=True)
    assert published(made.report) is None
    assert [address for address in (*FOR_ALL, *API) if found_by(client, address)] == []
    for address in (f"/laporan/{number}", f"/api/v1/reports/{number}"):
        assert client.get(address).status_code == 404
    for role in (Role.OMBUDSMAN_OBSERVER, Role.DPO, Role.SYSADMIN, Role.INTEGRATION, Role.ARBITER):
        assert client.get(f"/api/v1/reports/{number}", headers=cast.bearer(role)).status_code == 404
    assert client.get(f"/api/v1/reports/{number}", headers=cast.bearer(Role.AGENCY_ADMIN)).status_code == 200


def test_followers_of_what_became_secret_hear_no_more(client: Client, cast: Cast, made: Made) -> None:
    follower = "tetangga@mail.example"
    link = f"/api/v1/reports/{made.report.number}/acts/follow"
    assert client.post(link, {"email": follower}, content_type="application/json").status_code == 200
    change(client, made, is_secret=True)
    before = Notice.objects.filter(email=follower).count()
    steps.start(made.report, by=cast.liaison, text="Besok kami ukur.", now=current_time())
    assert Notice.objects.filter(email=follower).count() == before


def test_who_becomes_anonymous_is_nobody_to_staff_at_once(client: Client, cast: Cast, made: Made) -> None:
    here = f"/api/v1/reports/{made.report.number}"
    people = [(Role.AGENCY_ADMIN, ""), (Role.LIAISON, "dinas-pupr"), (Role.INSPECTORATE, "")]
    for role, agency in people:
        assert client.get(here, headers=cast.bearer(role, agency)).json()["reporter"]["name"] == "Sari"
    change(client, made, is_anonymous=True)
    for role, agency in people:
        headers = cast.bearer(role, agency)
        view = client.get(here, headers=headers)
        assert "reporter" not in view.json()
        assert MAIL not in view.content.decode()
        assert client.get(f"{here}/identity", headers=headers).status_code == 403
    page = at_work(cast, Role.AGENCY_ADMIN).get(f"/meja/kasus/{made.report.number}").content.decode()
    assert "Sari" not in page
    assert MAIL not in page
