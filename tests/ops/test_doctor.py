"""The doctor names what is wrong, and only warns of what is not."""

import argparse
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from tests.make import make_report
from tuntas.agencies.installation import forget_installation
from tuntas.agencies.models import Government
from tuntas.kit import files, room
from tuntas.kit.env import env
from tuntas.kit.queue import Job, later
from tuntas.kit.time import real_time
from tuntas.ops import doctor, machine_findings
from tuntas.ops.backup import LAST
from tuntas.ops.finding import Grade
from tuntas.reports.models import Notice, NoticeState


def said(grade: Grade) -> str:
    return "\n".join(finding.says for finding in doctor.findings() if finding.grade is grade)


@pytest.mark.usefixtures("city")
def test_a_healthy_installation(capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor.run(argparse.Namespace(json=False)) == 0
    told = capsys.readouterr().out
    assert "PostgreSQL" in told
    assert "All migrations are applied." in told
    assert "Profile loaded: Cempaka City; its clock is Asia/Jakarta." in told


@pytest.mark.usefixtures("city")
def test_the_embedded_database_and_missing_mail_are_warnings() -> None:
    assert "demo, development and tests only" in said(Grade.WARNING)
    assert "TUNTAS_EMAIL_URL" in said(Grade.WARNING)


@pytest.mark.django_db
def test_a_missing_profile_is_wrong() -> None:
    version = Government.objects.all()
    version.delete()
    forget_installation()
    assert "tuntas load-profile" in said(Grade.WRONG)


@pytest.mark.usefixtures("city")
def test_dead_notices_are_counted() -> None:
    make_report(email="sari@warga.example")
    Notice.objects.update(state=NoticeState.DEAD)
    warnings = said(Grade.WARNING)
    assert "1 notices could not be delivered." in warnings
    (named,) = [line for line in warnings.splitlines() if line.startswith("Notice ")]
    assert "@" not in named, "the list of the dead names no address"


@pytest.mark.usefixtures("city")
def test_a_queue_that_nobody_works_on_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    later(Job.DELIVER, notice_id=0)
    monkeypatch.setattr(doctor, "STALE_QUEUE", -1.0)
    assert "tuntas work" in said(Grade.WRONG)


@pytest.mark.usefixtures("city")
def test_json_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor.run(argparse.Namespace(json=True)) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["is_wrong"] is False
    assert {"grade": "ok", "says": "All indexes are whole."} in told["findings"]


@pytest.mark.usefixtures("city")
def test_an_old_backup_is_warned_of_and_a_fresh_one_is_fine() -> None:
    path = env().data / LAST
    try:
        path.write_text(json.dumps({"at": (real_time() - timedelta(days=3)).isoformat()}))
        assert "that is over two days ago" in said(Grade.WARNING)
        path.write_text(json.dumps({"at": (real_time() - timedelta(hours=3)).isoformat()}))
        assert "The last backup is of" in said(Grade.OK)
        path.write_text("{half")
        assert "No backup was made" in said(Grade.WARNING)
    finally:
        path.unlink()


@pytest.mark.usefixtures("city")
def test_a_key_that_others_may_read_is_wrong() -> None:
    path = env().data / "keys" / "open.key"
    path.parent.mkdir(exist_ok=True)
    try:
        path.touch(mode=0o644)
        assert f"{path} can be read by others" in said(Grade.WRONG)
    finally:
        path.unlink()


@pytest.mark.usefixtures("city")
def test_files_that_cannot_be_written_a_full_disk_and_plain_http_are_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    given = replace(env(), files=Path("/proc/nowhere"), database_url="postgresql://x/y", email_url="smtp://127.0.0.1:9")
    monkeypatch.setattr(files, "env", lambda: given)
    monkeypatch.setattr(machine_findings, "env", lambda: given)
    monkeypatch.setattr(room, "LEAST_SHARE", 2.0)
    wrong = said(Grade.WRONG)
    for told in ("Files cannot be written", "are free where data lie", "must be https", "mail server does not take"):
        assert told in wrong


@pytest.mark.usefixtures("city")
def test_a_worker_that_is_silent_is_wrong() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES ('2020-01-01')")
    assert "No worker gave a sign of life" in said(Grade.WRONG)
