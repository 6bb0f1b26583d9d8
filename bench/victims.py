"""An installation whose web server, worker and database can be killed, stopped and started again."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg

from tuntas.kit.cluster import Cluster

PAUSE = 0.05  # seconds between looks


class Violation(Exception):
    """Something was lost, doubled, late or refused that must not be."""


class Victims:
    """Real processes on a cluster of their own, reached by real HTTP."""

    def __init__(self, home: Path, mail_port: int = 9, **given: str) -> None:
        self.home, self.cluster, self.port = home, Cluster(home), free_port()
        self.url = self.cluster.start()
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("TUNTAS_", "DJANGO_"))}
        self.given = clean | {
            "TUNTAS_DATA": str(home),
            "TUNTAS_EMBEDDED_URL": self.url,
            "TUNTAS_SECRET_KEY": os.environ.get("TUNTAS_SECRET_KEY", "x" * 40),
            "TUNTAS_BASE_URL": f"http://127.0.0.1:{self.port}",
            "TUNTAS_EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            **given,
        }
        self.log = home / "chaos.log"
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def furnish(self) -> None:
        """Make the tables and load the profile."""
        self.run("migrate")
        self.run("load-profile")

    def run(self, *words: str, seconds: float = 300) -> str:
        """Run one command to its end. Raises Violation where it fails."""
        done = subprocess.run(self._words(*words), env=self.given, capture_output=True, timeout=seconds, text=True)
        if done.returncode != 0:
            raise Violation(f"tuntas {' '.join(words)}: {(done.stderr or done.stdout)[-500:]}")
        return done.stdout

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
        """Tell whether a page that asks the database is served."""
        try:
            return ask(self.port, "GET", "/api/v1/reports?limit=1")[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    def rows(self, sql: str, *given: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(sql.encode(), given or None).fetchall()

    def close(self) -> None:
        for name in self.running:
            self.end(name)
        self.cluster.remove()

    def _words(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "tuntas.ops.cli", *words]


def ask(
    port: int, verb: str, path: str, body: str | bytes = "", headers: dict[str, str] | None = None, seconds: float = 20
) -> tuple[int, bytes]:
    """Ask once over a connection of its own. Raises OSError, HTTPException."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request(verb, path, body or None, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def wait_for(what: Callable[[], bool], seconds: float, name: str) -> None:
    """Look again and again. Raises Violation when it takes too long."""
    give_up = time.monotonic() + seconds
    look = threading.Event()
    while not what():
        if time.monotonic() > give_up:
            raise Violation(f"waited {seconds:.0f} s for {name}")
        look.wait(PAUSE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
