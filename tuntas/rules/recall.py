"""What somebody of the desk can take back, and how long. Pure."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Protocol

from tuntas.rules.life import Act, State

UNDO_SECONDS = 10
UNDO = timedelta(seconds=UNDO_SECONDS)
LETTERS_WAIT = UNDO + timedelta(seconds=2)  # who undoes in the last instant is still before the letters
RECALLABLE = frozenset({Act.DISPATCH, Act.ASK, Act.ARCHIVE, Act.INFORM})


class Happened(Protocol):
    """An event, as far as taking back looks at it."""

    pk: int
    act: str
    data: dict[str, Any]


def can_be_undone(act: str, *, since: timedelta, is_writer: bool) -> bool:
    """Return whether *act* is taken back as if it had never been: by its writer, before anybody was told.

    since   how long ago it was done
    """
    return act in RECALLABLE and is_writer and timedelta(0) <= since <= UNDO


def can_be_called_back(act: str, state: str, *, since: timedelta) -> bool:
    """Return whether *act* is taken back later, in front of everybody: a report still on its way to an agency."""
    return act == Act.DISPATCH and state == State.DISPATCHED and not timedelta(0) <= since <= UNDO


def undone(events: Iterable[Happened]) -> set[int]:
    """Return the ids of the events that were undone within seconds, and of those that undid them: nobody hears of
    either."""
    quiet = [event for event in events if event.act == Act.RECALL and event.data.get("quiet")]
    return {event.pk for event in quiet} | {event.data["event"] for event in quiet}
