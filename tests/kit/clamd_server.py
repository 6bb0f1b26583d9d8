"""A real clamd with one signature of our own, for as long as a test module needs it."""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

VIRUS = b"tuntas-self-made-test-signature-7f3a"
MOST = 1024 * 1024  # bytes it takes of one file
SECONDS_TO_START = 30
CONF = """
LocalSocket {folder}/clamd.sock
TCPSocket {port}
TCPAddr 127.0.0.1
DatabaseDirectory {folder}/signatures
Foreground yes
OfficialDatabaseOnly no
StreamMaxLength {most}
MaxThreads 2
ConcurrentDatabaseReload no
"""


def program() -> str | None:
    return shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")


@dataclass(frozen=True)
class Clamd:
    """Where it listens."""

    tcp: str
    unix: str


@contextmanager
def running() -> Iterator[Clamd]:
    """Start a clamd of our own and stop it afterwards."""
    found = program()
    assert found is not None
    with tempfile.TemporaryDirectory(prefix="clamd-") as name, socket.socket() as free:
        folder = Path(name)
        (folder / "signatures").mkdir()
        (folder / "signatures" / "own.ndb").write_text(f"Tuntas.Test:0:*:{VIRUS.hex()}\n")
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        (folder / "clamd.conf").write_text(CONF.format(folder=folder, port=port, most=MOST))
        log = (folder / "log").open("w+")
        child = subprocess.Popen([found, "-c", str(folder / "clamd.conf")], stdout=log, stderr=log)
        try:
            _wait(child, port, folder / "log")
            yield Clamd(f"tcp://127.0.0.1:{port}", f"unix://{folder}/clamd.sock")
        finally:
            child.terminate()
            child.wait(10)
            log.close()


def _wait(child: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        assert child.poll() is None, log.read_text()
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as line:
                line.sendall(b"zPING\0")
                if line.recv(10).startswith(b"PONG"):
                    return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text())
