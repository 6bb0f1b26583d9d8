"""``tuntas serve``: the web server."""

import argparse
import os
import shutil
import socket
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from tuntas.kit.env import env
from tuntas.kit.structured_log import log_settings
from tuntas.kit.time import check_clock
from tuntas.ops.leash import keep_forks_on_leash
from tuntas.ops.static_files import collect_static
from tuntas.ops.trouble import Trouble

THREADS = 160  # per worker: a slow phone holds one for the whole upload, and all may come to the one started first
REQUESTS_AT_ONCE = 256  # per worker; more wait in the system's queue
HOURS_OF_LIFE = 12
MOST_MEMORY = 1024  # MiB per worker, after which it is replaced
SECONDS_TO_STOP = 5
COUNTED_TOGETHER = "PROMETHEUS_MULTIPROC_DIR"  # must stand before kit.meters is first imported


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default: %(default)s)")
    parser.add_argument("--port", type=port_number, default=8000, help="default: %(default)s")
    parser.add_argument("--workers", type=_at_least_one, default=_cores(), help="processes (default: one a core)")


def run(args: argparse.Namespace) -> int:
    """Serve until told to stop by Ctrl-C or SIGTERM. No request is logged: addresses carry codes."""
    check_clock(env())
    collect_static()
    refuse_busy_port(args.host, args.port)
    keep_forks_on_leash()
    os.environ[COUNTED_TOGETHER] = str(_fresh_folder(env().data / "metrics"))
    Granian(
        "tuntas.wsgi:application",
        address=args.host,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=args.workers,
        blocking_threads=THREADS,
        backpressure=REQUESTS_AT_ONCE,
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=log_settings(env().log),
        log_access=False,
        respawn_failed_workers=True,
        workers_lifetime=HOURS_OF_LIFE * 3600,
        workers_max_rss=MOST_MEMORY,
        workers_kill_timeout=SECONDS_TO_STOP,
    ).serve()
    return 0


def _fresh_folder(folder: Path) -> Path:
    """Return an empty folder for what the processes count; an earlier server's counts ended with it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def port_number(text: str) -> int:
    """Read a port number. Raises ValueError, which argparse turns into wrong usage."""
    if not 0 < int(text) < 65536:
        raise ValueError(text)
    return int(text)


def refuse_busy_port(host: str, port: int) -> None:
    """Raise Trouble where something else listens, or where we may not."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Trouble(
                f"Port {port} of {host} cannot be used: {error.strerror}. Choose another with --port."
            ) from error


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _at_least_one(text: str) -> int:
    if int(text) < 1:
        raise ValueError(text)
    return int(text)
