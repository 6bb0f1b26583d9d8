"""``tuntas demo``: a running city from nothing, in one data folder."""

import argparse
import fcntl
import importlib
import json
import os
import shutil
import signal
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import django

from tuntas.kit.cluster import Cluster
from tuntas.kit.env import env
from tuntas.kit.lent import lent
from tuntas.kit.time import check_clock, current_time
from tuntas.ops.children import Child
from tuntas.ops.demo_mail import mail_server
from tuntas.ops.serve import port_number, refuse_busy_port
from tuntas.ops.static_files import collect_static
from tuntas.ops.trouble import Trouble

OURS = (
    *("cluster", "cluster.users", "postgres", "files", "mail", "static", "built", "logs"),
    *("clock", "demo.json", "secret_key", "keys"),
)
# Whatever the environment says: an invented city, in a database of its own.
NOT_IN_THE_DEMO = ("TUNTAS_DATABASE_URL", "TUNTAS_EMBEDDED_URL", "TUNTAS_BASE_URL", "TUNTAS_PROFILE", "TUNTAS_POOL")
SECONDS_TO_BE_READY = 60.0
SECONDS_FOR_PORT = 5.0  # children of a demo that was killed let go of it within that time
SECONDS_BETWEEN_LOOKS = 0.3


class Stop(BaseException):
    """Ctrl-C or SIGTERM."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=port_number, default=8000, help="default: %(default)s")
    parser.add_argument("--data", type=Path, default=Path("var"), help="folder for everything (default: %(default)s/)")
    parser.add_argument("--reset", action="store_true", help="forget what is in the folder and start afresh")


def run(args: argparse.Namespace) -> int:
    """Run until Ctrl-C or SIGTERM, then stop everything that was started."""
    data: Path = args.data.absolute()
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    try:
        with ExitStack() as stack:
            stack.enter_context(_alone(data))
            _wait_for_port(args.port)
            _set_environment(data, args.port)
            if args.reset:
                _forget(data)
            _run(data, args.port, stack)
    except Stop:
        _say("Berhenti. / Stopped.")
    return 0


def _run(data: Path, port: int, stack: ExitStack) -> None:
    _say("Menyiapkan kota contoh … / Preparing the demo city …")
    cluster = Cluster(data)
    os.environ["TUNTAS_EMBEDDED_URL"] = stack.enter_context(lent(data))
    django.setup()
    check_clock(env())
    collect_static()
    city, reports = map(importlib.import_module, ("tuntas.ops.demo_city", "tuntas.ops.demo_reports"))
    city.make_tables()
    if is_new := not city.is_built():
        city.load_city(env().profile)
        reports.make_reports(now=current_time(), is_shown=sys.stderr.isatty())
    children = _children(data, port, _mailbox(data, stack), stack)
    if not is_new:
        city.load_city(env().profile)  # while the children start
    found = {"base_url": env().base_url, **city.give_keys(env().profile, city.read_before(data / "demo.json"))}
    _wait_until_ready(port, children)
    _write(data / "demo.json", found)
    _greet(found, data, city.name_of_city())
    _mind(cluster, children)


def _mailbox(data: Path, stack: ExitStack) -> dict[str, str]:
    """Return what the children need to know: that this is the demo, and where letters go."""
    mail = {} if env().email_url else {"TUNTAS_EMAIL_URL": stack.enter_context(mail_server(data / "mail"))}
    return {"TUNTAS_DEMO": "1", **mail}


def _set_environment(data: Path, port: int) -> None:
    for name in [name for name in os.environ if name.startswith(NOT_IN_THE_DEMO)]:
        del os.environ[name]
    os.environ["TUNTAS_DATA"] = str(data)
    os.environ["TUNTAS_BASE_URL"] = f"http://localhost:{port}"


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Hold the data folder for this demo. Raises Trouble where another has it, or nobody may write."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        with (data / "demo.lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Trouble(f"Another demo runs in {data}: stop it, or choose another folder with --data.") from error
            yield
    except OSError as error:
        raise Trouble(f"The data folder {data} cannot be used: {error.strerror}.") from error


def _wait_for_port(port: int) -> None:
    give_up = time.monotonic() + SECONDS_FOR_PORT
    while True:
        try:
            return refuse_busy_port("127.0.0.1", port)
        except Trouble:
            if time.monotonic() > give_up:
                raise
        time.sleep(SECONDS_BETWEEN_LOOKS)


def _forget(data: Path) -> None:
    Cluster(data).remove()
    for name in OURS:
        path = data / name
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink(missing_ok=True)


def _children(data: Path, port: int, given: dict[str, str], stack: ExitStack) -> list[Child]:
    (data / "logs").mkdir(exist_ok=True)
    web = Child(["serve", "--port", str(port)], given, data / "logs" / "web.log")
    worker = Child(["work"], given, data / "logs" / "worker.log")
    for child in (web, worker):
        stack.callback(child.stop)
        child.mind()
    for child in (worker, web):
        stack.callback(child.ask_to_stop)  # called first, for both at once
    return [web, worker]


def _wait_until_ready(port: int, children: list[Child]) -> None:
    give_up = time.monotonic() + SECONDS_TO_BE_READY
    while not _answers(port):
        if time.monotonic() > give_up:
            raise Trouble(f"The web server does not get ready. It said last: {children[0].last_words}")
        for child in children:
            child.mind()
        time.sleep(0.05)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _mind(cluster: Cluster, children: list[Child]) -> None:
    """Look after everything until told to stop."""
    while True:
        if cluster.pid() is None:
            cluster.start()
        for child in children:
            child.mind()
        time.sleep(SECONDS_BETWEEN_LOOKS)


def _stop(number: int, frame: FrameType | None) -> None:
    # Only once: an impatient second Ctrl-C must not leave anything running.
    _ignore: Callable[[int, FrameType | None], None] = lambda number, frame: None  # noqa: E731
    signal.signal(signal.SIGTERM, _ignore)
    signal.signal(signal.SIGINT, _ignore)
    raise Stop


def _write(path: Path, found: dict[str, Any]) -> None:
    part = path.with_name(f"{path.name}.part")
    part.touch(mode=0o600)
    part.write_text(json.dumps(found, ensure_ascii=False, indent=1))
    part.replace(path)


def _greet(found: dict[str, Any], data: Path, city: str) -> None:
    width = max(len(person["email"]) for person in found["people"])
    _say(f"\n{city}: {found['base_url']}\nSurat terkirim / sent letters: {found['base_url']}/demo/surat\n")
    for person in found["people"]:
        _say(f"  {person['email']:<{width}}  {', '.join(person['roles'])} ({person['agency']})")
    _say(f"\nKata sandi semua / everybody's password: {found['people'][0]['password']}")
    _say(f"Laporan contoh / a report whose code is known: {found['reporter']['number']}, {found['reporter']['code']}")
    _say(f"Token: {data / 'demo.json'}\nCtrl-C menghentikan semuanya / stops everything.")


def _say(line: str) -> None:
    print(line, flush=True)
