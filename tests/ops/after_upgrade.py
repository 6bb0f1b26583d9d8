"""Run in a process of its own, on a database that was brought up to date: read every report, and do something."""

import os

from django.test import Client

from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.ops.static_files import collect_static
from tuntas.people.models import Person
from tuntas.people.queries import actor_of
from tuntas.reports.models import Report
from tuntas.rules.life import Act, State
from tuntas.rules.who import STRANGER, Role
from tuntas.steps.submit import Story


def walk() -> None:
    """Read all that the public and the desk see, take in a report, and dispatch it; print how many there were."""
    collect_static()
    client, now = Client(headers={"host": "localhost"}), current_time()
    person = Person.objects.filter(posts__role=Role.AGENCY_ADMIN).order_by("id")[0]
    desk, token = actor_of(person), steps.give_token(person.email or "", name="upgrade", now=now)
    bearer = {"authorization": f"Bearer {token}", "host": "localhost"}
    reports = list(Report.objects.exclude(number=None).order_by("id"))
    for report in reports:
        told = client.get(f"/api/v1/reports/{report.number}", headers=bearer)
        assert told.status_code == 200, (report.number, told.content[:300])
        page = client.get(f"/laporan/{report.number}")
        assert page.status_code in (200, 404), (report.number, page.content[:300])
    for path in ("/", "/laporan", "/statistik", "/api/v1/reports", "/api/v1/life", "/api/v1/categories"):
        assert client.get(path).status_code == 200, path
    assert client.get("/api/v1/desk/reports", headers=bearer).status_code == 200
    made = steps.submit(Story(body="Lampu jalan mati sejak kemarin malam."), by=STRANGER, now=now).report
    for report in (made, Report.objects.filter(state=State.SUBMITTED).order_by("id")[0]):
        steps.dispatch(report, by=desk, agency="dinas-pupr", now=now)
        assert report.events.order_by("-id")[0].act == Act.DISPATCH
    print(f"{len(reports)} reports", flush=True)
    os._exit(0)  # without Django's own end, which is none of this test's
