"""What ``tuntas doctor`` looks at below the product: the database server, the disks, the clock, the mail server."""

import json
import secrets
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from tuntas.channels.email import SendingFailed, greet
from tuntas.kit import files
from tuntas.kit.env import Env, env
from tuntas.kit.queue import database_clock
from tuntas.kit.room import is_nearly_full, room_at
from tuntas.kit.time import real_time
from tuntas.ops.backup import LAST
from tuntas.ops.finding import Finding, ok, warning, wrong

OLDEST, NEWEST = 15, 18  # PostgreSQL's major versions that are supported
FIXED = {15: 20, 16: 16, 17: 12, 18: 7}  # the first minor versions without the holes known in November 2026
MUST_BE_ON = ("fsync", "full_page_writes", "synchronous_commit")
OLD_BACKUP = timedelta(days=2)
SKEW, LARGE_SKEW = timedelta(seconds=2), timedelta(seconds=60)


def server_findings() -> Iterator[Finding]:
    """Look at the database server: version, settings, clock."""
    connection.ensure_connection()
    major, minor = connection.get_database_version()
    if not OLDEST <= major <= NEWEST:
        yield wrong(f"PostgreSQL {major}.{minor}; {OLDEST} to {NEWEST} are supported.")
    elif minor < FIXED[major]:
        yield warning(f"PostgreSQL {major}.{minor} has known holes: update it to {major}.{FIXED[major]} or later.")
    else:
        yield ok(f"PostgreSQL {major}.{minor}.")
    if env().is_embedded:
        yield warning("The database is the embedded one: for demo, development and tests only.")
    yield from _settings()
    yield _clock()


def _settings() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [[*MUST_BE_ON, "data_checksums"]])
        found = dict(cursor.fetchall())
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        (size,) = cursor.fetchone()
    off = [name for name in MUST_BE_ON if found[name] == "off"]
    if off:
        yield wrong(f"PostgreSQL's {', '.join(off)} must be on: what was acknowledged could be lost.")
    else:
        yield ok(f"PostgreSQL keeps what was acknowledged; the database takes {size}.")
    if found["data_checksums"] == "off":
        yield warning("PostgreSQL keeps no data checksums: a disk that fails slowly is not seen (pg_checksums -e).")


def _clock() -> Finding:
    skew = abs(database_clock() - real_time())
    told = f"The clocks of this machine and of the database differ by {skew.total_seconds():.1f} s"
    if skew > LARGE_SKEW:
        return wrong(f"{told}: let both follow a time server.")
    return warning(f"{told}: let both follow a time server.") if skew > SKEW else ok(f"{told}.")


def machine_findings() -> Iterator[Finding]:
    """Look at what needs no database: addresses, keys, disks, files, mail, backups, static files."""
    yield _address(env())
    yield _secret(env())
    yield from _disks()
    yield _writable()
    yield _mail()
    yield _backup()
    yield _pages()


def _address(given: Env) -> Finding:
    if given.base_url.startswith("https://"):
        return ok(f"People come to {given.base_url}.")
    if given.is_embedded:
        return warning(f"TUNTAS_BASE_URL is {given.base_url}: cookies are Secure only with https.")
    return wrong(f"TUNTAS_BASE_URL is {given.base_url}: it must be https where people report for real.")


def _secret(given: Env) -> Finding:
    path = given.data / "secret_key"
    if given.is_embedded and path.exists():
        return ok(f"The secret key is kept in {path}.")
    return ok("The secret key comes from TUNTAS_SECRET_KEY.")


def _disks() -> Iterator[Finding]:
    for name, folder in (("data", env().data), ("files", env().files)):
        free, share = room_at(folder)
        told = f"{free / 1e9:.1f} GB ({share:.0%}) are free where {name} lie, {folder}."
        yield wrong(told) if is_nearly_full(folder) else ok(told)


def _writable() -> Finding:
    name = f"doctor-{secrets.token_hex(4)}"
    try:
        files.put(name, b"Is there room, and may we write?")
        files.drop(name)
    except OSError as error:
        return wrong(f"Files cannot be written to {env().files}: {error.strerror}.")
    return ok(f"Files can be written to {env().files}.")


def _mail() -> Finding:
    if not env().email_url:
        return warning("TUNTAS_EMAIL_URL is not set: notices wait, nobody gets a letter.")
    try:
        greet(env().email_url)
    except SendingFailed as error:
        return wrong(f"The mail server does not take our letters: {error}.")
    return ok("The mail server answers.")


def _backup() -> Finding:
    try:
        at = datetime.fromisoformat(json.loads((env().data / LAST).read_text())["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return warning("No backup was made from here: read docs/how-to/backup.md.")
    told = f"The last backup is of {at:%Y-%m-%d %H:%M} UTC"
    return warning(f"{told}: that is over two days ago.") if real_time() - at > OLD_BACKUP else ok(f"{told}.")


def _pages() -> Finding:
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        return warning("Styles and scripts were not gathered yet: “tuntas serve” does so when it starts.")
    if not any(settings.STATIC_ROOT.glob("js/age*.js")):
        return warning("The browser library was not built: the server seals reports, not the reporter's browser.")
    return ok("Styles, scripts and the browser library are there.")


def is_open_to_others(path: Path) -> bool:
    """Return whether anybody but its owner may read a file."""
    return bool(path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))


def key_findings() -> Iterator[Finding]:
    """Name the keys that others may read."""
    for path in (env().data / "secret_key", *sorted((env().data / "keys").glob("*"))):
        if path.is_file() and is_open_to_others(path):
            yield wrong(f"{path} can be read by others: chmod 600.")
