"""A marker in every field and file of a sealed report, and then a search of everything: only its readers find it.

The way without scripts is walked here, where the server sees the words once; what a browser closes itself is searched
in tests/browser/test_sealed_form.py by the same search.
"""

import io
import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from tests.cast import Cast
from tests.make import T0
from tests.sealed_room import make_readers, read_by
from tests.stored import files_with, rows_with
from tuntas import steps
from tuntas.kit.time import current_time, real_time
from tuntas.kit.words import Language
from tuntas.people.models import Person, Session, Token
from tuntas.people.queries import token_hash
from tuntas.people.sessions import session_hash
from tuntas.reports.models import Notice, Report
from tuntas.reports.notices import letter_of
from tuntas.rules.who import Actor
from tuntas.steps.submit import Story
from tuntas.web.office.signed import COOKIE

MARK = "Zqmarkah"
PART = "Zqmark"  # what is searched for: it would find the whole, and does not bring the whole back itself
API = "/api/v1"
PUBLIC = [
    "/",
    "/lapor",
    "/lapor/tersegel",
    "/lacak",
    "/laporan",
    f"/laporan?q={PART}",
    "/peta",
    "/statistik",
    "/janji",
]
PUBLIC += ["/perlindungan", "/bantuan", f"{API}/reports", f"{API}/reports?q={PART}", f"{API}/statistics", "/readyz"]
OFFICE = ["/meja", f"/meja?q={PART}", "/meja/baru", "/instansi", "/instansi/cek", "/akun", "/brankas"]


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Listen to every logger there is, as a careless installation would be set up."""
    loggers = [logging.getLogger(name) for name in ("django.request", "django", "tuntas", "procrastinate")]
    before = [(logger.level, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
        logger.propagate = True
    with caplog.at_level(logging.DEBUG):
        yield caplog
    for logger, (level, propagate) in zip(loggers, before, strict=True):
        logger.setLevel(level)
        logger.propagate = propagate


def marked_photo() -> bytes:
    data = io.BytesIO()
    image = Image.new("RGB", (40, 30), (200, 80, 20))
    exif = Image.Exif()
    exif[0x010E] = MARK  # what the picture shows
    image.save(data, "JPEG", exif=exif, comment=MARK.encode())
    return data.getvalue()


def report_by_api(client: Client) -> tuple[Report, str]:
    upload = io.BytesIO(marked_photo())
    upload.name = f"{MARK}.jpg"
    file_id = client.post(f"{API}/files", {"file": upload}).json()["file_id"]
    body = {
        "body": f"{MARK} meminta uang di loket.",
        "title": f"Tentang {MARK}",
        "category": "bribery_corruption",
        "location_text": f"Kantor {MARK}",
        "reporter": {"name": MARK, "phone": f"0812 {MARK}", "email": f"{MARK}@mail.example"},
        "file_ids": [file_id],
    }
    answer = client.post(
        f"{API}/reports",
        json.dumps(body),
        content_type="application/json",
        headers={"Idempotency-Key": f"kunci-{MARK[::-1]}"},
    )
    assert answer.status_code == 201, answer.content
    return Report.objects.filter(is_restricted=True).latest("id"), answer.json()["code"]


def talk(report: Report, code: str, cast: Cast, client: Client) -> None:
    """Let both sides use every word they have."""
    now, mine = current_time(), Actor(report_id=report.pk)
    words: dict[str, Any] = {"text": f"Kata {MARK}."}
    shown = {"title": MARK, "public_text": MARK}
    inspector, second = cast.inspector, cast.appointed_inspector
    steps.note(report, by=inspector, **words, now=now)
    steps.inform(report, by=inspector, **words, now=now)
    steps.ask(report, by=inspector, **words, now=now)
    answer = client.post(
        f"{API}/track/acts/complete",
        json.dumps(words),
        content_type="application/json",
        headers={"Authorization": f"Code {code}"},
    )
    assert answer.status_code == 200, answer.content
    steps.dispatch(report, by=cast.appointed_admin, agency="inspektorat", **shown, **words, now=now)
    steps.start(report, by=inspector, **words, now=now)
    steps.supplement(report, by=mine, **words, now=now)
    steps.escalate(report, by=inspector, level=1, **words, now=now)
    steps.propose_answer(report, by=inspector, outcome="answered", **words, now=now)
    steps.return_answer(report, by=second, **words, now=now)
    steps.propose_answer(report, by=inspector, outcome="answered", **words, now=now)
    steps.approve(report, by=second, now=now)
    steps.reply(report, by=mine, **words, now=now)
    steps.close(report, by=inspector, outcome="answered", **words, now=now)
    steps.reopen(report, by=mine, **words, now=now)
    steps.withdraw(report, by=mine, **words, now=now)
    steps.appeal(report, by=mine, **words, now=now)
    steps.archive(report, by=inspector, reason_code="unclear", **words, now=now)


def test_a_marker_in_every_field_and_file_is_found_by_its_readers_alone(
    cast: Cast,
    client: Client,
    said: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: pytest.FixtureRequest,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        report, code = report_by_api(client)
        talk(report, code, cast, client)
        steps.miss_next(now=current_time() + timedelta(days=400))
        steps.count(now=current_time())
    assert rows_with(MARK) == []
    assert files_with(MARK) == []
    _search_pages(report, client)
    _search_notices(report)
    _search_logs(said)
    for reader in make_readers().values():
        words = read_by(reader, report.pk)
        assert sum(MARK in json.dumps(each) for _, each in words) == len(words) > 14
    own = client.get(f"{API}/track", headers={"Authorization": f"Code {code}"}).json()
    assert MARK in own["body"], "the reporter reads what they wrote"


def _search_pages(report: Report, client: Client) -> None:
    """Open everything as everybody: the public, each person with a token and signed in, in both languages."""
    for address in PUBLIC:
        assert MARK.lower() not in _page(client, address), address
    own = [f"/meja/kasus/{report.ref}", f"/instansi/{report.ref}", f"/brankas/{report.ref}", f"/laporan/{report.ref}"]
    for person in Person.objects.filter(is_active=True, posts__isnull=False).distinct():
        at_work = Client()
        Session.objects.create(
            person=person, hash=session_hash(person.email), started_at=real_time(), seen_at=real_time()
        )
        at_work.cookies[COOKIE] = person.email
        for address in (*OFFICE, *own):
            assert MARK.lower() not in _page(at_work, address), f"{address} as {person.email}"
        Token.objects.create(person=person, hash=token_hash(person.email), created_at=real_time())
        headers = {"Authorization": f"Bearer {person.email}"}
        for address in (f"/reports/{report.ref}", "/desk/reports", f"/desk/reports?q={PART}", f"/reports?q={PART}"):
            text = client.get(f"{API}{address}", headers=headers).content.decode().lower()
            assert MARK.lower() not in text, f"{address} as {person.email}"


def _page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code < 500, address
    return b"".join(answer).decode(errors="replace").lower()  # streamed or not


def _search_notices(report: Report) -> None:
    notices = Notice.objects.filter(report=report)
    assert notices.exists()
    for notice in notices:
        for language in Language:
            letter = letter_of(notice, code="", base_url="http://x", language=language)
            assert MARK.lower() not in f"{letter.subject} {letter.text} {notice.email} {notice.error}".lower()


def _search_logs(said: pytest.LogCaptureFixture) -> None:
    for record in said.records:
        if record.name.startswith(("django.db", "PIL")):  # statements are never logged; this listens to everything
            continue
        line = f"{record.getMessage()} {record.__dict__}"
        assert MARK.lower() not in line.lower(), line[:300]


def test_the_search_finds_what_an_ordinary_report_says(cast: Cast, client: Client) -> None:
    """Taken out of its envelope the same marker is found: the search above can fail."""
    steps.submit(Story(body=f"Jalan {MARK} berlubang."), by=Actor(), now=T0)
    assert len(rows_with(MARK)) >= 1
