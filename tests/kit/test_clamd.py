"""The virus scanner is asked as it wants to be asked; whatever is no clear answer counts as not scanned."""

import socket
import threading
from collections.abc import Iterator
from io import BytesIO

import pytest

from tests.kit.clamd_server import MOST, VIRUS, Clamd, program, running
from tuntas.kit.clamd import NotScanned, is_there, scan

needs_clamd = pytest.mark.skipif(program() is None, reason="clamd is not installed: bin/bootstrap test installs it")


@pytest.fixture(scope="module")
def clamd() -> Iterator[Clamd]:
    with running() as started:
        yield started


@needs_clamd
@pytest.mark.parametrize("way", ["tcp", "unix"])
def test_a_real_scanner_finds_what_it_knows_and_nothing_else(clamd: Clamd, way: str) -> None:
    address = getattr(clamd, way)
    assert is_there(address)
    assert scan(BytesIO(b"harmless" * 50_000), address, seconds=20) is None
    assert scan(BytesIO(b""), address, seconds=20) is None
    found = scan(BytesIO(b"x" * 200_000 + VIRUS + b"y" * 200), address, seconds=20)
    assert found is not None
    assert "Tuntas.Test" in found


@needs_clamd
def test_a_file_larger_than_the_scanner_takes_is_not_scanned(clamd: Clamd) -> None:
    with pytest.raises(NotScanned):
        scan(BytesIO(b"x" * (MOST * 3)), clamd.tcp, seconds=20)


def test_a_scanner_that_is_away_has_not_scanned() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    for away in (address, "unix:///nowhere/clamd.sock"):
        assert not is_there(away)
        with pytest.raises(NotScanned):
            scan(BytesIO(b"x"), away, seconds=2)


@pytest.mark.parametrize(
    "says", [b"", b"stream: OK", b"stream: A FOUND\0", b"stream: x ERROR\0", b"OK\0", b"INSTREAM size limit\0"]
)
def test_only_a_clear_answer_is_one(says: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        heard = bytearray()

        def answer() -> None:
            line, _ = server.accept()
            with line:
                while not heard.endswith(b"\0\0\0\0"):
                    heard.extend(line.recv(1000))
                line.sendall(says)

        thread = threading.Thread(target=answer)
        thread.start()
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        try:
            told = scan(BytesIO(b"abc"), address, seconds=5)
            assert told == {b"stream: OK": None, b"stream: A FOUND\0": "A"}[says]
        except NotScanned:
            assert says not in (b"stream: OK", b"stream: A FOUND\0")
        thread.join(5)
        assert bytes(heard) == b"zINSTREAM\0" + b"\0\0\0\3abc" + b"\0\0\0\0"


def test_a_scanner_that_says_nothing_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(NotScanned):
        scan(BytesIO(b"abc"), f"tcp://127.0.0.1:{server.getsockname()[1]}", seconds=0.3)
