"""Acknowledged means durable: web, worker and database are killed by turns while 2,000 reports come in.

Real processes on a cluster of their own, real HTTP, real SMTP. Killing is driven by the count of acknowledged reports,
so the test is the same on slow and fast machines.
"""

import email
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from itertools import cycle
from pathlib import Path
from typing import Any

import psycopg
import pytest
from aiosmtpd.controller import Controller

from tuntas.kit.cluster import Cluster
from tuntas.kit.crypto import new_token
from tuntas.people.queries import token_hash

pytestmark = [pytest.mark.chaos, pytest.mark.slow]

REPORTS = 2000
CLIENTS = 8
BETWEEN_KILLS = 200  # acknowledged reports
PATIENCE = 300.0  # seconds in which all must have been taken in, whatever the machine
DRAIN = 180.0  # seconds in which the last letter must have come
PAUSE = 0.05  # seconds between looks


def wait_for(what: Callable[[], bool], seconds: float, name: str) -> None:
    give_up = time.monotonic() + seconds
    look = threading.Event()
    while not what():
        assert time.monotonic() < give_up, f"waited {seconds:.0f} s for {name}"
        look.wait(PAUSE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Letterbox:
    """What a mail server took, by recipient: the Message-IDs and the texts."""

    def __init__(self) -> None:
        self.ids: dict[str, list[str]] = defaultdict(list)
        self.texts: dict[str, str] = {}

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:
        letter = email.message_from_bytes(envelope.content)
        for to in envelope.rcpt_tos:
            self.ids[to].append(str(letter["Message-ID"]))
            self.texts[to] = letter.get_payload(decode=True).decode()  # type: ignore[union-attr]
        return "250 taken"


class House:
    """An installation with a web server, a worker and a database that can be killed and started again."""

    def __init__(self, home: Path, mail_port: int) -> None:
        self.cluster = Cluster(home)
        self.port = free_port()
        self.url = self.cluster.start()
        self.given = {name: value for name, value in os.environ.items() if not name.startswith(("TUNTAS_", "DJANGO_"))}
        self.given |= {
            "TUNTAS_DATA": str(home),
            "TUNTAS_EMBEDDED_URL": self.url,
            "TUNTAS_SECRET_KEY": os.environ["TUNTAS_SECRET_KEY"],
            "TUNTAS_BASE_URL": f"http://127.0.0.1:{self.port}",
            "TUNTAS_EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        }
        self.log = home / "chaos.log"
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def run(self, *words: str) -> None:
        done = subprocess.run(self._words(*words), env=self.given, capture_output=True, timeout=120)
        assert done.returncode == 0, done.stderr.decode()

    def start(self, name: str) -> None:
        words = {"web": ("serve", "--port", str(self.port), "--workers", "2"), "worker": ("work",)}[name]
        with self.log.open("ab") as log:
            self.running[name] = subprocess.Popen(
                self._words(*words), env=self.given, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self, name: str) -> None:
        """End it as a power cut would, then start it again."""
        if name == "database":
            pid = self.cluster.pid()
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
            self.cluster.start()
            return
        self.end(name)
        self.start(name)

    def end(self, name: str) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.running[name].pid, signal.SIGKILL)
        self.running[name].wait()

    def answers(self) -> bool:
        try:
            return ask(self.port, "GET", "/healthz")[0] == 200
        except OSError:
            return False

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(sql.encode()).fetchall()

    def close(self) -> None:
        for name in self.running:
            self.end(name)
        self.cluster.remove()

    def _words(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "tuntas.ops.cli", *words]


def ask(port: int, verb: str, path: str, body: str = "", headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(verb, path, body or None, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@pytest.fixture
def letterbox() -> Letterbox:
    return Letterbox()


@pytest.fixture
def house(tmp_path: Path, letterbox: Letterbox) -> Iterator[House]:
    with ExitStack() as stack:
        post = Controller(letterbox, hostname="127.0.0.1", port=free_port())
        post.start()
        stack.callback(post.stop)
        house = House(tmp_path / "data", post.port)
        stack.callback(house.close)
        house.run("migrate")
        house.run("load-profile")
        house.start("web")
        house.start("worker")
        wait_for(house.answers, 60, "the web server")
        yield house


@pytest.fixture
def machine(house: House) -> dict[str, str]:
    """The header of a machine account, which no limit for strangers slows."""
    token = new_token()
    with psycopg.connect(house.url) as connection:
        done = connection.execute(
            "INSERT INTO people_token (person_id, hash, name, created_at) "
            "SELECT person_id, %s, 'chaos', '2026-01-01T00:00:00Z' FROM people_post WHERE role = 'integration' LIMIT 1",
            [token_hash(token)],
        )
        assert done.rowcount == 1
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}


class Crowd:
    """Eight people who send until each report of theirs is acknowledged, and never let go of a key."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self.port, self.headers = port, headers
        self.acknowledged: dict[int, dict[str, Any]] = {}
        self.odd: list[tuple[int, int, bytes]] = []
        self.tries = 0
        self._turns = iter(range(REPORTS))
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._send_all, daemon=True) for _ in range(CLIENTS)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _send_all(self) -> None:
        while not self._stop.is_set():
            with self._lock:
                turn = next(self._turns, None)
            if turn is None:
                return
            self._send(turn)

    def _send(self, turn: int) -> None:
        story = {"body": f"Laporan {turn} dari warga.", "reporter": {"email": f"r{turn}@contoh.example"}}
        headers = {**self.headers, "Idempotency-Key": f"chaos-{turn}"}
        while not self._stop.is_set():
            with suppress(OSError, http.client.HTTPException):
                self.tries += 1
                status, raw = ask(self.port, "POST", "/api/v1/reports", json.dumps(story), headers)
                if status == 201:
                    self.acknowledged[turn] = json.loads(raw)
                    return
                if status < 500:
                    self.odd.append((turn, status, raw))
                    return
            self._stop.wait(PAUSE)


def test_killing_web_worker_and_database_loses_and_doubles_nothing(
    house: House, letterbox: Letterbox, machine: dict[str, str]
) -> None:
    crowd, victims, killed = Crowd(house.port, machine), cycle(("web", "worker", "database")), []
    crowd.start()
    try:
        for mark in range(BETWEEN_KILLS, REPORTS, BETWEEN_KILLS):
            wait_for(lambda mark=mark: len(crowd.acknowledged) >= mark or bool(crowd.odd), PATIENCE, f"{mark} receipts")  # type: ignore[misc]
            killed.append(next(victims))
            house.kill(killed[-1])
        wait_for(lambda: len(crowd.acknowledged) == REPORTS or bool(crowd.odd), PATIENCE, "every receipt")
    finally:
        crowd.stop()
    assert crowd.odd == []
    assert {name: killed.count(name) for name in killed} == {"web": 3, "worker": 3, "database": 3}
    assert crowd.tries > REPORTS  # something did break

    every_code_opens_its_report(house, crowd)
    assert house.rows("SELECT count(*), count(DISTINCT body) FROM reports_report") == [(REPORTS, REPORTS)]
    assert house.rows("SELECT count(*) FROM reports_event WHERE act = 'submit'") == [(REPORTS,)]
    assert house.rows("SELECT count(*) FROM publications_publication") == [(REPORTS,)]
    assert house.rows("SELECT count(*) FROM reports_deadline WHERE promise = 'answer'") == [(REPORTS,)]

    wait_for(lambda: len(letterbox.ids) == REPORTS, DRAIN, "every letter")
    assert {to: ids for to, ids in letterbox.ids.items() if len(set(ids)) != 1} == {}  # twice at most under one id
    for turn, receipt in crowd.acknowledged.items():
        assert receipt["code"] in letterbox.texts[f"r{turn}@contoh.example"]

    wait_for(lambda: not house.rows(LOST), 60, "jobs whose worker died")
    wait_for(lambda: not house.rows("SELECT 1 FROM reports_notice WHERE state <> 'sent' LIMIT 1"), DRAIN, "the outbox")
    assert house.rows("SELECT count(*) FROM reports_notice WHERE secret IS NOT NULL") == [(0,)]


# Jobs that a worker took and nobody works on any more: begun over a minute ago.
LOST = """
    SELECT j.id FROM procrastinate_jobs j
    JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'started'
    WHERE j.status = 'doing' GROUP BY j.id HAVING max(e.at) < clock_timestamp() - interval '60 seconds'
"""


def every_code_opens_its_report(house: House, crowd: Crowd) -> None:
    """Read every acknowledged report with its code, eight at a time."""
    receipts, wrong = list(crowd.acknowledged.items()), []

    def read(some: list[tuple[int, dict[str, Any]]]) -> None:
        for turn, receipt in some:
            status, raw = ask(house.port, "GET", "/api/v1/track", headers={"Authorization": f"Code {receipt['code']}"})
            view = json.loads(raw)
            if status != 200 or view["number"] != receipt["number"] or not re.match(rf"Laporan {turn} ", view["body"]):
                wrong.append((turn, status, raw))

    readers = [threading.Thread(target=read, args=(receipts[at::CLIENTS],)) for at in range(CLIENTS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert len({receipt["number"] for receipt in crowd.acknowledged.values()}) == REPORTS
    assert len({receipt["code"] for receipt in crowd.acknowledged.values()}) == REPORTS
