"""Which database the product works on: the one it is told, else a private cluster in its data folder."""

from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

import psycopg
from psycopg import pq
from psycopg.abc import RV, PQGen

from tuntas.kit.cluster import Cluster

PATIENCE: Final = "TUNTAS_PATIENCE"
"""Set for the web server alone: the seconds after which one statement, or the connecting, is given up."""

_NAME: Final = "TUNTAS_DATABASE_URL"
_FORM: Final = "postgresql://user:password@host:5432/database"
_UNQUOTED: Final = f"{_NAME} has / or @ in a name or password: write them as %2F and %40."
_DJANGO: Final = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def database_url(configured: str, home: Path) -> str:
    """Give the URL of the database: the *configured* one, else that of the cluster in *home*, started when need be.

    Raises NoPostgres with a sentence when nothing is configured and no cluster can be started.
    """
    return configured.strip() or Cluster(home).start()


class Impatient(psycopg.Connection[Any]):
    """A connection that gives up a database which neither answers nor goes away, so that somebody can be told so."""

    seconds: float | None = None  # settings sets it

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        try:
            return super().wait(gen, interval, timeout or self.seconds)
        except psycopg.errors._WaitTimeout as error:
            self.close()  # what it was asked may still come
            raise psycopg.OperationalError("the database does not answer") from error


def django_database(url: str) -> dict[str, Any]:
    """Turn a ``postgresql://`` URL into an entry of Django's DATABASES.

    What follows ``?`` are libpq's options; ``host`` may name a socket's folder. Several hosts stand side by side with
    commas. Raises ValueError with a sentence that names the variable and never shows the password.
    """
    options = {**_query(parts := _split(url)), **_authority(parts.netloc), **_path(parts.path)}
    entry = {key: options.pop(word, "") for word, key in _DJANGO.items()}
    if not entry["NAME"]:
        raise ValueError(f"{_NAME} names no database: write it as {_FORM}.")
    _check_ports(entry["PORT"])
    return {"ENGINE": "django.db.backends.postgresql", **entry, "OPTIONS": options}


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
    except ValueError:
        raise ValueError(f"{_NAME} cannot be read: write it as {_FORM}.") from None
    if parts.scheme not in ("postgresql", "postgres") or not url.lower().startswith(f"{parts.scheme}://"):
        raise ValueError(f"{_NAME} must begin with postgresql://, as in {_FORM}.")
    if parts.fragment or any(character.isspace() for character in url):
        raise ValueError(f"{_NAME} holds # or a space: write them as %23 and %20.")
    return parts


def _query(parts: SplitResult) -> dict[str, str]:
    try:
        # For libpq a plus is a plus, not a space.
        pairs = parse_qsl(parts.query.replace("+", "%2B"), keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:
        raise ValueError(f"{_NAME} has options that cannot be read: write them as ?sslmode=require&….") from None
    options = dict(pairs)
    if len(options) < len(pairs) or options.keys() - _known_options():
        raise ValueError(f"{_NAME} has an option twice, or one that PostgreSQL does not know.")
    return options


def _known_options() -> set[str]:
    return {option.keyword.decode() for option in pq.Conninfo.get_defaults()}


def _authority(netloc: str) -> dict[str, str]:
    """Take ``user:password@host:port`` apart; only what is there is given."""
    person, _, place = netloc.rpartition("@")
    if "@" in person:
        raise ValueError(_UNQUOTED)
    user, _, password = person.partition(":")
    pairs = [_host_and_port(one) for one in place.split(",")]
    ports = ",".join(port for _, port in pairs)
    found = {
        "user": unquote(user),
        "password": unquote(password),
        "host": ",".join(host for host, _ in pairs),
        "port": ports if ports.strip(",") else "",
    }
    return {word: value for word, value in found.items() if value}


def _host_and_port(place: str) -> tuple[str, str]:
    if place.startswith("["):  # an IPv6 address has colons of its own
        host, _, rest = place[1:].partition("]")
        return host, rest.removeprefix(":")
    host, _, port = place.partition(":")
    return unquote(host), port


def _path(path: str) -> dict[str, str]:
    name = path.removeprefix("/")
    # Here lies the rest of a password that was not percent-encoded.
    if "/" in name or "@" in name:
        raise ValueError(_UNQUOTED)
    return {"dbname": unquote(name)} if name else {}


def _check_ports(ports: str) -> None:
    for port in filter(None, ports.split(",")):
        if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
            raise ValueError(f"{_NAME} has a port that is no number from 1 to 65535: write it as {_FORM}.")
