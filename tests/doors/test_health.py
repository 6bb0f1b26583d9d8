"""What a machine may ask another: is it ready, and how it does, the latter by itself or with a token alone."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.cast import Cast
from tests.make import make_report
from tuntas.kit import room, tables_known
from tuntas.kit.env import env
from tuntas.kit.queue import Job, later
from tuntas.web import health, metrics

HERE: dict[str, Any] = {"HTTP_HOST": "localhost:8000"}


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> str:
    shown = "m" * 24
    monkeypatch.setattr(metrics, "env", lambda: _With(shown))
    return shown


class _With:
    """The environment, with a token."""

    def __init__(self, token: str) -> None:
        self.metrics_token = token

    def __getattr__(self, name: str) -> object:
        return getattr(env(), name)


def test_ready_costs_five_statements_at_most(client: Client, city: None) -> None:
    client.get("/readyz")  # the profile is read once a process
    counting = _Counting()
    with connection.execute_wrapper(counting):
        told = client.get("/readyz")
    assert told.status_code == 200
    assert told.json().keys() == {"database", "queue_age_seconds", "migrations", "disk_free_bytes"}
    assert counting.many <= 5


class _Counting:
    def __init__(self) -> None:
        self.many = 0

    def __call__(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        self.many += 1
        return execute(sql, params, many, context)


def test_tables_that_are_behind_are_not_ready(client: Client, city: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables_known, "known_migrations", lambda: frozenset({("reports", "9999_later")}))
    answer = client.get("/readyz")
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert "Tabel basis data" in answer.json()["detail"]


def test_a_queue_that_nobody_works_on_is_not_ready(client: Client, city: None, monkeypatch: pytest.MonkeyPatch) -> None:
    later(Job.DELIVER, notice_id=0)
    monkeypatch.setattr(health, "STALE_QUEUE", -1.0)
    assert client.get("/readyz").status_code == 503


def test_a_full_disk_is_not_ready(client: Client, city: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LEAST_SHARE", 2.0)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "Penyimpanan hampir penuh" in answer.json()["detail"]


def test_this_machine_reads_its_numbers(client: Client, cast: Cast) -> None:
    make_report(email="sari@warga.example")
    text = client.get("/metrics", **HERE).content.decode()
    assert 'tuntas_reports{state="open"} 1.0' in text
    assert 'tuntas_notices{state="waiting"}' in text
    assert "# TYPE tuntas_request_seconds histogram" in text
    assert "warga.example" not in text


@pytest.mark.parametrize(
    "given",
    [
        {"REMOTE_ADDR": "10.1.2.3"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
        {"HTTP_HOST": "testserver"},
    ],
)
def test_nobody_else_reads_them_without_a_token(client: Client, city: None, token: str, given: dict[str, Any]) -> None:
    asked = {**HERE, **given}
    refused = client.get("/metrics", **asked)
    assert (refused.status_code, refused["Content-Type"]) == (401, "application/problem+json")
    assert client.get("/metrics", **asked, HTTP_AUTHORIZATION="Bearer " + "n" * 24).status_code == 401
    assert client.get("/metrics", **asked, HTTP_AUTHORIZATION=f"Basic {token}").status_code == 401
    assert client.get("/metrics", **asked, HTTP_AUTHORIZATION=f"Bearer {token}").status_code == 200


def test_where_no_token_is_set_there_is_nothing_to_see(client: Client, city: None) -> None:
    answer = client.get("/metrics", **{**HERE, "REMOTE_ADDR": "10.1.2.3", "HTTP_AUTHORIZATION": "Bearer "})
    assert answer.status_code == 404
