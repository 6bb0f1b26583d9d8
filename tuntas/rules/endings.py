"""When a report was closed, read from the thread that tells its story. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from tuntas.rules.faces import Face


def closed_at(timeline: Sequence[dict[str, Any]], received_at: datetime) -> datetime | None:
    """Return when a report was closed for the last time, or None while it is not: what was said since leaves it closed.

    timeline   the lines of a thread, the oldest first, each with its ``face`` and ``after``, seconds since receipt
    """
    since = list(takewhile(lambda line: line["face"] == Face.TUNTAS, reversed(timeline)))
    return received_at + timedelta(seconds=since[-1]["after"]) if since else None
