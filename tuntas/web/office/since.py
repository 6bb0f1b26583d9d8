"""Instants that pages carry along: when a list was made, so that what came or changed since is told."""

from datetime import datetime


def instant_of(text: str) -> datetime | None:
    """Return the instant an address or a form carries, or None where it is none."""
    try:
        at = datetime.fromisoformat(text[:40])
    except ValueError:
        return None
    return at if at.tzinfo else None
