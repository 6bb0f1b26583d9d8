"""A line of the log says what happened and where, and nothing that somebody wrote."""

import json
import logging
import sys
from typing import Any

import pytest

from tuntas.kit.structured_log import JsonLines, TextLines, at_work, new_reference, reference_at_work

MARK = "Zqmarkah"
FAILED = {"task_name": "deliver", "id": 3, "task_kwargs": {"x": MARK}}


def record(name: str, message: str, *args: object, **more: Any) -> logging.LogRecord:
    made = logging.LogRecord(
        name, logging.WARNING, "/code/some/place.py", 42, message, args, more.pop("exc_info", None)
    )
    made.__dict__.update(more)
    return made


def line(made: logging.LogRecord) -> dict[str, Any]:
    text = JsonLines().format(made)
    assert "\n" not in text
    told: dict[str, Any] = json.loads(text)
    return told


def test_our_own_words_are_kept_with_what_they_belong_to() -> None:
    with at_work(request="7RK4Q2"), at_work(job="tick"):
        told = line(record("tuntas.web", "disk full, reference %s", "7RK4Q2"))
    assert told.pop("time").endswith("+00:00")
    assert told == {
        "level": "warning",
        "logger": "tuntas.web",
        "message": "disk full, reference 7RK4Q2",
        "request": "7RK4Q2",
        "job": "tick",
    }
    assert "request" not in line(record("tuntas.web", "later"))


@pytest.mark.parametrize("lines", [JsonLines(), TextLines()])
@pytest.mark.parametrize(
    "made",
    [
        record("django.security", "Forbidden: %s", f"/l/{MARK}"),
        record("psycopg.pool", f"error in {MARK}"),
        record("procrastinate.worker", f"Job deliver[3]({MARK}=1)", action="job_error", job=FAILED),
        record("tuntas2.web", f"not ours {MARK}"),
    ],
)  # fmt: skip
def test_of_others_words_only_the_unfilled_sentence_is_kept(lines: logging.Formatter, made: logging.LogRecord) -> None:
    text = lines.format(made)
    assert MARK not in text
    assert "place.py:42" in text or "job_error: deliver 3" in text


def test_an_error_is_its_kind_and_its_lines_of_code_without_values() -> None:
    said = "".join(("DET", "AIL"))

    def fails(word: str) -> None:
        try:
            raise ValueError(f"{said}: Key (email)=({word}) already exists.")
        except ValueError as error:
            raise RuntimeError(word) from error

    try:
        fails(MARK)
    except RuntimeError:
        made = record("tuntas.jobs", "a job broke", exc_info=sys.exc_info())
    told = line(made)
    assert told["error"] == "RuntimeError"
    assert "in fails" in told["trace"]
    assert "from ValueError" in told["trace"]
    for lines in (JsonLines(), TextLines()):
        assert MARK not in lines.format(made)
        assert said not in lines.format(made)


def test_the_sign_of_a_request_holds_while_it_is_at_work() -> None:
    with at_work(request="ABCDEF"):
        assert reference_at_work() == "ABCDEF"
    assert reference_at_work() != "ABCDEF"
    assert len(new_reference()) == 6
