"""The one place that reads the system's clock, for doors and jobs. Below them it is ``now=``.

In the demo and in tests the clock can be moved: ``<data>/clock`` holding ``+47h59m`` or ``-2d`` shifts every
reading at once. Anywhere but on the embedded database that file is refused at start and never read.
"""

import re
from datetime import UTC, datetime, timedelta

from tuntas.kit.env import BadEnvironment, Env, env

SHIFT = re.compile(r"([+-])(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,8})s)?")


def current_time() -> datetime:
    """Return the instant that counts now, in UTC, shifted where the demo's clock was moved."""
    settings = env()
    return real_time() + (_shift_of(settings) if settings.is_embedded else timedelta(0))


def real_time() -> datetime:
    """Return the machine's own instant, for limits on how often somebody may try."""
    return datetime.now(UTC)


def read_shift(text: str) -> timedelta:
    """Return the shift that ``[+-]NdNhNmNs`` stands for, parts optional. Raises ValueError."""
    text = text.strip()
    found = SHIFT.fullmatch(text)
    if text and (found is None or len(text) == 1):
        raise ValueError(f"“{text[:40]}” is not a shift such as +47h59m or -2d")
    if not text or found is None:
        return timedelta(0)
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    shift = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -shift if found[1] == "-" else shift


def check_clock(settings: Env) -> None:
    """Refuse to start with a moved clock on a real database, or with one that cannot be read."""
    path = settings.data / "clock"
    if not path.exists():
        return
    if not settings.is_embedded:
        raise BadEnvironment(f"TUNTAS_DATA: {path} would move the clock, which only the embedded database allows.")
    try:
        read_shift(path.read_text())
    except (OSError, ValueError) as error:
        raise BadEnvironment(f"TUNTAS_DATA: {path} cannot be read: {error}.") from error


def _shift_of(settings: Env) -> timedelta:
    """Return the shift asked for now; a file caught half-written or gone moves nothing."""
    try:
        return read_shift((settings.data / "clock").read_text())
    except (OSError, ValueError, OverflowError):
        return timedelta(0)
