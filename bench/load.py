"""Make load with wrk where it is installed, else with a small client of our own, and say what came of it."""

import http.client
import json
import random
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Ask:
    """One request."""

    path: str
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a run gave. Times in milliseconds; anything but 2xx is an error."""

    tool: str
    clients: int
    seconds: float
    requests: int
    errors: int
    p50_ms: float | None = None
    p95_ms: float | None = None
    p99_ms: float | None = None

    @property
    def per_second(self) -> float:
        return (self.requests - self.errors) / self.seconds if self.seconds else 0.0


def press(port: int, asks: Sequence[Ask], *, clients: int, seconds: float) -> Figures:
    """Send *asks* round and round over *clients* kept connections for some seconds."""
    mixed = random.Random(7).sample(asks, len(asks))
    tool = _with_wrk if shutil.which("wrk") else _with_our_own
    return tool(port, mixed, clients, seconds)


SCRIPT = """
local asks, at = {}, 0
function init()
  for i, ask in ipairs(ASKS) do asks[i] = wrk.format(ask[1], ask[2], ask[3], ask[4]) end
end
function request()
  at = at % #asks + 1
  return asks[at]
end
function done(summary, latency)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %d %.3f %.3f %.3f\\n", summary.duration, summary.requests,
    e.status + e.connect + e.read + e.write + e.timeout,
    latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
"""


def _with_wrk(port: int, asks: Sequence[Ask], clients: int, seconds: float) -> Figures:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(f"local ASKS = {{{','.join(_lua(ask) for ask in asks)}}}\n{SCRIPT}")
        script.flush()
        words = ["wrk", "-t1", f"-c{clients}", f"-d{max(1, round(seconds))}s", "--timeout", "60s", "-s", script.name]
        done = subprocess.run([*words, f"http://127.0.0.1:{port}/"], capture_output=True, text=True, check=True)
    found = re.search(r"RESULT (\d+) (\d+) (\d+) ([\d.]+) ([\d.]+) ([\d.]+)", done.stdout)
    if found is None:
        raise RuntimeError(f"wrk said: {done.stdout} {done.stderr}")
    micros, requests, errors = (int(found[i]) for i in (1, 2, 3))
    p50, p95, p99 = (round(float(found[i]) / 1000, 2) for i in (4, 5, 6))
    return Figures("wrk", clients, micros / 1e6, requests, errors, p50, p95, p99)


def _lua(ask: Ask) -> str:
    headers = ",".join(f"[{_quoted(name)}]={_quoted(value)}" for name, value in ask.headers.items())
    body = _quoted(ask.body) if ask.body else "nil"
    return f"{{{_quoted(ask.method)},{_quoted(ask.path)},{{{headers}}},{body}}}"


def _quoted(text: str) -> str:
    """Write a text for Lua, byte by byte where it is not plain."""
    return '"' + "".join(chr(b) if 32 <= b < 127 and b not in (34, 92) else f"\\{b:03d}" for b in text.encode()) + '"'


@dataclass
class _Tally:
    times: list[float] = field(default_factory=list)
    errors: int = 0


def _with_our_own(port: int, asks: Sequence[Ask], clients: int, seconds: float) -> Figures:
    tallies = [_Tally() for _ in range(clients)]
    began = time.perf_counter()
    threads = [
        threading.Thread(target=_client, args=(port, [*asks[i:], *asks[:i]], began + seconds, tally))
        for i, tally in enumerate(tallies)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = sorted(t for tally in tallies for t in tally.times)
    p50, p95, p99 = (round(times[int(len(times) * share)] * 1000, 2) if times else None for share in (0.5, 0.95, 0.99))
    taken, errors = time.perf_counter() - began, sum(tally.errors for tally in tallies)
    return Figures("own", clients, taken, len(times), errors, p50, p95, p99)


def _client(port: int, asks: Sequence[Ask], until: float, tally: _Tally) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while True:
        for ask in asks:
            began = time.perf_counter()
            if began >= until:
                return
            try:
                connection.request(ask.method, ask.path, ask.body or None, ask.headers)
                answer = connection.getresponse()
                answer.read()
                tally.errors += not 200 <= answer.status < 300
            except OSError:
                connection.close()
                tally.errors += 1
            tally.times.append(time.perf_counter() - began)


def answers(port: int, asks: Sequence[Ask]) -> list[dict[str, object]]:
    """Send each request once and return what came back as JSON; raises where it was refused."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    found = []
    for ask in asks:
        connection.request(ask.method, ask.path, ask.body or None, ask.headers)
        answer = connection.getresponse()
        body = answer.read()
        if not 200 <= answer.status < 300:
            raise RuntimeError(f"{ask.method} {ask.path}: {answer.status} {body[:300]!r}")
        found.append(json.loads(body))
    return found


def raw_inserts(url: str, programs: Path | None, *, clients: int, seconds: float) -> Figures:
    """Measure durable inserts of one row of 500 letters with pgbench; raises FileNotFoundError without it."""
    pgbench = str(programs / "pgbench") if programs and (programs / "pgbench").exists() else "pgbench"
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write("INSERT INTO bench_raw (t) VALUES (repeat('x', 500));\n")
        script.flush()
        words = [pgbench, "-n", "-f", script.name, "-c", str(clients), "-j", "1", "-T", str(round(seconds)), url]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
    tps = float((re.search(r"tps = ([\d.]+)", done.stdout) or ["", "0"])[1])
    return Figures("pgbench", clients, seconds, round(tps * seconds), 0)
