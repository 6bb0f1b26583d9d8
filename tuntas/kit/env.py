"""What an installation sets from outside. Start refuses on nonsense and names the variable."""

import os
import secrets
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit


class BadEnvironment(Exception):
    """A variable cannot be used as it is; the message is one plain sentence that names it."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable: its name, what it is for, and what holds without it. Printed in docs/reference/settings.md."""

    name: str
    means: str
    default: str


VARIABLES = (
    Variable(
        "TUNTAS_DATABASE_URL",
        "The database, `postgresql://user:pw@host:5432/tuntas`, PostgreSQL 15 to 18.",
        "a private cluster in TUNTAS_DATA, for demo, development and tests only",
    ),
    Variable("TUNTAS_DATA", "The folder for files, keys and the embedded database.", "`var/`"),
    Variable(
        "TUNTAS_SECRET_KEY",
        "The key behind codes, tokens and what is kept encrypted; 32 characters or more. Never change it.",
        "with the embedded database, made once and kept in TUNTAS_DATA; else required",
    ),
    Variable(
        "TUNTAS_BASE_URL",
        "The address people type; cookies are Secure only when it is https.",
        "`http://localhost:8000`",
    ),
    Variable("TUNTAS_PROFILE", "The folder that describes the government.", "`profiles/kota-contoh`"),
    Variable("TUNTAS_EMAIL_URL", "The mail server, `smtp://user:pw@host:587` (`smtps://` for TLS).", "notices wait"),
    Variable("TUNTAS_EMAIL_FROM", "The sender of notices.", "`tuntas@` and the host of TUNTAS_BASE_URL"),
    Variable("TUNTAS_FILES_URL", "Where photos are kept, `file:///srv/files`.", "`files/` in TUNTAS_DATA"),
    Variable(
        "TUNTAS_CLAMD",
        "The virus scanner, ClamAV's clamd: `tcp://host:3310` or `unix:///run/clamav/clamd.ctl`.",
        "files are cleaned, but nobody looks for viruses",
    ),
    Variable("TUNTAS_LOG", "How the log is written on standard error: `json` or `text`.", "`text` on a terminal"),
    Variable(
        "TUNTAS_METRICS_TOKEN",
        "What a program shows as `Bearer` to read `/metrics` from another machine; 16 characters or more.",
        "only this machine itself reads it",
    ),
    Variable(
        "TUNTAS_PROXIES",
        "How many of your own proxies stand in front, one behind the other; each adds to X-Forwarded-For.",
        "`0`: the address that connects is the sender's",
    ),
)
MOST_PROXIES = 9
SHORTEST_SECRET = 32
SHORTEST_TOKEN = 16


@dataclass(frozen=True, slots=True)
class Env:
    """The environment, read and checked once."""

    database_url: str
    data: Path
    secret_key: str
    base_url: str
    profile: Path
    email_url: str
    email_from: str
    files: Path
    clamd: str
    proxies: int
    log: str
    metrics_token: str

    @property
    def is_embedded(self) -> bool:
        return not self.database_url

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or "localhost"


@lru_cache(maxsize=1)
def env() -> Env:
    """Read the process's environment. Raises BadEnvironment."""
    return read_env(os.environ)


def read_env(given: Mapping[str, str]) -> Env:
    """Check every variable of *given*; each may also come as ``NAME_FILE``. Raises BadEnvironment."""
    data = Path(_value(given, "TUNTAS_DATA") or "var").absolute()
    database_url = _url(given, "TUNTAS_DATABASE_URL", {"postgresql", "postgres"})
    base_url = (_url(given, "TUNTAS_BASE_URL", {"http", "https"}) or "http://localhost:8000").rstrip("/")
    return Env(
        database_url=database_url,
        data=data,
        secret_key=_secret(given, data, embedded=not database_url),
        base_url=base_url,
        profile=_folder(given, "TUNTAS_PROFILE", Path(__file__).parents[2] / "profiles" / "kota-contoh"),
        email_url=_url(given, "TUNTAS_EMAIL_URL", {"smtp", "smtps"}),
        email_from=_value(given, "TUNTAS_EMAIL_FROM") or f"tuntas@{urlsplit(base_url).hostname}",
        files=_files(given, data),
        clamd=_clamd(given),
        proxies=_proxies(given),
        log=_log(given),
        metrics_token=_metrics_token(given),
    )


def _value(given: Mapping[str, str], name: str) -> str:
    path = given.get(f"{name}_FILE", "")
    if not path:
        return given.get(name, "").strip()
    if given.get(name):
        raise BadEnvironment(f"{name} and {name}_FILE are both set: keep one.")
    try:
        return Path(path).read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadEnvironment(f"{name}_FILE names {path}, which cannot be read.") from error


def _url(given: Mapping[str, str], name: str, schemes: set[str]) -> str:
    value = _value(given, name)
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        is_good = parts.scheme in schemes and (parts.port or 1) > 0
    except ValueError:
        is_good = False
    if not is_good or (not parts.hostname and "host=" not in parts.query):
        raise BadEnvironment(f"{name} must look like {' or '.join(sorted(f'{s}://host' for s in schemes))}.")
    return value


def _folder(given: Mapping[str, str], name: str, default: Path) -> Path:
    value = _value(given, name)
    folder = Path(value).absolute() if value else default
    if value and not folder.is_dir():
        raise BadEnvironment(f"{name} names {value}, which is not a folder.")
    return folder


def _files(given: Mapping[str, str], data: Path) -> Path:
    value = _value(given, "TUNTAS_FILES_URL")
    if not value:
        return data / "files"
    parts = urlsplit(value)
    if parts.scheme != "file" or parts.netloc or not parts.path.startswith("/"):
        raise BadEnvironment("TUNTAS_FILES_URL must look like file:///srv/files; other stores are not built yet.")
    return Path(parts.path)


def _clamd(given: Mapping[str, str]) -> str:
    value = _value(given, "TUNTAS_CLAMD")
    if value.startswith("unix:///") or not value:
        return value
    if not value.startswith("tcp://"):
        raise BadEnvironment("TUNTAS_CLAMD must look like tcp://host:3310 or unix:///run/clamav/clamd.ctl.")
    return _url(given, "TUNTAS_CLAMD", {"tcp"})


def _proxies(given: Mapping[str, str]) -> int:
    value = _value(given, "TUNTAS_PROXIES") or "0"
    if value not in map(str, range(MOST_PROXIES + 1)):
        raise BadEnvironment(f"TUNTAS_PROXIES must be a number from 0 to {MOST_PROXIES}.")
    return int(value)


def _log(given: Mapping[str, str]) -> str:
    value = _value(given, "TUNTAS_LOG") or ("text" if sys.stderr and sys.stderr.isatty() else "json")
    if value not in ("json", "text"):
        raise BadEnvironment("TUNTAS_LOG must be json or text.")
    return value


def _metrics_token(given: Mapping[str, str]) -> str:
    value = _value(given, "TUNTAS_METRICS_TOKEN")
    if value and len(value) < SHORTEST_TOKEN:
        raise BadEnvironment(f"TUNTAS_METRICS_TOKEN must have {SHORTEST_TOKEN} characters or more.")
    return value


def _secret(given: Mapping[str, str], data: Path, *, embedded: bool) -> str:
    value = _value(given, "TUNTAS_SECRET_KEY")
    if value and len(value) < SHORTEST_SECRET:
        raise BadEnvironment(f"TUNTAS_SECRET_KEY must have {SHORTEST_SECRET} characters or more.")
    if value:
        return value
    if not embedded:
        raise BadEnvironment("TUNTAS_SECRET_KEY is required where TUNTAS_DATABASE_URL is set.")
    return _kept_secret(data / "secret_key")


def _kept_secret(path: Path) -> str:
    """Return the secret of the embedded installation, made once; two starters agree on one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        if not path.exists():
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(48))
            with suppress(FileExistsError):  # somebody else was first: theirs counts
                os.link(fresh, path)
            fresh.unlink()
        return path.read_text().strip()
    except OSError as error:
        raise BadEnvironment(f"TUNTAS_DATA: {path.parent} cannot be written.") from error
