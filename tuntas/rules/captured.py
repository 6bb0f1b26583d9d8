"""When words were written on a phone without signal that sent them later: kept beside the moment they arrived. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

OLDEST = timedelta(days=30)  # what a phone keeps
AHEAD = timedelta(minutes=10)  # a phone's clock may be so far ahead and still be believed
WORTH_TELLING = timedelta(minutes=2)  # as long as typing and pressing takes


def captured(at: datetime | None, now: datetime) -> dict[str, str]:
    """Return what an event keeps of the phone's moment: nothing where it cannot be, or none was given."""
    if at is None or at.tzinfo is None or not now - OLDEST <= at <= now + AHEAD:
        return {}
    return {"captured_at": min(at, now).isoformat()}


def captured_of(data: Mapping[str, Any], sent_at: datetime) -> datetime | None:
    """Return when the words of an event were written, where that was well before they arrived."""
    if "captured_at" not in data:
        return None
    at = datetime.fromisoformat(data["captured_at"])
    return at if sent_at - at >= WORTH_TELLING else None
