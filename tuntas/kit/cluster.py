"""A private PostgreSQL cluster for demo, development and tests: reached through a socket by its owner, by nobody else.

Everything lies in one folder, usually ``<home>/postgres``: ``data`` (PostgreSQL's own), ``run`` (the socket),
``postgres.log`` and our settings, which the server reads but cannot change. Crash-safe, for fsync stays on.
"""

import fcntl
import hashlib
import os
import re
import secrets
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import pq

from tuntas.kit.programs import Account, NoPostgres, Programs, Source, find_programs, programs_for

__all__ = ["Cluster", "NoPostgres", "Programs", "find_programs"]

PATIENCE = 600.0
"""Seconds to wait for a start (crash recovery may be long) or a stop."""

_ORPHANS = 15.0  # seconds that the children of a killed server may need to see that it is gone
_ELSEWHERE = Path("/var/lib/tuntas-embedded")
_LONGEST_SOCKET_FOLDER = 85  # bytes; the system takes about 100 for the socket's whole path
_SETTINGS = """\
include = 'data/postgresql.conf'
listen_addresses = ''
port = 5432
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
hba_file = 'pg_hba.conf'
ident_file = 'pg_ident.conf'
max_connections = 200
shared_buffers = '256MB'
random_page_cost = 1.1
jit = off
max_wal_size = '2GB'
checkpoint_timeout = '15min'
fsync = on
synchronous_commit = on
full_page_writes = on
logging_collector = off
timezone = 'UTC'
log_timezone = 'UTC'
"""


class Cluster:
    """The cluster that belongs to one data folder of the product."""

    def __init__(self, home: Path, source: Source = "any") -> None:
        self._home = home.resolve()
        self._source: Source = source
        self._pointer = self._home / "cluster"

    def start(self) -> str:
        """Start the server, making first whatever is missing, and give the URL of the product's database.

        Safe to call again, and from several processes at once. Raises NoPostgres with a sentence saying what to do.
        """
        try:
            self._home.mkdir(parents=True, exist_ok=True)
            with self._alone():
                self._start(self._folder() or self._new_folder())
        except OSError as error:
            raise NoPostgres(f"No PostgreSQL cluster can be kept in {self._home}: {error.strerror}.") from error
        return self.url()

    def url(self, database: str = "tuntas") -> str:
        """Give the URL of *database* as libpq and psycopg take it; raises NoPostgres when there is no cluster yet."""
        if not (folder := self._folder()):
            raise NoPostgres(f"There is no PostgreSQL cluster in {self._home} yet: start it first.")
        # The port is said, for PGPORT in somebody's environment would name another socket.
        return f"postgresql:///{quote(database, safe='')}?host={quote(str(_sockets(folder)))}&port=5432&user=tuntas"

    def stop(self) -> None:
        """Stop the server, breaking off what is under way; nothing that was acknowledged is lost."""
        if self._folder():
            with self._alone():
                self._halt()

    def is_running(self) -> bool:
        """Tell whether the server answers; a process number left behind by a killed one does not count."""
        return self.pid() is not None and self._ping() == pq.Ping.OK

    def pid(self) -> int | None:
        """Give the number of the server's process, or None when it does not run."""
        folder = self._folder()
        number = _recorded_pid(folder / "data") if folder else None
        return number if folder and number and _is_server(number, folder / "data") else None

    def remove(self) -> None:
        """Stop the server and delete everything of this cluster, the rows included."""
        if not self._home.is_dir():
            return
        with self._alone() as lock:
            self._halt()
            if (folder := self._folder()) and folder.exists():
                shutil.rmtree(_sockets(folder), ignore_errors=True)
                shutil.rmtree(folder)
            self._pointer.unlink(missing_ok=True)
            lock.unlink()

    @contextmanager
    def _alone(self) -> Iterator[Path]:
        """Let one process at a time change this cluster."""
        path = self._home / "cluster.lock"
        while True:
            with path.open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                # Whoever removed the cluster while we waited removed the lock with it: take the new one.
                if path.exists() and os.path.samestat(os.fstat(lock.fileno()), path.stat()):
                    yield path
                    return

    def _folder(self) -> Path | None:
        """Find the cluster's folder, refusing one that is not ours."""
        if self._pointer.is_file():
            folder = Path(self._pointer.read_text().strip())
            if folder.parent != _ELSEWHERE or folder.name == "..":
                raise NoPostgres(f"{self._pointer} names no folder below {_ELSEWHERE}: delete it.")
        elif not (folder := self._home / "postgres").exists():
            return None
        _refuse_strange(folder)
        return folder

    def _new_folder(self) -> Path:
        account = Account.for_server()
        if account.can_enter(self._home):
            folder = self._home / "postgres"
            folder.mkdir(mode=0o700)
            return folder
        _make_elsewhere()
        folder = _ELSEWHERE / secrets.token_hex(8)
        folder.mkdir(mode=0o700)
        (fresh := self._pointer.with_suffix(".new")).write_text(f"{folder}\n")
        fresh.rename(self._pointer)
        return folder

    def _start(self, folder: Path) -> None:
        if not folder.is_dir():
            raise NoPostgres(f"The cluster {folder} is gone: bring it back, or delete {self._pointer} to begin anew.")
        # A server that another process started and did not live to see ready.
        _wait(lambda: self._ping() != pq.Ping.REJECT, PATIENCE)
        if not self.is_running():
            self._launch(folder, _account(folder))
        self._make_database()

    def _launch(self, folder: Path, account: Account) -> None:
        _furnish(folder, account)
        data = folder / "data"
        major = int((data / "PG_VERSION").read_text().split(".")[0]) if data.exists() else None
        programs = programs_for(account, folder, self._source, major)
        if not data.exists():
            _initdb(folder, account, programs)
        self._halt()
        # In another container with the same data folder, say: a second server would destroy the data.
        if self._ping() != pq.Ping.NO_RESPONSE:
            raise NoPostgres(f"The cluster {folder} is run from somewhere else: stop it there first.")
        _forget_stale_notes(folder)
        give_up = time.monotonic() + _ORPHANS
        while trouble := _pg_ctl_start(folder, account, programs):
            if "still in use" not in trouble or time.monotonic() > give_up:
                raise NoPostgres(f"PostgreSQL does not start, see {folder / 'postgres.log'}: {_last_line(trouble)}")
            time.sleep(0.1)

    def _halt(self) -> None:
        if pid := self.pid():
            os.kill(pid, signal.SIGINT)
            if not _wait(lambda: self.pid() != pid, PATIENCE):
                raise NoPostgres(f"PostgreSQL, process {pid}, does not stop: end it before going on.")

    def _ping(self) -> int:
        return pq.PGconn.ping(f"{self.url('postgres')}&connect_timeout=5".encode())

    def _make_database(self) -> None:
        try:
            with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
                if not connection.execute("SELECT FROM pg_database WHERE datname = 'tuntas'").rowcount:
                    connection.execute("CREATE DATABASE tuntas OWNER tuntas")
        except psycopg.Error as error:
            raise NoPostgres(f"PostgreSQL runs but does not let us in: {_last_line(str(error))}") from error


def _make_elsewhere() -> None:
    with suppress(FileExistsError):
        _ELSEWHERE.mkdir()
        _ELSEWHERE.chmod(0o711)
    found = _ELSEWHERE.lstat()
    if found.st_uid != os.geteuid() or found.st_mode & 0o022:
        raise NoPostgres(f"{_ELSEWHERE} can be changed by others: correct its owner and permissions.")


def _refuse_strange(folder: Path) -> None:
    if not os.path.lexists(folder):
        return
    if folder.is_symlink() or folder.lstat().st_uid != os.geteuid():
        raise NoPostgres(f"The PostgreSQL cluster {folder} belongs to another user: start it as that user.")
    if not (folder / "tuntas.conf").exists() and any(folder.iterdir()):
        raise NoPostgres(f"{folder} holds something else than a cluster of Tuntas: choose another data folder.")


def _account(folder: Path) -> Account:
    data = folder / "data"
    return Account.for_server(data.stat().st_uid if data.exists() else None)


def _sockets(folder: Path) -> Path:
    """Give the folder of the socket: the cluster's own, or one below /tmp where the path is too long or unusual."""
    run = folder / "run"
    if len(os.fsencode(run)) <= _LONGEST_SOCKET_FOLDER and re.fullmatch(r"[\w./~-]+", str(run), re.ASCII):
        return run
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path("/tmp") / f"tuntas-{name}"  # noqa: S108 (made private, refused when somebody else made it)


def _furnish(folder: Path, account: Account) -> None:
    """Give the cluster's folder its settings, its log and the socket's folder."""
    os.chown(folder, -1, account.gid)
    folder.chmod(0o750)
    _write(folder / "tuntas.conf", _SETTINGS.format(sockets=_sockets(folder)), account)
    _write(folder / "pg_hba.conf", "local all tuntas peer map=tuntas\n", account)
    known = dict.fromkeys((Account.ours().name, account.name))
    _write(folder / "pg_ident.conf", "".join(f'tuntas "{name}" tuntas\n' for name in known), account)
    if not account.can_enter(folder):
        raise NoPostgres(f"User {account.name}, who runs PostgreSQL, cannot reach {folder}: open the folders above it.")
    account.make_private(_sockets(folder))


def _write(path: Path, text: str, account: Account) -> None:
    path.write_text(text)
    os.chown(path, -1, account.gid)
    path.chmod(0o640)


def _initdb(folder: Path, account: Account, programs: Programs) -> None:
    """Make the data folder under another name and rename it when whole, so that a broken-off one never counts."""
    for broken_off in folder.glob("data.*"):
        shutil.rmtree(broken_off, ignore_errors=True)
    fresh = Path(tempfile.mkdtemp(prefix="data.", dir=folder))
    account.make_private(fresh)
    words = ["-D", fresh.name, "-U", "tuntas", "-E", "UTF8", "--data-checksums"]
    words += ["--auth-local=peer", "--auth-host=reject", "--no-instructions"]
    if programs.major >= 17:
        words += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    for locale in ("C.UTF-8", "C"):
        done = account.run(programs.folder / "initdb", *words, f"--locale={locale}", cwd=folder)
        if done.returncode == 0:
            fresh.rename(folder / "data")
            return
    raise NoPostgres(f"PostgreSQL's initdb failed in {folder}: {_last_line(done.stderr)}")


def _pg_ctl_start(folder: Path, account: Account, programs: Programs) -> str:
    """Start the server and wait until it answers; returns "" or what it said instead."""
    log = folder / "postgres.log"
    with log.open("ab") as lines:
        os.fchmod(lines.fileno(), 0o600)
        os.fchown(lines.fileno(), account.uid, account.gid)
        before = lines.tell()
    # Paths relative to the folder: pg_ctl hands them to a shell without quoting.
    words = ["start", "-s", "-w", "-t", f"{PATIENCE:.0f}", "-D", "data", "-l", log.name]
    done = account.run(programs.folder / "pg_ctl", *words, "-o", "-c config_file=tuntas.conf", cwd=folder)
    if done.returncode == 0:
        return ""
    with log.open("rb") as lines:
        lines.seek(before)
        return lines.read().decode(errors="replace") or done.stderr


def _recorded_pid(data: Path) -> int | None:
    try:
        return int((data / "postmaster.pid").read_text().split("\n")[0])
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None


def _forget_stale_notes(folder: Path) -> None:
    """Delete a dead server's notes of its process number where PostgreSQL would take them for a living one's.

    It does so when a note is empty, when nobody has collected the dead process, and when its number was given anew.
    """
    number = _recorded_pid(folder / "data")
    if number is None or _exists(number):  # a number that is free, PostgreSQL itself sees through
        (folder / "data" / "postmaster.pid").unlink(missing_ok=True)
        (_sockets(folder) / ".s.PGSQL.5432.lock").unlink(missing_ok=True)


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_server(pid: int, data: Path) -> bool:
    """Tell whether process *pid* is a living PostgreSQL server that works in *data*."""
    if not Path("/proc/self/stat").exists():
        return _exists(pid)
    try:
        found = re.match(r"\d+ \((.*)\) (\w)", Path(f"/proc/{pid}/stat").read_text(), re.DOTALL)
        if not found or found[1] != "postgres" or found[2] in "ZX":
            return False
        return os.path.samefile(f"/proc/{pid}/cwd", data)
    except PermissionError:  # in a container root may be kept from looking into others' processes
        return True
    except (FileNotFoundError, ProcessLookupError):
        return False


def _wait(until: Callable[[], bool], seconds: float) -> bool:
    give_up = time.monotonic() + seconds
    while not until():
        if time.monotonic() > give_up:
            return False
        time.sleep(0.02)
    return True


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if re.search("FATAL|ERROR|error:", line)] or text.splitlines()
    return lines[-1].strip() if lines else "it says nothing."
