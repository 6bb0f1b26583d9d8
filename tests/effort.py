"""A phone that computes what it is asked, for the tests of doors and steps."""

from typing import Any

import pytest
from altcha import Challenge, Payload, solve_challenge

from tuntas.kit import effort

Json = dict[str, Any]


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same computation with less work in it, in the files that import this."""
    monkeypatch.setattr(effort, "ROUNDS", 10)


def solved(challenge: Json) -> str:
    """Return the proof that a phone shows after computing."""
    asked = Challenge.from_dict(challenge)
    solution = solve_challenge(asked)
    assert solution is not None
    return Payload(asked, solution).to_base64()
