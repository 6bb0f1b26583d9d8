"""The computation asked of a phone: what solves it, what does not, and for what it is good."""

import json
from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.effort import light, solved
from tuntas.kit import effort
from tuntas.kit.effort import LASTS, LONGEST_PROOF, new_challenge, nonce_of
from tuntas.kit.time import real_time

__all__ = ["light"]
SECOND = timedelta(seconds=1)


@pytest.fixture
def now() -> datetime:
    return real_time()


def told(proof: str) -> Any:
    return json.loads(b64decode(proof))


def shown(thing: object) -> str:
    return b64encode(json.dumps(thing).encode()).decode()


def test_what_was_computed_is_good_for_its_form(now: datetime) -> None:
    challenge = new_challenge("reports", "form", real_now=now)
    nonce = nonce_of(solved(challenge), "reports", "form", real_now=now)
    assert nonce == challenge["parameters"]["nonce"]


def test_no_two_are_alike_and_none_says_where_its_answer_lies(now: datetime) -> None:
    one, other = (new_challenge("reports", "form", real_now=now) for _ in range(2))
    assert one["parameters"]["nonce"] != other["parameters"]["nonce"]
    tries = {told(solved(new_challenge("reports", "form", real_now=now)))["solution"]["counter"] for _ in range(8)}
    assert len(tries) > 1
    assert min(tries) >= effort.FEWEST_TRIES
    assert max(tries) < effort.MOST_TRIES


@pytest.mark.parametrize(
    ("purpose", "form"), [("codes", "form"), ("reports", "other"), ("reports\nform", ""), ("", "")]
)
def test_it_is_good_for_nothing_else(now: datetime, purpose: str, form: str) -> None:
    proof = solved(new_challenge("reports", "form", real_now=now))
    assert nonce_of(proof, purpose, form, real_now=now) is None


def test_after_twenty_minutes_it_is_good_no_more(now: datetime) -> None:
    proof = solved(new_challenge("reports", "form", real_now=now))
    assert nonce_of(proof, "reports", "form", real_now=now + LASTS - SECOND)
    assert nonce_of(proof, "reports", "form", real_now=now + LASTS + SECOND) is None
    late = solved(new_challenge("reports", "form", real_now=now - LASTS - SECOND))
    assert nonce_of(late, "reports", "form", real_now=now) is None


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("solution", "derivedKey", "00" * 32),
        ("solution", "derivedKey", 7),
        ("parameters", "cost", 1),
        ("parameters", "keyPrefix", "00"),
        ("parameters", "keySignature", None),
        ("parameters", "expiresAt", 9_999_999_999),
        ("parameters", "nonce", "00" * 16),
        ("parameters", "data", {"for": "x"}),
    ],
)
def test_a_changed_one_is_wrong(now: datetime, part: str, name: str, value: object) -> None:
    thing = told(solved(new_challenge("reports", "form", real_now=now)))
    (thing["solution"] if part == "solution" else thing["challenge"]["parameters"])[name] = value
    assert nonce_of(shown(thing), "reports", "form", real_now=now) is None


def test_one_that_nobody_signed_is_wrong(now: datetime) -> None:
    thing = told(solved(new_challenge("reports", "form", real_now=now)))
    del thing["challenge"]["signature"]
    assert nonce_of(shown(thing), "reports", "form", real_now=now) is None


@pytest.mark.parametrize(
    "junk",
    ["", "x", "é", "{}", shown({}), shown([]), shown({"challenge": 1, "solution": 2}), shown("x"), "A" * 100_000],
)
def test_rubbish_is_wrong_and_breaks_nothing(now: datetime, junk: str) -> None:
    assert nonce_of(junk, "reports", "form", real_now=now) is None


def test_a_deep_one_and_a_long_one_are_not_read(now: datetime) -> None:
    deep = b64encode(b"[" * 2500 + b"]" * 2500).decode()
    proof = solved(new_challenge("reports", "form", real_now=now))
    assert nonce_of(deep[:LONGEST_PROOF], "reports", "form", real_now=now) is None
    assert nonce_of(proof + " " * LONGEST_PROOF, "reports", "form", real_now=now) is None
