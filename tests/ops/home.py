"""An installation of its own for commands: a data folder, a cluster in it, and the commands as people type them."""

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from tuntas.kit.cluster import Cluster

PATIENCE = 180.0  # the machine may be very busy


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(what: Callable[[], bool], seconds: float = PATIENCE) -> None:
    give_up, look = time.monotonic() + seconds, threading.Event()
    while not what():
        assert time.monotonic() < give_up, f"waited {seconds:.0f} s"
        look.wait(0.05)


class Home:
    """One data folder; the cluster runs while the object is used."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder, self.port = folder, free_port()
        self.cluster = Cluster(folder)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("TUNTAS_", "DJANGO_"))}
        self.env = {**kept, "TUNTAS_DATA": str(folder), "TUNTAS_BASE_URL": f"http://127.0.0.1:{self.port}", **settings}

    def start(self) -> "Home":
        self.env["TUNTAS_EMBEDDED_URL"] = self.cluster.start()
        return self

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tuntas.ops.cli", *words],
            env=self.env | more,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def do(self, *words: str) -> str:
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def step(self, code: str) -> None:
        """Let one line of Python happen there, after Django is set up."""
        begin = "import django; django.setup(); from tuntas import steps; from tuntas.kit.time import current_time; "
        given = self.env | {"DJANGO_SETTINGS_MODULE": "tuntas.settings"}
        subprocess.run([sys.executable, "-c", begin + code], env=given, check=True, timeout=120)

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.cluster.url()) as connection:
            return connection.execute(statement).fetchall()

    def change(self, statement: str) -> None:
        with psycopg.connect(self.cluster.url()) as connection:
            connection.execute(statement)

    @contextmanager
    def serving(self, *words: str, **more: str) -> Iterator[Path]:
        """Run the web server; give the file with what it says on standard error."""
        said = self.folder / "serve.log"
        with said.open("wb") as log:
            program = subprocess.Popen(
                [sys.executable, "-m", "tuntas.ops.cli", "serve", "--port", str(self.port), *words],
                env=self.env | more,
                stdout=log,
                stderr=log,
            )
            try:
                wait_for(self._is_up)
                yield said
            finally:
                program.terminate()
                program.wait()

    def _is_up(self) -> bool:
        with suppress(OSError, http.client.HTTPException):
            return self.ask("GET", "/healthz")[0] == 200
        return False

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, str]:
        answer = self.answer(method, path, body, **headers)
        return answer[0], answer[2]

    def answer(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            data = None if body is None else json.dumps(body)
            given = {"Content-Type": "application/json"} if data else {}
            connection.request(method, path, data, given | {k.replace("_", "-"): v for k, v in headers.items()})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()
        finally:
            connection.close()
