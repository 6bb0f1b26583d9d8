"""Kill web, worker and database at random while reports come in: ``python -m bench.chaos 10000``.

Beside it, sixty phones upload a byte a second, others open connections and say nothing, and somebody reads pages. One
line of JSON tells what was seen; the exit code is 1 where anything was lost, doubled, late or slow. Killing is driven
by the count of acknowledged reports, so a slow machine sees the same as a fast one.
"""

import argparse
import json
import os
import random
import re
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django
import psycopg
from aiosmtpd.controller import Controller

from bench.crowd import Crowd, Letterbox, Reader, Slow, has_letter, in_parallel
from bench.victims import Victims, Violation, ask, free_port, wait_for
from tuntas.kit.crypto import new_token

VICTIMS = ("web", "worker", "database")
TO_BE_BACK = 60.0  # seconds until the killed one serves again
TO_TAKE_UP = 60.0  # seconds until somebody works on a job whose worker died
PAGE = 1.0  # seconds within which ordinary pages are served
PATIENCE = 600.0  # seconds between two kills; only a hanging house takes that long
LOOKS = 10  # one after another, until the second web process counts as there, too
DRAIN = 300.0  # seconds in which the last letter must have come


@dataclass
class Seen:
    """What happened, for the line of JSON."""

    reports: int
    killed: list[str] = field(default_factory=list)
    down: list[tuple[float, float]] = field(default_factory=list)  # from the kill until pages are served again
    longest_job: float = 0.0
    wrong: list[str] = field(default_factory=list)
    told: dict[str, Any] = field(default_factory=dict)

    def must(self, is_so: bool, what: str) -> None:
        if not is_so:
            self.wrong.append(what)


# For how long the oldest job under way has been under way: one whose worker died stays so until it is taken up.
OLDEST_JOB = """
    SELECT coalesce(max(age), 0)::float8 FROM (
        SELECT extract(epoch FROM clock_timestamp() - max(e.at)) AS age FROM procrastinate_jobs j
        JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'started'
        WHERE j.status = 'doing' GROUP BY j.id
    ) under_way
"""


def run(home: Path, *, reports: int, kills: int, uploaders: int, seed: int) -> Seen:
    """Let *reports* come in while each victim is killed *kills* times, and look whether everything is there."""
    seen, letters = Seen(reports), Letterbox()
    with ExitStack() as stack:
        post = Controller(letters, hostname="127.0.0.1", port=free_port())
        post.start()
        stack.callback(post.stop)
        house = Victims(home, post.port)
        stack.callback(house.close)
        house.furnish()
        house.start("web")
        house.start("worker")
        wait_for(house.answers, TO_BE_BACK, "the web server")
        headers = machine(house)
        began = time.monotonic()
        with Slow(house.port, uploaders) as slow, Reader(house.port) as reader, _Jobs(house, seen):
            with Crowd(house.port, headers, reports) as crowd:
                _kill(house, crowd, seen, kills, random.Random(seed))
                wait_for(lambda: crowd.has(reports), PATIENCE, "every receipt")
            seen.told |= {"seconds": round(time.monotonic() - began, 1), "tries": crowd.tries}
            _look_at_reports(house, crowd, seen)
            _look_at_letters(house, crowd, letters, seen)
            seen.told |= {"uploaders": uploaders, "sockets_opened": slow.opened, "sockets_open": slow.open}
        _look_at_pages(reader, seen)
        _look_at_log(house, seen)
    return seen


def machine(house: Victims) -> dict[str, str]:
    """Return the headers of a machine account, which no limit for strangers slows."""
    from tuntas.people.queries import token_hash  # noqa: PLC0415 (reads models, which stand only once Django is set up)

    token = new_token()
    with psycopg.connect(house.url) as connection:
        connection.execute(
            "INSERT INTO people_token (person_id, hash, name, created_at) "
            "SELECT person_id, %s, 'chaos', '2026-01-01T00:00:00Z' FROM people_post WHERE role = 'integration' LIMIT 1",
            [token_hash(token)],
        )
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}


class _Jobs:
    """Looks every second for how long a job has been under way."""

    def __init__(self, house: Victims, seen: Seen) -> None:
        self._house, self._seen, self._stop = house, seen, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.wait(1):
            with suppress(psycopg.Error):
                ((age,),) = self._house.rows(OLDEST_JOB)
                self._seen.longest_job = max(self._seen.longest_job, age)


def _kill(house: Victims, crowd: Crowd, seen: Seen, kills: int, dice: random.Random) -> None:
    """Kill everyone so often, in any order, at marks between which about as many reports come in."""
    victims = [name for name in VICTIMS for _ in range(kills)]
    dice.shuffle(victims)
    apart = crowd.reports / (len(victims) + 1)
    for nth, victim in enumerate(victims, 1):
        mark = round(apart * (nth + dice.uniform(-0.4, 0.4)))
        wait_for(lambda mark=mark: crowd.has(mark), PATIENCE, f"{mark} receipts")  # type: ignore[misc]
        began = time.monotonic()
        house.kill(victim)
        seen.killed.append(victim)
        wait_for(lambda: serves(house), TO_BE_BACK, f"the {victim}, killed")
        seen.down.append((began, time.monotonic()))


def serves(house: Victims) -> bool:
    """Tell whether all web processes serve: each new connection goes to any of the two."""
    return all(house.answers() for _ in range(LOOKS))


def _look_at_reports(house: Victims, crowd: Crowd, seen: Seen) -> None:
    reports = seen.reports
    seen.must(not crowd.odd, f"a report was refused: {crowd.odd[:1]}")
    seen.must(not seen.killed or crowd.tries > reports, "nothing ever broke")
    for what, sql in {
        "reports": "SELECT count(*), count(DISTINCT body) FROM reports_report",
        "numbers": "SELECT count(*), count(DISTINCT number) FROM reports_report",
        "receipts": "SELECT count(*), count(DISTINCT report_id) FROM reports_event WHERE act = 'submit'",
        "publications": "SELECT count(*), count(DISTINCT number) FROM publications_publication",
        "clocks": "SELECT count(*), count(DISTINCT report_id) FROM reports_deadline WHERE promise = 'answer'",
    }.items():
        found = house.rows(sql)
        seen.must(found == [(reports, reports)], f"{what}: {found[0]} instead of {reports}")
    wrong = in_parallel(list(crowd.acknowledged.items()), lambda one: _opens(house, *one))
    seen.must(not wrong, f"{len(wrong)} codes do not open their report: {wrong[:1]}")


def _opens(house: Victims, turn: int, receipt: dict[str, Any]) -> Iterator[str]:
    status, raw = ask(house.port, "GET", "/api/v1/track", headers={"Authorization": f"Code {receipt['code']}"})
    view = json.loads(raw)
    if status != 200 or view["number"] != receipt["number"] or not re.match(rf"Laporan {turn} ", view["body"]):
        yield f"{turn}: {status}"


def _look_at_letters(house: Victims, crowd: Crowd, letters: Letterbox, seen: Seen) -> None:
    wanted = {f"r{turn}@contoh.example": receipt for turn, receipt in crowd.acknowledged.items() if has_letter(turn)}
    with suppress(Violation):
        wait_for(lambda: len(letters.ids) >= len(wanted), DRAIN, "every letter")
    lost = wanted.keys() - letters.ids.keys()
    seen.must(not lost, f"{len(lost)} letters were lost, {sorted(lost)[:1]}")
    keys = {to: ids for to, ids in letters.ids.items() if len(set(ids)) != 1}
    seen.must(not keys, f"letters came under several keys: {list(keys.items())[:1]}")
    without = [to for to, text in letters.texts.items() if to in wanted and wanted[to]["code"] not in text]
    seen.must(not without, f"letters without their code: {without[:1]}")
    waiting = "SELECT 1 FROM reports_notice WHERE state <> 'sent' LIMIT 1"
    with suppress(Violation):
        wait_for(lambda: not house.rows(waiting), DRAIN, "the outbox")
    seen.must(not house.rows(waiting), "notices are left in the outbox")
    seen.must(not house.rows("SELECT 1 FROM reports_notice WHERE secret IS NOT NULL LIMIT 1"), "a code was kept")
    seen.must(seen.longest_job < TO_TAKE_UP, f"a job was under way for {seen.longest_job:.0f} s")
    twice = sum(len(ids) - 1 for ids in letters.ids.values())
    seen.told |= {"letters": len(wanted), "letters_again": twice, "longest_job_seconds": round(seen.longest_job, 1)}


def _look_at_pages(reader: Reader, seen: Seen) -> None:
    """Judge pages that neither began nor ended while something was down."""
    calm = [
        (seconds, status)
        for began, seconds, status in reader.seen
        if not any(began < up and began + seconds > down for down, up in seen.down)
    ]
    times = sorted(seconds for seconds, _ in calm)
    bad = [status for _, status in calm if status != 200]
    slow = sum(seconds > PAGE for seconds in times)
    seen.must(len(times) > 20, "hardly any page was read")
    seen.must(not bad, f"{len(bad)} of {len(calm)} pages failed though nothing was down: {sorted(set(bad))}")
    seen.must(slow <= len(times) / 100, f"{slow} of {len(times)} pages took over {PAGE:.0f} s")
    downs = [up - down for down, up in seen.down]
    seen.told["pages"] = {
        "read": len(times),
        "p50": round(statistics.median(times), 3),
        "p99": round(times[len(times) * 99 // 100], 3),
        "longest": round(times[-1], 3),
        "over_a_second": slow,
        "while_down": len(reader.seen) - len(calm),
    }
    if downs:
        seen.told["seconds_down"] = {"median": round(statistics.median(downs), 2), "longest": round(max(downs), 2)}


def _look_at_log(house: Victims, seen: Seen) -> None:
    waiting = "SELECT count(*) FROM reports_event e WHERE NOT EXISTS (SELECT FROM ledger_leaf)"
    with suppress(Violation):
        wait_for(lambda: house.rows(waiting) == [(0,)], 90, "the log")
    try:
        seen.told["log"] = house.run("verify-log").strip().splitlines()[-1]
    except Violation as error:
        seen.wrong.append(str(error))


def main(argv: Sequence[str] | None = None) -> int:
    """Run it once, in a folder that is gone afterwards; print what was seen."""
    parser = argparse.ArgumentParser(prog="python -m bench.chaos", description="Kill everything while reports come in.")
    parser.add_argument("reports", type=int, nargs="?", default=10_000, help="default: %(default)s")
    parser.add_argument("--kills", type=int, default=12, help="of each of the three (default: %(default)s)")
    parser.add_argument("--uploaders", type=int, default=60, help="slow ones beside (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another number kills at other moments")
    args = parser.parse_args(argv)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is ended
    with tempfile.TemporaryDirectory(prefix="tuntas-chaos-") as folder:
        os.environ |= {"TUNTAS_DATA": folder, "DJANGO_SETTINGS_MODULE": "tuntas.settings"}
        os.environ.setdefault("TUNTAS_SECRET_KEY", "x" * 40)
        django.setup()
        seen = run(
            Path(folder) / "data", reports=args.reports, kills=args.kills, uploaders=args.uploaders, seed=args.seed
        )
    counts = {name: seen.killed.count(name) for name in VICTIMS}
    print(json.dumps({"reports": seen.reports, "killed": counts, **seen.told, "wrong": seen.wrong}), flush=True)
    return 1 if seen.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
