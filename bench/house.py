"""A whole installation of its own to measure: cluster, profile, reports, web server, worker and mail sink."""

import argparse
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import call_command

from tuntas.kit.cluster import Cluster

ROOT = Path(__file__).parents[1]
WORKERS = 2
PATIENCE = 60.0  # seconds for a server to answer


class House:
    """One data folder with a cluster and, on request, servers that run on it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.cluster = Cluster(data)
        self.port, self.mail_port = _free_port(), _free_port()

    def open(self) -> None:
        """Start the cluster, set up Django on it, bring its tables and its profile up to date."""
        os.environ["TUNTAS_DATA"] = str(self.data)
        os.environ["TUNTAS_EMBEDDED_URL"] = self.cluster.start()
        os.environ["TUNTAS_BASE_URL"] = f"http://localhost:{self.port}"
        os.environ["TUNTAS_EMAIL_URL"] = f"smtp://127.0.0.1:{self.mail_port}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "tuntas.settings"
        django.setup()
        call_command("migrate", verbosity=0)
        self.command("load-profile")

    def command(self, *words: str) -> str:
        """Run ``tuntas`` with these words; raises CalledProcessError when it fails."""
        print("tuntas", *words, file=sys.stderr)
        done = subprocess.run([_program("tuntas"), *words], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
        return done.stdout

    @contextmanager
    def serving(self) -> Iterator[int]:
        """Run the real web server; yield its process number."""
        words = [_program("tuntas"), "serve", "--port", str(self.port), "--workers", str(WORKERS)]
        with running(words, self.port, "/healthz") as pid:
            yield pid

    @contextmanager
    def working(self) -> Iterator[int]:
        """Run the real worker; yield its process number."""
        with _process([_program("tuntas"), "work"]) as process:
            yield process.pid

    @contextmanager
    def taking_mail(self) -> Iterator["Mailbox"]:
        """Run a mail server that counts letters."""
        with _process([sys.executable, "-m", "bench.sink", str(self.mail_port)], piped=True) as process:
            mailbox = Mailbox(process)
            yield mailbox


class Mailbox:
    """The counting mail server's other end."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self._line()

    def taken(self) -> int:
        """Ask how many letters came so far."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return int(self._line())

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


@contextmanager
def serving_plain(port: int) -> Iterator[int]:
    """Run the most trivial page on the product's web server with the product's options."""
    options = ["--interface", "wsgi", "--workers", str(WORKERS), "--blocking-threads", "64", "--no-ws"]
    options += ["--no-access-log", "--log-level", "warning", "--port", str(port), "bench.plain:application"]
    with running([_program("granian"), *options], port, "/") as pid:
        yield pid


@contextmanager
def running(words: Sequence[str], port: int, path: str) -> Iterator[int]:
    """Run a server until the block ends; yield its process number once it answers at *path*."""
    with _process(words) as process:
        give_up = time.monotonic() + PATIENCE
        while not _answers(port, path):
            if process.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError(f"{words[0]} does not serve, exit code {process.returncode}")
            time.sleep(0.1)
        yield process.pid


@contextmanager
def _process(words: Sequence[str], *, piped: bool = False) -> Iterator["subprocess.Popen[str]"]:
    pipe = subprocess.PIPE if piped else None
    out = subprocess.PIPE if piped else sys.stderr
    process = subprocess.Popen(list(words), cwd=ROOT, stdin=pipe, stdout=out, text=True)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(port: int, path: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _program(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``python -m bench`` takes."""
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000], help="how many stored reports (10000)")
    parser.add_argument("--data", type=Path, help="a folder to keep and to go on from; else a temporary one")
    parser.add_argument("--seconds", type=float, default=8.0, help="for each measurement (8)")
    parser.add_argument("--only", default="", help="only measurements whose name holds this")
