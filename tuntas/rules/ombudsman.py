"""From when a reporter is told of the Ombudsman. It is theirs to go there; nobody files for them. Pure."""

from datetime import datetime, timedelta

from tuntas.rules.life import OPEN, State

AFTER = timedelta(days=60)
SILENT_DAYS = 10  # working days without the news from outside that was promised (ux 6.5)
WITHOUT_ANSWER = OPEN - {State.ANSWERED}


def is_old(received_at: datetime, state: State, now: datetime) -> bool:
    """Return whether a report has been open for 60 days without a final answer that still stands."""
    return state in WITHOUT_ANSWER and now >= received_at + AFTER


def is_silent(state: State, days: int) -> bool:
    """Return whether a body outside has been silent too long, *days* being working days past the promised one."""
    return state is State.FORWARDED_EXTERNAL and days >= SILENT_DAYS
