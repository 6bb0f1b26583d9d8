"""Put what happened into the log that nobody can quietly change, behind all that is there."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from tuntas.ledger.growing import append_waiting, has_grown, newest_checkpoint, sign_size
from tuntas.ledger.models import Source

AT_ONCE = 10_000  # rows of a kind a transaction
BETWEEN_CHECKPOINTS = timedelta(minutes=10)


def sequence(*, now: datetime, is_asked: bool = False) -> int:
    """Give a leaf to every event, look and list of readers that has none; sign, at most every ten minutes.

    Users' transactions wait for nothing here: rows get their places after they are committed, one sequencer at a time.
    Safe to break off and to call twice.

    is_asked   sign now, if anything came

    Returns how many leaves were added.
    """
    added = 0
    while more := _add_some():
        added += more
    last = newest_checkpoint()
    if is_asked or last is None or not timedelta(0) <= now - last.at < BETWEEN_CHECKPOINTS:
        added += _sign(now)
    return added


def _add_some() -> int:
    with transaction.atomic():
        _alone()
        return _append(whole=False)


def _sign(now: datetime) -> int:
    """Look over everything once more for rows that were committed very late, then sign; nothing where nothing came."""
    added = 0
    with transaction.atomic():
        _alone()
        if has_grown():
            while more := _append(whole=True):
                added += more
            sign_size(now=now)
    return added


def _append(*, whole: bool) -> int:
    return sum(append_waiting(source, most=AT_ONCE, whole=whole) for source in Source)


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('log'))")
