"""One public report, as everybody reads it."""

import re
from datetime import timedelta
from pathlib import Path

import brotli
import pytest
from django.test import Client

from tests.cast import Cast
from tests.make import T0, bring, make_report, make_restricted
from tuntas import steps
from tuntas.ops.static_files import collect_static
from tuntas.reports.models import Report
from tuntas.rules.life import State
from tuntas.rules.reasons import LateCause

pytestmark = pytest.mark.usefixtures("city")
STATES = [
    *(State.SUBMITTED, State.NEEDS_INFO, State.ARCHIVED, State.DISPATCHED, State.TRANSFER_PENDING, State.IN_PROGRESS),
    *(State.SCHEDULED, State.AWAITING_VALIDATION, State.ANSWERED, State.REPORTER_REPLIED, State.CLOSED),
]


@pytest.fixture(autouse=True)
def styles() -> None:
    collect_static()


def page_of(client: Client, report: Report, **query: str) -> str:
    response = client.get(f"/laporan/{report.number}", query)
    assert response.status_code == 200
    return response.content.decode()


def main_of(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page.partition("<main")[2].partition("</main>")[0])


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_state_can_be_read_and_speaks_of_the_reporter_as_another(
    client: Client, cast: Cast, state: State, language: str
) -> None:
    made = make_report(T0, email="sari@contoh.id")
    report = bring(made, state, cast, T0)
    page = page_of(client, report, bahasa=language)
    told = main_of(page)
    told = told.partition("Laporan Anda sendiri?" if language == "id" else "Your own report?")[0]
    assert not re.search(r"\b(Anda|anda|You|you|your)\b", re.sub("if you want news|The same for you", "", told))
    assert "sari@contoh.id" not in page
    assert "{" not in told
    assert len(brotli.compress(page.encode(), quality=5)) < 8 * 1024


def test_nothing_of_the_story_stands_there_before_it_was_checked(client: Client, cast: Cast) -> None:
    made = make_report(T0, body="Rumah Pak Joko di Gang Kenanga 4 bocor terus setiap hujan datang.")
    page = page_of(client, made.report)
    assert "Joko" not in page
    assert "tampil setelah diperiksa meja aduan" in page
    bring(made, State.DISPATCHED, cast, T0)
    assert "Gang Kenanga" in page_of(client, made.report)


def test_what_is_not_public_is_not_there(client: Client) -> None:
    secret, restricted = make_report(T0, is_secret=True), make_restricted(T0)
    for name in (secret.report.number, restricted.report.ref, "26-99999999", "x", "💥"):
        response = client.get(f"/laporan/{name}")
        assert response.status_code == 404
        assert "Halaman tidak ada, atau bukan untuk Anda." in response.content.decode()


def test_lateness_is_admitted_with_its_cause(client: Client, cast: Cast, clock: Path) -> None:
    made = make_report(T0)
    report = bring(made, State.DISPATCHED, cast, T0)
    late = T0 + timedelta(hours=48, minutes=1)
    steps.start(report, by=cast.liaison, text="Besok kami ukur.", late_cause=LateCause.STAFF, now=late)
    told = main_of(page_of(client, report))
    assert "Terlambat 1 menit. Maaf. Penyebabnya:" in told
    kept = make_report(T0)
    report = bring(kept, State.DISPATCHED, cast, T0)
    steps.start(report, by=cast.liaison, text="Besok kami ukur.", now=T0 + timedelta(hours=47, minutes=59))
    assert "Ditepati" in main_of(page_of(client, report))


def test_an_ended_report_says_why_and_is_not_followed(client: Client, cast: Cast) -> None:
    report = bring(make_report(T0), State.ARCHIVED, cast, T0)
    page = page_of(client, report)
    assert "tidak bisa diikuti" in page
    assert f'action="/laporan/{report.number}/ikut"' not in page


def test_signs_of_markup_stay_signs(client: Client, cast: Cast) -> None:
    made = make_report(T0, body="<script>alert(1)</script> & “kutipan” di pasar lama kota kami")
    report = bring(made, State.DISPATCHED, cast, T0)
    page = page_of(client, report)
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
