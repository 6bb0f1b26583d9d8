"""Slow down strangers who try too often. Nothing here counts machine accounts or right codes."""

from datetime import datetime, timedelta
from functools import lru_cache
from ipaddress import ip_address, ip_network

from django.db import connection

from tuntas.kit.crypto import derive, keyed_hash
from tuntas.kit.env import env

REPORTS_AN_HOUR = 60
WRONG_CODES_A_MINUTE = 30
FILES_AN_HOUR = 120
BYTES_A_DAY = 200 * 1024 * 1024
LOST_CODES_AN_HOUR = 20
# Wrong codes that are well formed. A slip of the finger gives one in thirty of them, so nobody honest comes near this.
GUESSES_AN_HOUR = 300  # from one network
GUESSES_EVERYWHERE = 20_000  # an hour, from all; past that
FEW_GUESSES_AN_HOUR = 10  # are heard from each network
FOLLOWS_AN_HOUR = 60


@lru_cache(maxsize=4)
def _key(day: str) -> bytes:
    return derive(env().secret_key, f"networks of {day}")  # with the day, yesterday's counts name nobody


def _key_of(what: str, address: str, real_now: datetime) -> str:
    return keyed_hash(_key(real_now.date().isoformat()), f"{what}\n{network_of(address)}")


def seconds_to_wait(what: str, address: str, *, most: int, per_seconds: int, real_now: datetime) -> int:
    """Count one try of *what* from an address's network; return 0, or after how many seconds to try again.

    A bucket of *most* tries that fills evenly over *per_seconds*: one statement, no address kept.
    """
    key = _key_of(what, address, real_now)
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


def note_guess(address: str, *, real_now: datetime) -> None:
    """Count a code that could have been somebody's and is not."""
    for what, whose, most in _guesses(address):
        seconds_to_wait(what, whose, most=most, per_seconds=3600, real_now=real_now)


def seconds_for_guessing(address: str, *, real_now: datetime) -> int:
    """Return after how many seconds codes from an address's network are looked up again; 0 while nobody guesses there.

    Counts nothing. Right codes wait as well then: an answer to them alone would tell which guess was right.
    """
    keys = [_key_of(what, whose, real_now) for what, whose, _ in _guesses(address)]
    counts = _counts(keys)
    own, everywhere, few = (
        _seconds_to_fill(counts.get(key), most, real_now)
        for key, (_, _, most) in zip(keys, _guesses(address), strict=True)
    )
    return max(own, few if everywhere else 0)


def _counts(keys: list[str]) -> dict[str, tuple[float, datetime]]:
    """Return what is left in each bucket that is there, and as of when: written out, because every code asks it."""
    with connection.cursor() as cursor:
        cursor.execute('SELECT key, "left", at FROM people_bucket WHERE key = ANY(%s)', [keys])
        return {key: (left, at) for key, left, at in cursor.fetchall()}


def _guesses(address: str) -> list[tuple[str, str, int]]:
    return [
        ("guesses", address, GUESSES_AN_HOUR),
        ("all guesses", "everywhere", GUESSES_EVERYWHERE),
        ("few guesses", address, FEW_GUESSES_AN_HOUR),
    ]


def _seconds_to_fill(count: tuple[float, datetime] | None, most: int, real_now: datetime) -> int:
    """Return when a bucket that fills with *most* an hour is no longer empty."""
    if count is None:
        return 0
    left, at = count
    left += most / 3600 * max(0.0, (real_now - at).total_seconds())
    return 0 if left >= 0 else max(1, round(-left * 3600 / most))


def forget_tries(what: str, address: str, *, real_now: datetime) -> None:
    """Count nothing of *what* any more: the last try was right."""
    key = _key_of(what, address, real_now)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_bucket WHERE key = %s", [key])


def seconds_to_wait_for_bytes(address: str, many: int, *, real_now: datetime) -> int:
    """Count *many* bytes from an address's network, unless they are more than it may still send today.

    Returns 0, or after how many seconds so many are free again at the latest.
    """
    key = _key_of("bytes", address, real_now)
    rate = BYTES_A_DAY / 86400
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO people_bucket AS b (key, "left", at) VALUES (%(key)s, %(most)s - %(many)s, %(now)s)
            ON CONFLICT (key) DO UPDATE SET at = greatest(b.at, %(now)s), "left" =
                least(%(most)s, b.left + %(rate)s * greatest(0, extract(epoch FROM %(now)s - b.at))) - %(many)s
            WHERE least(%(most)s, b.left + %(rate)s * greatest(0, extract(epoch FROM %(now)s - b.at))) >= %(many)s
            RETURNING 1
            """,
            {"key": key, "most": float(BYTES_A_DAY), "many": float(many), "now": real_now, "rate": rate},
        )
        return 0 if cursor.fetchone() else max(1, round(many / rate))


def times_before(words: str, *, real_now: datetime) -> int:
    """Count that these words were sent, and return how often they came before, within a day of the first time.

    Kept is a count under a keyed hash, for a day; no text.
    """
    key = keyed_hash(derive(env().secret_key, "words of reports"), words)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO people_bucket AS b (key, "left", at) VALUES (%(key)s, 0, %(now)s)
            ON CONFLICT (key) DO UPDATE SET
                "left" = CASE WHEN b.at > %(day_ago)s THEN b.left + 1 ELSE 0 END,
                at = CASE WHEN b.at > %(day_ago)s THEN b.at ELSE %(now)s END
            RETURNING "left"
            """,
            {"key": key, "now": real_now, "day_ago": real_now - timedelta(days=1)},
        )
        (times,) = cursor.fetchone()
    return int(times)


def network_of(address: str) -> str:
    """Return the network an address stands for: neighbours share a count, as phones behind one gate do."""
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    return str(ip_network(f"{address}/{24 if found.version == 4 else 56}", strict=False))
