"""The doctor names what is wrong, and only warns of what is not."""

import argparse

import pytest

from tests.make import make_report
from tuntas.agencies.installation import forget_installation
from tuntas.agencies.models import Government
from tuntas.kit.queue import Job, later
from tuntas.ops import doctor
from tuntas.ops.doctor import Grade
from tuntas.reports.models import Notice, NoticeState


def said(grade: Grade) -> str:
    return "\n".join(finding.says for finding in doctor.findings() if finding.grade is grade)


@pytest.mark.usefixtures("city")
def test_a_healthy_installation(capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor.run(argparse.Namespace()) == 0
    told = capsys.readouterr().out
    assert "PostgreSQL" in told
    assert "All migrations are applied." in told
    assert "Profile loaded: Cempaka City." in told


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
