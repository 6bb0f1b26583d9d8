"""Who comes while things break: people who report, phones that upload a byte a second, somebody who reads pages."""

import http.client
import json
import re
import select
import socket
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from email import message_from_bytes
from typing import Any

from bench.victims import PAUSE, ask

CLIENTS = 8
LETTER_EVERY = 4  # of so many reports one leaves an address
REPORTERS = re.compile(r"r[0-9]+@contoh\.example")
PAGES = ("/", "/laporan", "/lacak", "/janji", "/bantuan", "/lapor")
PROMISED = 10_000_000  # bytes that a slow phone says it will send
SLOWEST = 10.0  # seconds in which a page must have been served, to be counted at all


class Letterbox:
    """What a mail server took for reporters, by recipient: the Message-IDs and the texts. The desk has its own post."""

    def __init__(self) -> None:
        self.ids: dict[str, list[str]] = defaultdict(list)
        self.texts: dict[str, str] = {}

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:
        letter = message_from_bytes(envelope.content)
        for to in filter(REPORTERS.fullmatch, envelope.rcpt_tos):
            self.ids[to].append(str(letter["Message-ID"]))
            self.texts[to] = letter.get_payload(decode=True).decode()  # type: ignore[union-attr]
        return "250 taken"


class Crowd:
    """People who send until each report of theirs is acknowledged, and never let go of a key."""

    def __init__(self, port: int, headers: dict[str, str], reports: int) -> None:
        self.port, self.headers, self.reports = port, headers, reports
        self.acknowledged: dict[int, dict[str, Any]] = {}
        self.odd: list[tuple[int, int, bytes]] = []
        self.tries = 0
        self._turns = iter(range(reports))
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._send_all, daemon=True) for _ in range(CLIENTS)]

    def __enter__(self) -> "Crowd":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def has(self, reports: int) -> bool:
        """Tell whether so many were acknowledged, or one was answered as it never should be."""
        return len(self.acknowledged) >= reports or bool(self.odd)

    def _send_all(self) -> None:
        while not self._stop.is_set():
            with self._lock:
                turn = next(self._turns, None)
            if turn is None:
                return
            self._send(turn)

    def _send(self, turn: int) -> None:
        story: dict[str, Any] = {"body": f"Laporan {turn} dari warga."}
        if has_letter(turn):
            story["reporter"] = {"email": f"r{turn}@contoh.example"}
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


def has_letter(turn: int) -> bool:
    return turn % LETTER_EVERY == 0


class Slow:
    """Sockets that keep the server waiting, opened anew whenever it is killed: one thread moves all of them."""

    def __init__(self, port: int, uploaders: int) -> None:
        self.port = port
        half = _upload("/lapor/kirim")
        firsts = [half if n % 2 else _upload("/api/v1/files") for n in range(uploaders)]
        firsts += [b"GET / HT"] * (uploaders // 6)  # half-open: the line never ends
        firsts += [b"GET /laporan HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20] * (uploaders // 6)  # never reads an answer
        self._firsts, self._sockets = firsts, [None] * len(firsts)  # type: list[bytes], list[socket.socket | None]
        self.opened = self.bytes = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._drip, daemon=True)

    def __enter__(self) -> "Slow":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        for one in filter(None, self._sockets):
            one.close()

    @property
    def open(self) -> int:
        return sum(one is not None for one in self._sockets)

    def _drip(self) -> None:
        while not self._stop.is_set():
            for at, first in enumerate(self._firsts):
                self._move(at, first)
            self._stop.wait(1)

    def _move(self, at: int, first: bytes) -> None:
        one = self._sockets[at]
        try:
            if one is None:
                self._sockets[at] = one = socket.create_connection(("127.0.0.1", self.port), timeout=1)
                one.sendall(first)
                self.opened += 1
            elif first.startswith(b"POST"):
                if select.select([one], [], [], 0)[0]:
                    raise OSError("the server has answered, or is gone")
                self.bytes += one.send(b"x")
            elif first.startswith(b"GET / HT") and select.select([one], [], [], 0)[0]:
                raise OSError("the server let go of it")
        except OSError:
            if one is not None:
                one.close()
            self._sockets[at] = None


def _upload(path: str) -> bytes:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    return (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        f"Content-Length: {PROMISED}\r\n\r\n".encode()
        + head
    )


class Reader:
    """Somebody who opens ordinary pages one after another, each over a new connection."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.seen: list[tuple[float, float, int]] = []  # when, for how long, with which status (0: no answer)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> "Reader":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _read(self) -> None:
        at = 0
        while not self._stop.wait(PAUSE):
            began, status = time.monotonic(), 0
            with suppress(OSError, http.client.HTTPException):
                status = ask(self.port, "GET", PAGES[at % len(PAGES)], seconds=SLOWEST)[0]
            self.seen.append((began, time.monotonic() - began, status))
            at += 1


def in_parallel(many: list[Any], do: Callable[[Any], Iterator[Any]]) -> list[Any]:
    """Do something with each, eight at a time; return all it yields."""
    found: list[Any] = []

    def some(part: list[Any]) -> None:
        for one in part:
            found.extend(do(one))

    threads = [threading.Thread(target=some, args=(many[at::CLIENTS],)) for at in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
