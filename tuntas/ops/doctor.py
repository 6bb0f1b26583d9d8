"""``tuntas doctor``: is everything in order."""

import argparse
import json
from collections.abc import Iterator
from datetime import timedelta

from django.db import connection
from django.db.models import Count

from tuntas.agencies.installation import installation
from tuntas.kit.clamd import is_there
from tuntas.kit.env import env
from tuntas.kit.queue import count_jobs, oldest_waiting_seconds, seconds_since_worker
from tuntas.kit.time import check_clock, current_time
from tuntas.ledger.queries import newest_checkpoint
from tuntas.ops.finding import Finding, Grade, ok, warning, wrong
from tuntas.ops.machine_findings import key_findings, machine_findings, server_findings
from tuntas.ops.migrate import missing_migrations
from tuntas.people.alarms import Alarm
from tuntas.reports.models import Notice, NoticeState
from tuntas.reports.upload_queries import count_waiting

STALE_QUEUE = 120.0  # seconds
SILENT_WORKER = 60.0  # seconds
OLD_CHECKPOINT = timedelta(hours=1)
MOST_NAMED = 20  # dead notices


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``tuntas doctor`` takes."""
    parser.add_argument("--json", action="store_true", help="print what was found as one JSON object")
    parser.epilog = "Exits with 1 when something is wrong; a warning alone is not."


def run(args: argparse.Namespace) -> int:
    """Print one line for each thing looked at."""
    found = []
    for finding in findings():
        found.append(finding)
        if not args.json:
            print(f"{finding.grade.value:>7}  {finding.says}", flush=True)
    is_wrong = any(finding.grade is Grade.WRONG for finding in found)
    if args.json:
        told = [{"grade": finding.grade.name.lower(), "says": finding.says} for finding in found]
        print(json.dumps({"is_wrong": is_wrong, "findings": told}, ensure_ascii=False))
    return int(is_wrong)


def findings() -> Iterator[Finding]:
    """Look at everything; what cannot be looked at without tables is left out where they are missing."""
    check_clock(env())
    yield from server_findings()
    yield from machine_findings()
    yield from key_findings()
    if missing := missing_migrations():
        yield wrong(f"{len(missing)} migrations are not applied: run “tuntas migrate”.")
        return
    yield ok("All migrations are applied.")
    yield _indexes()
    yield from _profile()
    yield _scanner()
    yield from _jobs()
    yield _checkpoint()
    yield from _dead_notices()


def _indexes() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid ORDER BY 1")
        broken = [name for (name,) in cursor.fetchall()]
    if broken:
        return wrong(f"Indexes that were not finished: {', '.join(broken)}; run “REINDEX INDEX CONCURRENTLY” on each.")
    return ok("All indexes are whole.")


def _profile() -> Iterator[Finding]:
    try:
        found = installation()
    except LookupError:
        yield wrong("No profile was loaded: run “tuntas load-profile”.")
        return
    yield ok(f"Profile loaded: {found.name.en}; its clock is {found.zone.key}.")
    alarms = Alarm.objects.filter(cleared_at=None).values_list("kind").annotate(many=Count("pk")).order_by("kind")
    told = ", ".join(f"{kind} {many}" for kind, many in alarms)
    yield warning(f"Work that nobody looks after: {told}.") if told else ok("Everything has somebody to look after it.")


def _scanner() -> Finding:
    address = env().clamd
    if not address:
        return warning("TUNTAS_CLAMD is not set: files are cleaned, but nobody looks for viruses.")
    waiting = count_waiting(current_time() - timedelta(hours=1))
    if not is_there(address):
        return wrong(f"The virus scanner does not answer; {waiting} files have waited over an hour.")
    told = f"The virus scanner answers; {waiting} files have waited over an hour."
    return warning(told) if waiting else ok(told)


def _jobs() -> Iterator[Finding]:
    silent = seconds_since_worker()
    if silent is None:
        yield warning("No worker is there: start “tuntas work”.")
    elif silent > SILENT_WORKER:
        yield wrong(f"No worker gave a sign of life for {silent:.0f} s: is “tuntas work” running?")
    else:
        yield ok(f"A worker gave a sign of life {silent:.0f} s ago.")
    age, failed = oldest_waiting_seconds(), count_jobs()["failed"]
    if age < STALE_QUEUE:
        yield ok(f"Jobs wait {age:.0f} s at most.")
    else:
        yield wrong(f"A job has waited for {age:.0f} s: is “tuntas work” running?")
    yield warning(f"{failed} jobs failed: the log says why.") if failed else ok("No job failed.")


def _checkpoint() -> Finding:
    point = newest_checkpoint()
    if point is None:
        return warning("The log was never signed: the worker does so every ten minutes.")
    told = f"The log was signed at {point.at:%Y-%m-%d %H:%M} UTC, {point.size:,} leaves"
    return warning(f"{told}: that is long ago.") if current_time() - point.at > OLD_CHECKPOINT else ok(f"{told}.")


def _dead_notices() -> Iterator[Finding]:
    """Count the notices that nobody tries any more and name the newest, without the address they were for."""
    dead = Notice.objects.filter(state=NoticeState.DEAD)
    many = dead.count()
    yield Finding(Grade.WARNING if many else Grade.OK, f"{many} notices could not be delivered.")
    for notice in dead.select_related("report").order_by("-created_at")[:MOST_NAMED]:
        since = f"{notice.created_at:%Y-%m-%d %H:%M} UTC"
        about = f"of report {notice.report.name}" if notice.report else "about posts"
        told = f"Notice {notice.pk} {about} ({notice.template}), {since}"
        yield warning(f"{told}, {notice.tries} tries: {notice.error}.")
