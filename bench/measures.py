"""Every measurement of one size, and how its line is written."""

import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection

from bench import asks, clocks
from bench.aims import AIMS
from bench.house import House, serving_plain
from bench.load import Ask, Figures, press, raw_inserts
from bench.processor import Used, used
from tuntas import steps
from tuntas.kit.programs import find_programs
from tuntas.kit.time import current_time
from tuntas.rules.life import State
from tuntas.rules.who import Role

CLIENTS = 8
WARM_UP = 2.0  # seconds before each measurement
LONGEST_DRAIN = 120.0  # seconds to wait for the outbox


@dataclass
class Bench:
    """A run over one size: what was measured raw, and where lines go."""

    house: House
    size: int
    seconds: float
    only: str
    roots: list[int] = field(default_factory=list)  # whose processor time is the product's
    raw: dict[str, float] = field(default_factory=dict)

    def wants(self, name: str) -> bool:
        return self.only in name

    def measure(self, name: str, wanted: Sequence[Ask], *, clients: int = CLIENTS, raw: str = "page") -> None:
        """Press these requests and write the line; what cannot be asked (an empty list) is said."""
        if not self.wants(name):
            return
        if not wanted:
            print(f"{name}: nothing to ask for at this size", file=sys.stderr)
            return
        press(self.house.port, wanted, clients=clients, seconds=WARM_UP)
        before = used(self.roots)
        got = press(self.house.port, wanted, clients=clients, seconds=self.seconds)
        self.write(name, got, raw=raw, spent=used(self.roots).since(before))

    def write(self, name: str, got: Figures, *, raw: str = "", spent: Used | None = None, **more: Any) -> None:
        """Write one line of JSON to standard output."""
        aim, base = AIMS.get(name), self.raw.get(raw)
        line: dict[str, Any] = {"bench": name, "size": self.size, "clients": got.clients}
        line |= {"per_second": round(got.per_second, 1), "p50_ms": got.p50_ms, "p95_ms": got.p95_ms}
        line |= {"p99_ms": got.p99_ms, "errors": got.errors, "requests": got.requests}
        line |= {"raw": base and round(base, 1), "ratio": round(got.per_second / base, 4) if base else None}
        line |= {"aim": str(aim) if aim else None, "met": aim.is_met(got) if aim else None}
        line |= {"tool": got.tool, "seconds": round(got.seconds, 1)}
        print(json.dumps(line | (_shares(spent, got) if spent else {}) | more), flush=True)
        if got.errors:
            print(f"{name}: {got.errors} of {got.requests} requests were refused or lost", file=sys.stderr)


def _shares(spent: Used, got: Figures) -> dict[str, float]:
    """Return the processor time of one request, and which share of the machine's went to somebody else's processes."""
    foreign = max(0.0, spent.machine - spent.ours)
    return {
        "cpu_ms": round(spent.product * 1000 / max(1, got.requests), 2),
        "foreign_share": round(foreign / max(spent.machine, 0.01), 2),
    }


def measure_all(bench: Bench) -> None:
    """Measure one size from the raw limits to the slow pages."""
    print(f"{bench.size:,}: {asks.open_reports():,} open", file=sys.stderr)
    cluster_pid = bench.house.cluster.pid()
    _raw_limits(bench)
    steps.count(now=current_time())
    with bench.house.serving() as server:
        bench.roots = [server, *([cluster_pid] if cluster_pid else [])]
        people = asks.tokens()
        _reading(bench, people)
        _intake(bench, people)
        _spare_due_clocks()
        with bench.house.taking_mail() as mailbox, bench.house.working() as worker:
            bench.roots.append(worker)
            _intake_with_jobs(bench, people, mailbox.taken)
        _clocks(bench)


def _clocks(bench: Bench) -> None:
    """Let eight workers look at every open clock beside a reader; first touch the same rows plainly."""
    if not bench.wants("clocks"):
        return
    clocks.set_up()
    seconds, moved = clocks.race(["raw"])
    bench.raw["clocks"] = moved / seconds
    bench.write("raw_clocks", Figures("sql", clocks.WORKERS, seconds, moved, 0))
    there = clocks.set_up()
    with ThreadPoolExecutor(1) as pool:
        raced = pool.submit(clocks.race, [])
        beside = press(bench.house.port, asks.public_views(), clients=1, seconds=bench.seconds)
        seconds, moved = raced.result()
    _forget_letters()
    got = Figures("workers", clocks.WORKERS, seconds, moved, abs(there - moved))
    bench.write("clocks", got, raw="clocks", page_p95_ms=beside.p95_ms)


def _raw_limits(bench: Bench) -> None:
    _sql("CREATE TABLE IF NOT EXISTS bench_raw (t text)")
    try:
        programs: Path | None = find_programs().folder
        got = raw_inserts(bench.house.cluster.url(), programs, clients=CLIENTS, seconds=5)
    except FileNotFoundError:
        print("pgbench is not installed: no raw limit of inserts", file=sys.stderr)
    else:
        bench.raw["insert"] = got.per_second
        bench.write("raw_insert", got)
    finally:
        _sql("DROP TABLE bench_raw")
    with serving_plain(bench.house.port):
        got = press(bench.house.port, [Ask("/")], clients=CLIENTS, seconds=5)
    bench.raw["page"] = got.per_second
    bench.write("raw_page", got)


def _reading(bench: Bench, people: asks.Tokens) -> None:
    port, public, desk = bench.house.port, "/api/v1/reports", "/api/v1/desk/reports"
    state = "state=dikerjakan&limit=50&sort=due"
    cursor = asks.middle_cursor(Role.AGENCY_ADMIN, State.SUBMITTED)
    plan: Iterable[tuple[str, Callable[[], list[Ask]], int]] = (
        ("track", lambda: asks.tracking(port, people.integration), CLIENTS),
        ("public_view", asks.public_views, CLIENTS),
        ("public_list_state", lambda: asks.lists(public, ["state=dikerjakan&limit=20"]), CLIENTS),
        ("public_list_category", lambda: asks.lists(public, ["category=road_bridge&limit=20"]), CLIENTS),
        ("public_search", lambda: asks.lists(public, ["q=lampu+jalan&limit=20", "q=Gang+Baduk&limit=20"]), 1),
        ("desk_queue_admin", lambda: asks.lists(desk, [state], people.admin), 1),
        ("desk_queue_new", lambda: asks.lists(desk, ["queue=perlu-dipilah&limit=50"], people.admin), 1),
        ("desk_queue_liaison", lambda: asks.lists(desk, [state, "limit=50"], people.liaison), 1),
        (
            "desk_queue_middle",
            lambda: asks.lists(desk, [f"state=submitted&limit=50&sort=due&cursor={cursor}"], people.admin),
            1,
        ),
        ("desk_search", lambda: asks.lists(desk, ["q=lampu+jalan&limit=50"], people.admin), 1),
        ("case_page", lambda: asks.case_pages(people.admin), CLIENTS),
        *_pages(cursor),
        ("map_window", asks.map_windows, 1),
        ("statistics", lambda: asks.lists("/api/v1/statistics", [""]), 1),
        ("page_statistics", lambda: asks.lists("/statistik", [""]), 1),
    )
    for name, wanted, clients in plan:
        if bench.wants(name):
            bench.measure(name, wanted(), clients=clients)


def _pages(cursor: str) -> Iterable[tuple[str, Callable[[], list[Ask]], int]]:
    """The staff's pages as their browsers ask for them, the whole HTML of each."""
    inbox, desk, liaison = "/meja", asks.cookie(Role.AGENCY_ADMIN), asks.cookie(Role.LIAISON)
    first = "antrean=perlu-dipilah"
    return (
        ("page_inbox", lambda: asks.lists(inbox, [first], desk), 1),
        ("page_inbox_agencies", lambda: asks.lists(inbox, ["antrean=di-instansi"], desk), 1),
        ("page_inbox_narrow", lambda: asks.lists(inbox, [f"{first}&kategori=road_bridge&kanal=web"], desk), 1),
        ("page_inbox_middle", lambda: asks.lists(inbox, [f"{first}&lanjut={cursor}"], desk), 1),
        ("page_tasks", lambda: asks.lists("/instansi", [""], liaison), 1),
        ("page_case", lambda: asks.case_pages(desk, "/meja/kasus"), CLIENTS),
    )


def _intake(bench: Bench, people: asks.Tokens) -> None:
    bench.measure("intake", asks.new_reports(people.integration, with_email=False), raw="insert")
    bench.measure("intake_one", asks.new_reports(people.integration, with_email=False), clients=1, raw="insert")
    bench.measure("intake_email", asks.new_reports(people.integration, with_email=True), raw="insert")
    _forget_letters()


def _intake_with_jobs(bench: Bench, people: asks.Tokens, taken: Callable[[], int]) -> None:
    """Post for some seconds, then wait until every letter has really been taken by the mail server.

    The log of the invented reports waits meanwhile: millions of their events have no leaf yet, and the new reports' own
    would stand behind them.
    """
    name = "intake_all_jobs"
    if not bench.wants(name):
        return
    wanted = asks.new_reports(people.integration, with_email=True)
    _spare_due_clocks()
    _sql("SELECT pg_advisory_lock(hashtext('log'))")
    press(bench.house.port, wanted, clients=CLIENTS, seconds=1)
    _drained()
    reports, letters, before, began = _stored(), taken(), used(bench.roots), time.monotonic()
    got = press(bench.house.port, wanted, clients=CLIENTS, seconds=bench.seconds)
    waiting, ended = _drained()
    taken_seconds, made = ended - began, _stored() - reports
    lost = max(0, made - (taken() - letters))
    whole = Figures(got.tool, CLIENTS, taken_seconds, made, got.errors + lost, got.p50_ms, got.p95_ms, got.p99_ms)
    spent = used(bench.roots).since(before)
    _sql("SELECT pg_advisory_unlock(hashtext('log'))")
    bench.write(name, whole, raw="insert", spent=spent, posted_per_second=round(got.per_second, 1), left=waiting)


def _spare_due_clocks() -> None:
    """Mark what runs out or comes to a rung in these minutes: the worker shall have the new reports' work only."""
    _sql(
        "UPDATE reports_deadline SET missed_at = due_at WHERE kept_at IS NULL AND ended_at IS NULL "
        "AND missed_at IS NULL AND due_at < clock_timestamp() + interval '15 minutes'"
    )
    _sql("UPDATE reports_deadline SET rung_at = NULL WHERE rung_at < clock_timestamp() + interval '15 minutes'")
    _forget_letters()


def _drained() -> tuple[int, float]:
    """Wait until no letter has waited for a second; return how many still do, and since when none does.

    The second is for requests that the load generator broke off and the server still finished.
    """
    give_up, empty_since = time.monotonic() + LONGEST_DRAIN, 0.0
    while (now := time.monotonic()) < give_up:
        waiting = _one("SELECT count(*) FROM reports_notice WHERE state = 'waiting'")
        if waiting:
            empty_since = 0.0
        elif not empty_since:
            empty_since = now
        elif now > empty_since + 1:
            return 0, empty_since
        time.sleep(0.1)
    return waiting, now


def _forget_letters() -> None:
    """Drop the letters and jobs of the run before: the next one shall be measured by itself."""
    _sql("DELETE FROM procrastinate_jobs WHERE status = 'todo' AND task_name = 'deliver'")
    _sql("DELETE FROM reports_notice WHERE state = 'waiting'")


def _stored() -> int:
    return _one("SELECT count(*) FROM reports_report WHERE channel = 'api'")


def _sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _one(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])


def stored_and_bytes() -> tuple[int, int]:
    """Return how many reports are stored, and how large the database is."""
    return _one("SELECT count(*) FROM reports_report"), _one("SELECT pg_database_size(current_database())")
