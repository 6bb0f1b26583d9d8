"""Slow down strangers who try too often. Nothing here counts machine accounts or right codes."""

from datetime import datetime
from functools import lru_cache
from ipaddress import ip_address, ip_network

from django.db import connection

from tuntas.kit.crypto import derive, keyed_hash
from tuntas.kit.env import env

REPORTS_AN_HOUR = 60
WRONG_CODES_A_MINUTE = 30
FILES_AN_HOUR = 120
LOST_CODES_AN_HOUR = 20
FOLLOWS_AN_HOUR = 60


@lru_cache(maxsize=4)
def _key(day: str) -> bytes:
    return derive(env().secret_key, f"networks of {day}")  # with the day, yesterday's counts name nobody


def seconds_to_wait(what: str, address: str, *, most: int, per_seconds: int, real_now: datetime) -> int:
    """Count one try of *what* from an address's network; return 0, or after how many seconds to try again.

    A bucket of *most* tries that fills evenly over *per_seconds*: one statement, no address kept.
    """
    key = keyed_hash(_key(real_now.date().isoformat()), f"{what}\n{network_of(address)}")
    rate = most / per_seconds
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO people_bucket AS b (key, "left", at) VALUES (%(key)s, %(most)s - 1, %(now)s)
            ON CONFLICT (key) DO UPDATE SET at = greatest(b.at, %(now)s), "left" = greatest(-1,
                least(%(most)s, b.left + %(rate)s * greatest(0, extract(epoch FROM %(now)s - b.at))) - 1)
            RETURNING "left"
            """,
            {"key": key, "most": float(most), "now": real_now, "rate": rate},
        )
        (left,) = cursor.fetchone()
    return 0 if left >= 0 else max(1, round(-left / rate))


def network_of(address: str) -> str:
    """Return the network an address stands for: neighbours share a count, as phones behind one gate do."""
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    return str(ip_network(f"{address}/{24 if found.version == 4 else 56}", strict=False))
