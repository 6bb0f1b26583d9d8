"""What goes into the log: one line a happening, as JSON or as text, and never what somebody wrote, sent or is called.

Our own messages are written with that in mind. Of other people's code only the unfilled sentence is kept and the place
it comes from, and of errors only their kind and the lines of code they came through: messages quote values.
"""

import json
import logging
import secrets
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tuntas.kit.ids import ALPHABET

OURS = ("tuntas",)
MOST_CAUSES = 5
REFERENCE = 6  # symbols: read out over the telephone
_at_work: ContextVar[dict[str, Any]] = ContextVar("at_work", default={})  # noqa: B039 (never changed in place)


@contextmanager
def at_work(**known: Any) -> Iterator[None]:
    """Let every line that is written inside say what it belongs to: a request, or a job."""
    token = _at_work.set({**_at_work.get(), **known})
    try:
        yield
    finally:
        _at_work.reset(token)


def new_reference() -> str:
    """Make the sign of one request, which the answer's header, the failure page and the log have in common."""
    return "".join(secrets.choice(ALPHABET) for _ in range(REFERENCE))


def reference_at_work() -> str:
    """Return the sign of the request at work, or a new one outside of any."""
    return str(_at_work.get().get("request") or new_reference())


def where(error: BaseException) -> str:
    """Return the lines of code an error came through, and its causes; never its message, which may quote somebody."""
    told: list[str] = []
    current: BaseException | None = error
    while current is not None and len(told) < MOST_CAUSES:
        lines = "".join(traceback.format_tb(current.__traceback__))
        told.append(f"{type(current).__name__}\n{lines}")
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "from ".join(told).rstrip()


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        told = {"time": _time(record), "level": record.levelname.lower(), "logger": record.name}
        return json.dumps({**told, **_parts(record)}, ensure_ascii=False, default=str)


class TextLines(logging.Formatter):
    """The same for eyes on a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        parts = _parts(record)
        message, trace = parts.pop("message"), parts.pop("trace", "")
        more = "".join(f" {name}={value}" for name, value in parts.items())
        return f"{_time(record)} {record.levelname} {record.name} {message}{more}" + (f"\n{trace}" if trace else "")


def _parts(record: logging.LogRecord) -> dict[str, Any]:
    parts = {"message": _message(record), **_at_work.get(), **getattr(record, "told", {})}
    if record.exc_info and record.exc_info[1] is not None:
        parts["error"] = type(record.exc_info[1]).__name__
        parts["trace"] = where(record.exc_info[1])
    return parts


def _message(record: logging.LogRecord) -> str:
    if record.name.split(".")[0] in OURS:
        return record.getMessage()
    job = getattr(record, "job", None)
    if isinstance(job, dict):
        return f"{getattr(record, 'action', 'job')}: {job.get('task_name')} {job.get('id')}"
    at = f"{Path(record.pathname).name}:{record.lineno}"
    return f"{record.msg} ({at})" if record.args and isinstance(record.msg, str) else f"at {at}"


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def log_settings(kind: str) -> dict[str, Any]:
    """Return the settings of logging: *kind* is ``json`` or ``text``; each request is a line in the first alone."""
    line = JsonLines if kind == "json" else TextLines
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": f"{line.__module__}.{line.__name__}"}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "tuntas.access": {"level": "INFO" if kind == "json" else "WARNING"},
            # These name addresses, and addresses carry codes.
            "django.request": {"handlers": ["nowhere"], "propagate": False},
            "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
            "_granian": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        },
    }
