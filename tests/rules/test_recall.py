"""What can be taken back, how long, and what nobody hears of then."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from tuntas.rules.life import ARROW, Act, State, Told
from tuntas.rules.recall import LETTERS_WAIT, RECALLABLE, UNDO, can_be_called_back, can_be_undone, undone
from tuntas.rules.words import ACTS

NO_TIME = timedelta(0)
INSTANT = timedelta(microseconds=1)


@dataclass
class Event:
    pk: int
    act: str
    data: dict[str, Any] = field(default_factory=dict)


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("since", [-INSTANT, NO_TIME, UNDO, UNDO + INSTANT])
def test_only_outgoing_words_only_at_once_and_only_by_who_wrote_them(act: Act, since: timedelta) -> None:
    is_one = act.value in ("dispatch", "ask", "archive", "inform")
    assert can_be_undone(act, since=since, is_writer=True) == (is_one and since in (NO_TIME, UNDO))
    assert not can_be_undone(act, since=since, is_writer=False)


@pytest.mark.parametrize("state", State)
def test_later_only_a_report_still_on_its_way(state: State) -> None:
    for act in Act:
        later = can_be_called_back(act, state, since=UNDO + INSTANT)
        assert later == (act is Act.DISPATCH and state is State.DISPATCHED)
        assert not can_be_called_back(act, state, since=UNDO), "then it is its writer's alone"
    assert not can_be_called_back("", state, since=UNDO + INSTANT)


def test_nobody_can_be_told_before_it_can_no_longer_be_undone() -> None:
    assert LETTERS_WAIT > UNDO == timedelta(seconds=10)
    for act in RECALLABLE:
        assert Told.REPORTER in ARROW[act].tells, "else there is nothing to hold back"
        assert act in ACTS


def test_a_pair_that_was_undone_is_hidden_and_one_that_was_called_back_is_not() -> None:
    quiet = [Event(1, Act.SUBMIT), Event(2, Act.INFORM), Event(3, Act.RECALL, {"event": 2, "quiet": True})]
    loud = [Event(4, Act.DISPATCH), Event(5, Act.RECALL, {"event": 4, "quiet": False})]
    assert undone([*quiet, *loud]) == {2, 3}
    assert undone([]) == set()
    assert undone([Event(6, Act.NOTE, {"quiet": True})]) == set()
