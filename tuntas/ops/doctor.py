"""``tuntas doctor``: is everything in order."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.db import connection

from tuntas.agencies.installation import installation
from tuntas.kit.env import env
from tuntas.kit.queue import oldest_waiting_seconds
from tuntas.kit.time import check_clock
from tuntas.ops.migrate import missing_migrations
from tuntas.reports.models import Notice, NoticeState

OLDEST, NEWEST = 15, 18  # PostgreSQL's major versions that are supported
STALE_QUEUE = 120.0  # seconds
MOST_NAMED = 20  # dead notices


class Grade(Enum):
    OK = "ok"
    WARNING = "warning"
    WRONG = "WRONG"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    grade: Grade
    says: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "Exits with 1 when something is wrong; a warning alone is not."


def run(args: argparse.Namespace) -> int:
    """Print one line for each thing looked at."""
    is_wrong = False
    for finding in findings():
        print(f"{finding.grade.value:>7}  {finding.says}", flush=True)
        is_wrong |= finding.grade is Grade.WRONG
    return int(is_wrong)


def findings() -> Iterator[Finding]:
    """Look at everything; what cannot be looked at without tables is left out where they are missing."""
    check_clock(env())
    yield _version()
    if env().is_embedded:
        yield Finding(Grade.WARNING, "The database is the embedded one: for demo, development and tests only.")
    if missing := missing_migrations():
        yield Finding(Grade.WRONG, f"{len(missing)} migrations are not applied: run “tuntas migrate”.")
        return
    yield Finding(Grade.OK, "All migrations are applied.")
    yield _profile()
    yield _mail()
    yield _queue()
    yield from _dead_notices()


def _version() -> Finding:
    connection.ensure_connection()
    major, minor = connection.get_database_version()
    is_good = OLDEST <= major <= NEWEST
    wanted = "" if is_good else f"; {OLDEST} to {NEWEST} are supported"
    return Finding(Grade.OK if is_good else Grade.WRONG, f"PostgreSQL {major}.{minor}{wanted}.")


def _profile() -> Finding:
    try:
        return Finding(Grade.OK, f"Profile loaded: {installation().name.en}.")
    except LookupError:
        return Finding(Grade.WRONG, "No profile was loaded: run “tuntas load-profile”.")


def _mail() -> Finding:
    if env().email_url:
        return Finding(Grade.OK, "A mail server is set.")
    return Finding(Grade.WARNING, "TUNTAS_EMAIL_URL is not set: notices wait, nobody gets a letter.")


def _queue() -> Finding:
    age = oldest_waiting_seconds()
    if age < STALE_QUEUE:
        return Finding(Grade.OK, f"Jobs wait {age:.0f} s at most.")
    return Finding(Grade.WRONG, f"A job has waited for {age:.0f} s: is “tuntas work” running?")


def _dead_notices() -> Iterator[Finding]:
    """Count the notices that nobody tries any more and name the newest, without the address they were for."""
    dead = Notice.objects.filter(state=NoticeState.DEAD)
    many = dead.count()
    yield Finding(Grade.WARNING if many else Grade.OK, f"{many} notices could not be delivered.")
    for notice in dead.select_related("report").order_by("-created_at")[:MOST_NAMED]:
        since = f"{notice.created_at:%Y-%m-%d %H:%M} UTC"
        told = f"Notice {notice.pk} of report {notice.report.name} ({notice.template}), {since}"
        yield Finding(Grade.WARNING, f"{told}, {notice.tries} tries: {notice.error}.")
