"""The demo as a stranger starts it: from nothing, stopped, started again."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tuntas.kit.cluster import Cluster
from tuntas.rules.life import State
from tuntas.rules.who import Role

pytestmark = [pytest.mark.chaos, pytest.mark.xdist_group("demo")]
PATIENCE = 240.0  # seconds; a few on a machine that has nothing else to do
REACHED = set(State)
Found = dict[str, Any]


def until(what: Callable[[], bool], seconds: float = PATIENCE) -> None:
    give_up = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < give_up, "waited in vain"
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Demo:
    """One data folder and port, started any number of times."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_port()

    def command(self, *more: str) -> list[str]:
        return [
            sys.executable,
            "-m",
            "tuntas.ops.cli",
            "demo",
            "--port",
            str(self.port),
            "--data",
            str(self.data),
            *more,
        ]

    @contextmanager
    def running(self) -> Iterator[Found]:
        """Start it, give demo.json, stop it as Ctrl-C does, and see that nothing is left."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("TUNTAS_")}
        path = self.data / "demo.json"
        before = path.stat().st_mtime_ns if path.exists() else 0
        with (self.data / "said").open("w") as said:
            process = subprocess.Popen(self.command(), env=clean, stdout=said, stderr=said, start_new_session=True)
        try:
            until(lambda: (path.exists() and path.stat().st_mtime_ns > before) or process.poll() is not None)
            assert process.poll() is None, (self.data / "said").read_text()
            yield json.loads(path.read_text())
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 0
        assert self.left_over() == []

    def left_over(self) -> list[str]:
        """Return the processes that still know of the folder."""
        found = []
        for path in Path("/proc").glob("[0-9]*/environ"):
            try:
                if str(self.data).encode() in path.read_bytes() and path.parent.name != str(os.getpid()):
                    found.append((path.parent / "cmdline").read_text().replace("\0", " "))
            except OSError:
                continue
        return [*found, *(["postgres"] if Cluster(self.data).is_running() else [])]

    def get(self, path: str, credentials: str = "") -> Found:
        headers = {"Authorization": credentials} if credentials else {}
        request = urllib.request.Request(f"http://localhost:{self.port}{path}", headers=headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return dict(json.load(answer))

    def status(self, path: str, credentials: str = "") -> int:
        try:
            self.get(path, credentials)
        except urllib.error.HTTPError as error:
            return error.code
        return 200

    def reports(self, token: str) -> dict[str, str]:
        """Return the state of every report the token's person sees, by number or ref."""
        states: dict[str, str] = {}
        cursor = ""
        while True:
            page = self.get(f"/api/v1/desk/reports?sort=received&limit=100{cursor}", f"Bearer {token}")
            states |= {row["number"] or row["ref"]: row["state"] for row in page["items"]}
            if not page["next_cursor"]:
                return states
            cursor = f"&cursor={page['next_cursor']}"


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    with tempfile.TemporaryDirectory(prefix="tuntas-demo-") as folder:
        yield Demo(Path(folder))
        Cluster(Path(folder)).remove()


def token_of(found: Found, *roles: str) -> str:
    return next(str(person["token"]) for person in found["people"] if person["roles"] == list(roles))


def test_a_city_from_nothing_then_again(demo: Demo) -> None:
    with demo.running() as first:
        _has_the_promised_shape(first, demo)
        known = demo.get("/api/v1/track", f"Code {first['reporter']['code']}")
        assert known["number"] == first["reporter"]["number"]
        states = demo.reports(token_of(first, "inspectorate"))
        assert set(states.values()) == REACHED
        assert len(states) > 200
        _a_second_one_is_refused(demo)
        until(lambda: any((demo.data / "mail").glob("*.json")))
    with demo.running() as second:
        assert demo.reports(token_of(second, "inspectorate")).keys() >= states.keys()
        assert demo.status("/api/v1/desk/reports", f"Bearer {token_of(first, 'liaison')}") == 401
        assert second["reporter"]["number"] == first["reporter"]["number"]
        assert demo.status("/api/v1/track", f"Code {second['reporter']['code']}") == 200
        assert demo.status("/api/v1/track", f"Code {first['reporter']['code']}") in (401, 404)
        assert [p["password"] for p in second["people"]] == [p["password"] for p in first["people"]]


def _has_the_promised_shape(found: Found, demo: Demo) -> None:
    assert found["base_url"] == f"http://localhost:{demo.port}"
    assert {key for person in found["people"] for key in person} == {
        "name", "email", "password", "roles", "agency", "token", "totp_secret", "key_passphrase",
    }  # fmt: skip
    readers = [person["roles"] for person in found["people"] if "totp_secret" in person and "key_passphrase" in person]
    assert readers == [p["roles"] for p in found["people"] if "sealed_reader" in p["roles"]]
    alone = {person["roles"][0] for person in found["people"] if len(person["roles"]) == 1}
    assert alone == {role.value for role in Role} - {"sealed_reader"}
    assert (demo.data / "demo.json").stat().st_mode & 0o077 == 0
    assert demo.get("/readyz")["database"] == "ok"


def _a_second_one_is_refused(demo: Demo) -> None:
    done = subprocess.run(demo.command(), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("Another demo runs in ")
    assert len(done.stderr.splitlines()) == 1
