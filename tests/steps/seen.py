"""What a step wrote, as tests look at it; and any act with its usual body, for tests that are about something else."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from PIL import Image

from tests.cast import Cast
from tests.make import Made
from tuntas import steps
from tuntas.kit.errors import Invalid, No, NotAllowed
from tuntas.publications.models import Publication
from tuntas.reports.models import Contact, Deadline, Event, File, Follower, Notice, Report, SideTask
from tuntas.rules.life import Act, Promise
from tuntas.rules.who import STRANGER, SYSTEM, Actor, Role

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)
DESK_ADMINS = {"desk", "appointed_admin"}
WHOLE_DESK = DESK_ADMINS | {"assistant", "national"}


def fresh(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


def last(report: Report) -> Event:
    return Event.objects.filter(report=report).order_by("-id")[0]


def clock(report: Report, promise: Promise) -> Deadline:
    """Return the newest clock of a promise."""
    return Deadline.objects.filter(report=report, promise=promise).order_by("-id")[0]


def running(report: Report) -> set[str]:
    return set(Deadline.objects.running().filter(report=report).values_list("promise", flat=True))


def published(report: Report) -> Publication | None:
    return Publication.objects.filter(number=report.number).defer("words").first()


def told(report: Report, since: datetime) -> set[tuple[str, str]]:
    """Return who was told what: template, and the address without the government's own domain."""
    rows = Notice.objects.filter(report=report, created_at__gte=since).values_list("template", "email")
    return {(template, email.removesuffix("@kota-cempaka.example")) for template, email in rows}


def photo(now: datetime) -> UUID:
    """Upload a small image and return its id."""
    data = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 80, 20)).save(data, "JPEG")
    return steps.upload(data.getvalue(), now=now).pk


def everybody(cast: Cast, made: Made) -> dict[str, Actor]:
    """Return one actor of every kind, by a short name."""
    return {
        "stranger": STRANGER,
        "other_reporter": Actor(report_id=made.report.pk + 10**6),
        "reporter": made.reporter,
        "system": SYSTEM,
        "desk": cast.desk,
        "appointed_admin": cast.appointed_admin,
        "assistant": cast.actor(Role.ASSISTANT_ADMIN),
        "national": cast.actor(Role.NATIONAL_ADMIN),
        "operator": cast.actor(Role.CALL_OPERATOR),
        "partner": cast.actor(Role.INTAKE_PARTNER),
        "liaison": cast.liaison,
        "handler": cast.handler,
        "other_liaison": cast.other_liaison,
        "other_handler": cast.actor(Role.UNIT_HANDLER, "dlh"),
        "validator": cast.validator,
        "inspector": cast.inspector,
        "appointed_inspector": cast.appointed_inspector,
        "leader": cast.actor(Role.LEADER),
        "ombudsman": cast.actor(Role.OMBUDSMAN_OBSERVER),
        "dpo": cast.actor(Role.DPO),
        "integration": cast.actor(Role.INTEGRATION),
        "sysadmin": cast.actor(Role.SYSADMIN),
        "arbiter": cast.actor(Role.ARBITER),
    }


def usual_body(act: Act, now: datetime) -> dict[str, Any]:
    """Return a body that *act* takes in most places."""
    text = {"text": f"Kata untuk {act.value}."}
    bodies: dict[Act, dict[str, Any]] = {
        Act.DISPATCH: {"agency": "dinas-pupr"},
        Act.ARCHIVE: {"reason_code": "unclear", **text},
        Act.SCHEDULE: {"on": now.date() + timedelta(days=30), **text},
        Act.PROPOSE_ANSWER: {"outcome": "answered", **text},
        Act.RATE: {"rating": 3},
        Act.CLOSE: {"outcome": "answered", **text},
        Act.ESCALATE: {"level": 1, **text},
        Act.TRANSFER: {"agency": "dlh", "reason_code": "not_authority", **text},
        Act.DECLINE_TRANSFER: {"reason_code": "not_authority", **text},
        Act.ARBITRATE: {"agency": "dlh", **text},
        Act.FORWARD_EXTERNAL: {
            "body": "PLN UP3 Bogor",
            "contact": "Bagian pengaduan",
            "next_news_on": now.date() + timedelta(days=7),
            **text,
        },
        Act.OUTSIDE_NEWS: {"next_news_on": now.date() + timedelta(days=7), **text},
        Act.ASK_PART: {"agency": "dishub", "due_on": now.date() + timedelta(days=7), **text},
        Act.DO_PART: {"part": 0, **text},
        Act.DECLINE_PART: {"part": 0, **text},
        Act.WITHDRAW_PART: {"part": 0},
        Act.RECEIVE_LETTER: {"kind": "village_letter", "sender": "Lurah Tegalsari", **text},
        Act.ANSWER_AUDIENCE: {"granted": False, **text},
        Act.APPROVE: {},
        Act.ACCEPT_TRANSFER: {},
        Act.PUBLISH: {"title": "Lubang di depan pasar"},
        Act.SET_PRIVACY: {},
        Act.FOLLOW: {},
        Act.MERGE: {"into": "99-999999"},  # to nowhere: with a lead it is in tests/steps/merged.py
        Act.UNMERGE: {},
        Act.SPLIT: {"parts": [steps.Part("Lampu mati", "Lampu jalan di depan pasar mati.")]},
        Act.RECALL: {},
        Act.RELEASE: {},
        Act.ASK_IDENTITY: {"text": "Perlu bertemu pelapor untuk melihat buktinya."},
        Act.DECIDE_IDENTITY: {"is_granted": False},
    }
    return bodies.get(act, text)


def do(act: Act, report: Report, *, by: Actor, now: datetime, **more: Any) -> Event:
    """Do *act* with its usual body, but for what the test says."""
    body = usual_body(act, now) | more
    if body.get("part") == 0:
        body["part"] = open_part(report)
    event: Event = getattr(steps, act.value)(report, by=by, now=now, **body)
    return event


def open_part(report: Report) -> int:
    """Return the id of a part that waits, 0 where none does."""
    waiting = SideTask.objects.filter(report=report, state="asked").order_by("id").values_list("pk", flat=True)
    return waiting.first() or 0


def everything_about(report: Report) -> list[object]:
    """Return all that is stored about a report, to be compared."""
    tables = (Event, Deadline, Notice, File, Follower, SideTask)
    return [
        Report.objects.filter(pk=report.pk).values().get(),
        [list(table.objects.filter(report=report).order_by("pk").values()) for table in tables],
        list(Contact.objects.filter(report=report).values()),
        list(Publication.objects.filter(number=report.number).defer("words").values()),
    ]


@contextmanager
def refused(kind: type[No], report: Report, pointer: str = "") -> Iterator[None]:
    """Expect a refusal that leaves nothing half-written; of a bad field, the pointer to it."""
    before = everything_about(report)
    with pytest.raises(kind) as caught:
        yield
    assert everything_about(report) == before
    assert caught.value.say.id
    assert caught.value.say.en
    assert "{" not in caught.value.say.id + caught.value.say.en
    if isinstance(caught.value, Invalid):
        assert [mistake.pointer for mistake in caught.value.mistakes] == [pointer]


def who_may(act: Act, report: Report, cast: Cast, made: Made, now: datetime) -> set[str]:
    """Return, by trying, all who are not refused; each try is undone, each refusal leaves nothing."""
    before = everything_about(report)
    people = everybody(cast, made)
    refused_ones = {name for name, actor in people.items() if not _is_let_in(act, report, actor, now)}
    assert everything_about(report) == before
    return set(people) - refused_ones


def _is_let_in(act: Act, report: Report, actor: Actor, now: datetime) -> bool:
    try:
        with transaction.atomic():
            do(act, report, by=actor, now=now)
            raise _Undo
    except NotAllowed:
        return False
    except _Undo:
        return True


class _Undo(Exception):
    """Takes a try back."""


def on(day: date, hour: int, minute: int = 0) -> datetime:
    """Return an hour of a day in Jakarta."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo("Asia/Jakarta"))
