"""A private cluster that several commands use at once: it runs until the last of them has left."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tuntas.kit.cluster import Cluster, NoPostgres


@contextmanager
def lent(home: Path) -> Iterator[str]:
    """Start the server of a data folder and give its URL; the last of several who use it stops it when they leave.

    A server that ran already when the first of them came goes on afterwards. Raises NoPostgres.
    """
    cluster = Cluster(home)
    try:
        home.mkdir(parents=True, exist_ok=True)
        users = (home / "cluster.users").open("a+")
    except OSError as error:
        raise NoPostgres(f"No PostgreSQL cluster can be kept in {home}: {error.strerror}.") from error
    with users:
        fcntl.flock(users, fcntl.LOCK_SH)
        if not cluster.is_running():
            users.write("whoever leaves last stops it\n")
            users.flush()
        try:
            yield cluster.start()
        finally:
            with suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                users.seek(0)
                if users.read():
                    cluster.stop()
                    users.truncate(0)
